"""The page «Сигналы»: what has happened to pupils and asks for an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Tab
from common.russian import counted
from risk_registry.categories import SignalState
from risk_registry.selectors.signals import DEFAULT_SORT, SignalQuery, signal_counts, signal_list_rows, signal_rows
from risk_registry.views.filtering import chips_of, query_without
from risk_registry.views.registry import reader
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator, frame_of, head_context

_LABELS = {"text": "Фамилия", "cls": "Класс", "subject": "Предмет"}


@require_GET
def signal_list(request: HttpRequest) -> HttpResponse:
    """Open signals of a period; closed ones on their own tab."""
    frame = frame_of(request, reader(request), without=("category",))
    if frame is None:
        return render(request, "risk_registry/signal_list.html", {"period": None})
    chosen = frame.chosen
    query = SignalQuery(
        period=frame.period,
        state=SignalState.CLOSED if chosen.get("state") == SignalState.CLOSED else SignalState.OPEN,
        school_class=chosen.get("cls"),
        subject=chosen.get("subject"),
        text=chosen.get("text", ""),
        sort=chosen.get("sort", DEFAULT_SORT),
    )
    by_state, found = signal_counts(frame.user, query)
    rows = signal_list_rows(frame.user, query)
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    is_open = query.state == SignalState.OPEN
    told = {
        **head_context(frame),
        "page": page,
        "rows": signal_rows(page.object_list),
        "tabs": [
            Tab("Открыты", query_without(request, "state"), is_open, by_state.get(SignalState.OPEN, 0)),
            Tab("Закрыты", query_without(request, state="closed"), not is_open, by_state.get(SignalState.CLOSED, 0)),
        ],
        "chips": chips_of(request, frame.form, chosen, _LABELS),
        "lead": counted(found, "сигнал", "сигнала", "сигналов"),
        "form": frame.form,
        "sort": query.sort,
        "is_open": is_open,
    }
    return render(request, "risk_registry/signal_list.html", told)

"""Signals: what has happened to pupils and asks for an answer, and the short records that answer it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.look import Tab
from common.russian import counted
from gradebook.permissions import kept_pupils
from risk_registry.categories import DeedKind, SignalRule, SignalState
from risk_registry.forms import DeedForm, DismissForm
from risk_registry.journals import ShortRecord, journal_of
from risk_registry.links import signals_link
from risk_registry.models import Signal
from risk_registry.permissions import can_record_deed, sees_escalated_only
from risk_registry.selectors.signals import (
    DEFAULT_SORT,
    SignalQuery,
    open_signals_of,
    signal_counts,
    signal_list_rows,
    signal_rows,
    signal_words,
)
from risk_registry.services.answers import deed_record, signal_dismiss, signal_reopen
from risk_registry.views.registry import reader
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator, Frame, frame_of, head_context
from school.access import pupils_for
from school.models import Pupil, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import chips_of, query_without, whole_number

_LABELS = {"text": "Фамилия", "cls": "Класс", "subject": "Предмет", "rule": "Сигнал", "grave": "Пропуски"}
_TABS = (
    (SignalState.OPEN, "Открыты"),
    (SignalState.ACTED, "Есть ответ"),
    (SignalState.DISMISSED, "Отклонены"),
    (SignalState.CLOSED, "Закрыты"),
)


@require_GET
def signal_list(request: HttpRequest) -> HttpResponse:
    """Signals of a period: open ones first, the others on tabs of their own."""
    user = reader(request)
    frame = frame_of(request, user, without=("category", "causes"), running=True)
    if frame is None:
        return render(request, "risk_registry/signal_list.html", {"period": None})
    query = _query(frame)
    by_state, found = signal_counts(user, query)
    page = CountedPaginator(signal_list_rows(user, query), PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        **head_context(frame),
        "page": page,
        "kept": kept_pupils(user, {row.pupil_id for row in page.object_list if row.rule == SignalRule.ABSENCES}),
        "rows": signal_rows(page.object_list),
        "tabs": _tabs(request, query.state, by_state),
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "lead": counted(found, "сигнал", "сигнала", "сигналов"),
        "form": frame.form,
        "sort": query.sort,
        "state": query.state,
        "records": can_record_deed(user),
    }
    return render(request, "risk_registry/signal_list.html", told)


def _query(frame: Frame) -> SignalQuery:
    chosen = frame.chosen
    state = chosen.get("state", "")
    return SignalQuery(
        period=frame.period,
        state=state if state in SignalState.codes() else SignalState.OPEN,
        school_class=chosen.get("cls"),
        subject=chosen.get("subject"),
        rule=chosen.get("rule", ""),
        grave=bool(chosen.get("grave")),
        escalated_on=frame.period.year.school.today() if sees_escalated_only(frame.user) else None,
        text=chosen.get("text", ""),
        sort=chosen.get("sort", DEFAULT_SORT),
    )


def _tabs(request: HttpRequest, chosen: str, by_state: dict[str, int]) -> list[Tab]:
    tabs = []
    for state, title in _TABS:
        url = query_without(request, "state") if state == SignalState.OPEN else query_without(request, state=state)
        tabs.append(Tab(title, url, state == chosen, by_state.get(state, 0)))
    return tabs


@require_http_methods(["GET", "POST"])
def deed_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A short record of what was done for a pupil; `?signal=` chooses the signal that it answers."""
    user, pupil = _recorder(request, pk)
    waiting = list(open_signals_of(user, pupil))
    first = whole_number(request.GET.get("signal"))
    form = DeedForm(
        sent(request),
        signals=[(one.pk, signal_words(one)) for one in waiting],
        today=pupil.school.today(),
        initial={"signals": [first] if first else [one.pk for one in waiting[:1] if len(waiting) == 1]},
    )
    page = FormPage(
        "Что сделано",
        (pupil.list_name, reverse("desk:pupil", args=[pupil.pk])),
        "Записать",
        "Записано.",
        meta="Короткая запись — по желанию. Работа и беседа попадают в журналы и видны на карточке ученика.",
    )

    def save() -> None:
        told = form.cleaned_data
        chosen = [one for one in waiting if one.pk in told.get("signals", ())]
        subject = chosen[0].subject if len(chosen) == 1 else None
        kind, on, text = DeedKind(told["kind"]), told["on"], told["text"]
        keep = journal_of(kind)
        if keep is not None:
            keep(ShortRecord(user, pupil, on, text, subject, chosen))
        else:
            deed_record(by=user, pupil=pupil, kind=kind, on=on, text=text, subject=subject, signals=chosen)

    return answer_form(request, page, form, save)


@require_http_methods(["GET", "POST"])
def signal_lay_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss a signal with a reason."""
    user, signal = _own_signal(request, pk)
    form = DismissForm(sent(request))
    page = FormPage(
        "Отклонить сигнал",
        (signal.pupil.list_name, reverse("desk:pupil", args=[signal.pupil_id])),
        "Отклонить",
        "Сигнал отклонён.",
        meta=signal_words(signal),
    )

    def save() -> None:
        signal_dismiss(by=user, signal=signal, reason=form.cleaned_data["reason"])

    return answer_form(request, page, form, save)


@require_POST
def signal_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an answered or dismissed signal again."""
    user, signal = _own_signal(request, pk)
    back = signals_link(period=signal.period_id)
    return answer_deed(request, lambda: signal_reopen(by=user, signal=signal), "Сигнал снова открыт.", back)


def _recorder(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """A pupil whom the person sees; 403 for whoever only looks."""
    user = reader(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    if not can_record_deed(user):
        raise PermissionDenied("Записи делают те, кто работает с учениками.")
    return user, pupil


def _own_signal(request: HttpRequest, pk: int) -> tuple[User, Signal]:
    user = reader(request)
    rows = Signal.objects.visible_to(user).select_related("pupil__school", "subject", "period", "school")
    signal = get_object_or_404(rows, pk=pk)
    if not can_record_deed(user):
        raise PermissionDenied("На сигналы отвечают те, кто работает с учениками.")
    return user, signal

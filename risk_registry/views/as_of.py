"""The page «Кто был в реестре на дату», and the same as a workbook."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Tab
from common.russian import date_short
from documents.formats import CONTENT_TYPES
from risk_registry.categories import EntryState
from risk_registry.forms import AsOfForm
from risk_registry.selectors.as_of import AsOf, counts_as_of, rows_as_of, steps_as_of
from risk_registry.selectors.lists import PeriodChoice, period_choice
from risk_registry.selectors.periods import present_period
from risk_registry.selectors.registry import OUT, subject_names
from risk_registry.tables import as_of_workbook
from risk_registry.views.registry import reader
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import access_of
from school.models import Period, User
from school.views.filtering import query_without, whole_number

_TABS = {
    EntryState.PROPOSED: "Предложены",
    EntryState.AGREED: "Согласованы",
    EntryState.RETURNED: "Возвращены",
    EntryState.APPROVED: "Утверждены",
}


@dataclass(frozen=True)
class _Page:
    """What is asked for; `asked` is None in a school without periods."""

    user: User
    form: AsOfForm
    asked: AsOf | None


@require_GET
def as_of_page(request: HttpRequest) -> HttpResponse:
    """Who was in the registry on a day: with the category and the state that each had then."""
    page = _read(request)
    if page.asked is None:
        return render(request, "risk_registry/as_of.html", {"period": None})
    counts = counts_as_of(page.user, replace(page.asked, state=""))
    told = _paged(request, page.user, page.asked, counts)
    told |= {"period": page.asked.period, "day": page.asked.day, "form": page.form, "counts": counts}
    told |= {"tabs": _tabs(request, page.asked, counts), "all": sum(counts.values()), "query": request.GET.urlencode()}
    return render(request, "risk_registry/as_of.html", told)


def _paged(request: HttpRequest, user: User, asked: AsOf, counts: dict[str, int]) -> dict[str, Any]:
    steps = steps_as_of(user, asked)
    number = (
        steps.count() if asked.text.strip() else counts.get(asked.state, 0) if asked.state else sum(counts.values())
    )
    paged = CountedPaginator(steps, PER_PAGE, number).get_page(request.GET.get("page"))
    return {"page": paged, "rows": rows_as_of(paged.object_list, subject_names(asked.period.year.school_id))}


@require_GET
def as_of_export(request: HttpRequest) -> HttpResponse:
    """All rows of the page as a workbook."""
    page = _read(request)
    if page.asked is None:
        raise Http404
    names = subject_names(page.asked.period.year.school_id)
    content = as_of_workbook(page.asked, rows_as_of(steps_as_of(page.user, page.asked), names))
    name = f"Реестр {page.asked.period.title} на {date_short(page.asked.day)}.xlsx"
    headers = {"Content-Disposition": str(content_disposition_header(True, name))}
    return HttpResponse(content, CONTENT_TYPES["xlsx"], headers=headers)


def _read(request: HttpRequest) -> _Page:
    user = reader(request)
    choice, today = period_choice(user, None), access_of(user).today
    if choice.period is None or today is None:
        return _Page(user, AsOfForm({}, periods=[]), None)
    first = AsOfForm(request.GET, periods=choice.options)
    day = first.chosen("on") or today
    period = _period(choice, day, whole_number(request.GET.get("period")))
    shown = {"on": day.isoformat(), "period": period.pk, "text": request.GET.get("text", "")}
    form = AsOfForm(shown, periods=choice.options)
    state = request.GET.get("state", "")
    known = state if state in EntryState.codes() and state not in OUT else ""
    return _Page(user, form, AsOf(period, day, known, form.chosen("text") or ""))


def _period(choice: PeriodChoice, day: date, key: int | None) -> Period:
    """The one that was asked for, else the one that was decided on that day."""
    assert choice.period is not None
    asked = next((each for each in choice.periods if each.pk == key), None)
    own = sorted(
        (each for each in choice.periods if each.year.starts <= day <= each.year.ends), key=lambda each: each.number
    )
    computed = {each.pk for each in own if hasattr(each, "classification")}
    return asked or present_period(own, computed, day) or choice.period


def _tabs(request: HttpRequest, asked: AsOf, counts: dict[str, int]) -> list[Tab]:
    tabs = [Tab("Все", query_without(request, "state"), not asked.state, sum(counts.values()))]
    for state, title in _TABS.items():
        if counts.get(state) or state == asked.state:
            url = query_without(request, state=state)
            tabs.append(Tab(title, url, state == asked.state, counts.get(state, 0)))
    return tabs

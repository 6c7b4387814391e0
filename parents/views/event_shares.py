"""Who of the parents is involved: the indicators P23 and P27 with the names behind each number."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.look import Chip, Figure
from documents.services.reports import report_job_request
from parents.permissions_events import can_see_involved
from parents.registration_events import PARENT_EVENTS
from parents.reports.events import where_words
from parents.selectors.involved import Involved, InvolvedParent, involved_parents
from parents.views.events import event_reader, tabs_for
from school.models import AcademicYear, Level, Period, School, User
from school.selectors import current_year_of
from school.views.base import asked
from school.views.filtering import whole_number

_PER_PAGE = 50
_LISTS = {"in": "Вовлечены", "out": "Нет записи", "none": "Родители не записаны", "events": "Мероприятия"}
_FORMATS = ("pdf", "xlsx")


def share_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever sees shares of parents."""
    user, school = event_reader(request)
    if not can_see_involved(user):
        raise PermissionDenied("Её видят администрация школы, служба и классный руководитель — о своём классе.")
    return user, school


def period_of(request: HttpRequest, user: User) -> tuple[AcademicYear | None, list[Period], Period | None]:
    """The chosen period of this year; None for the whole year."""
    year = current_year_of(user)
    if year is None:
        return None, [], None
    periods = [one for one in year.periods.all() if one.system == year.main_system]
    wanted = whole_number(request.GET.get("period"))
    return year, periods, next((one for one in periods if one.pk == wanted), None)


@require_GET
def involved_page(request: HttpRequest) -> HttpResponse:
    """`?period=` else the whole year; `?level=`; `?list=` whom to show."""
    user, school = share_reader(request)
    year, periods, period = period_of(request, user)
    told: dict[str, Any] = {"tabs": tabs_for(user, "involved"), "year": year, "period": period}
    if year is not None:
        first, last = (period.starts, period.ends) if period else (year.starts, year.ends)
        involved = involved_parents(user, school, year, first, last)
        level = asked(request, "level") if asked(request, "level") in Level.values else ""
        shown = asked(request, "list") if asked(request, "list") in _LISTS else ""
        parents = _parents(involved, level, shown)
        told |= {
            "involved": involved,
            "shown": shown,
            "figures": _figures(involved, period),
            "chips": _chips(periods, period, level, shown),
            "page": Paginator(parents, _PER_PAGE).get_page(request.GET.get("page")),
            "without": [one for one in involved.without if not level or _level(one.school_class) == level],
            "events": _events(involved, level),
            "query": request.GET.urlencode(),
        }
    return render(request, "parents/involved.html", told)


def _level(school_class: str) -> str:
    return Level.of_grade(int("".join(sign for sign in school_class[:2] if sign.isdigit())))


def _events(involved: Involved, level: str) -> list[Any]:
    rows = zip(involved.events, involved.event_levels, strict=True)
    return [(event, levels) for event, levels in rows if not level or level in levels]


def _parents(involved: Involved, level: str, shown: str) -> list[InvolvedParent]:
    mine = [one for one in involved.parents if not level or level in one.facts.levels]
    if shown not in ("in", "out"):
        return mine
    return [one for one in mine if one.facts.involved == (shown == "in")]


def _url(period: Period | None, level: str, shown: str) -> str:
    parts = {"period": str(period.pk) if period else "", "level": level, "list": shown}
    return "?" + "&".join(f"{name}={value}" for name, value in parts.items() if value)


def _figures(involved: Involved, period: Period | None) -> list[Figure]:
    shares = [
        Figure(
            f"P23: {where_words(one.level, whole=involved.whole)}",
            one.words,
            _url(period, one.level, "in"),
            f"{one.part} из {one.of}" if one.of else "нет родителей",
        )
        for one in involved.shares
    ]
    counts = [
        Figure(
            f"P27: {where_words(one.level, whole=True)}",
            str(one.number),
            _url(period, one.level, "events"),
            "проведено",
        )
        for one in involved.counts
    ]
    return [*shares, *counts]


def _chips(periods: Sequence[Period], period: Period | None, level: str, shown: str) -> list[tuple[str, list[Chip]]]:
    times = [
        Chip("Весь год", _url(None, level, shown), period is None),
        *(Chip(one.title, _url(one, level, shown), one == period) for one in periods),
    ]
    levels = [
        Chip("Вся школа", _url(period, "", shown), not level),
        *(Chip(one.label, _url(period, one.value, shown), one.value == level) for one in Level),
    ]
    lists = [
        Chip("Все родители", _url(period, level, ""), not shown),
        *(Chip(words, _url(period, level, key), key == shown) for key, words in _LISTS.items()),
    ]
    return [("Когда", times), ("Где", levels), ("Кого показать", lists)]


@require_POST
def involved_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the report of the chosen period."""
    user, school = share_reader(request)
    if format not in _FORMATS:
        raise Http404
    year, _, period = period_of(request, user)
    job = report_job_request(
        by=user,
        school=school,
        kind=PARENT_EVENTS,
        period=period.number if period is not None else 0,
        year=year.start if year is not None else None,
        format=format,
        key=f"parent_events:{format}:{request.POST.get('key', '')[:64]}",
    )
    return redirect("documents:job", pk=job.pk)

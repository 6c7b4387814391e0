"""The indicators 23–27 of the program's passport, each with those whom it was counted from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Chip, Figure
from parents.permissions_events import can_see_feedback
from parents.rules.feedback import records_needed
from parents.selectors.indicators import ParentIndicator, parent_indicators
from parents.views.event_shares import period_of, share_reader
from parents.views.events import tabs_for
from school.access import access_of
from school.models import Period, User
from school.views.base import asked

_PER_PAGE = 50
_NAMES = {
    "P23": "Вовлечённые родители",
    "P24": "Родители, удовлетворённые профилактикой",
    "P25": "Маршруты, согласованные с родителями",
    "P26": "Педагоги с активной обратной связью",
    "P27": "Мероприятия для родителей",
}
_SHORT = {"P23": "вовлечены", "P24": "довольны", "P25": "согласованы", "P26": "обратная связь", "P27": "мероприятия"}
# Of answers without names only those tell who see the results of a survey; a survey may have asked one class.
_HEADS_ONLY = ("P24", "P26")
_LISTS = {"": "Все", "in": "Вошли", "out": "Не вошли"}


@require_GET
def indicators_page(request: HttpRequest) -> HttpResponse:
    """`?period=` else the whole year; `?code=` whose names, `?list=` which of them."""
    user, school = share_reader(request)
    year, periods, period = period_of(request, user)
    told: dict[str, Any] = {"tabs": tabs_for(user, "indicators"), "year": year}
    if year is not None:
        first, last = (period.starts, period.ends) if period else (year.starts, year.ends)
        found = _seen(user, parent_indicators(user, school, year, first, last))
        code, shown = _chosen(request, found)
        told |= {
            "first": first,
            "last": last,
            "whole": access_of(user).whole_school,
            "monthly": school.settings.feedback_monthly,
            "needed": records_needed(school.settings.feedback_monthly, first, min(max(school.today(), first), last)),
            "figures": [_figure(one, period) for one in found.values()],
            "chosen": found[code],
            "name": _NAMES[code],
            "chips": _chips(periods, period, code, shown),
            "page": Paginator(_behind(found[code], shown), _PER_PAGE).get_page(request.GET.get("page")),
        }
    return render(request, "parents/indicators.html", told)


def _seen(user: User, found: Mapping[str, ParentIndicator]) -> dict[str, ParentIndicator]:
    """About colleagues, and what was answered without names, the administration alone."""
    return {code: one for code, one in found.items() if code not in _HEADS_ONLY or can_see_feedback(user)}


def _chosen(request: HttpRequest, found: Mapping[str, ParentIndicator]) -> tuple[str, str]:
    code, shown = asked(request, "code"), asked(request, "list")
    if code in _HEADS_ONLY and code not in found:
        raise PermissionDenied("Этот показатель видят директор и завуч.")
    return code if code in found else "P25", shown if shown in _LISTS else ""


def _behind(one: ParentIndicator, shown: str) -> list[Any]:
    return [row for row in one.behind if not shown or row.counts == (shown == "in")]


def _url(period: Period | None, code: str, shown: str = "") -> str:
    parts = {"period": str(period.pk) if period else "", "code": code, "list": shown}
    return "?" + "&".join(f"{name}={value}" for name, value in parts.items() if value)


def _figure(one: ParentIndicator, period: Period | None) -> Figure:
    of = "проведено" if one.denominator is None else f"{one.numerator} из {one.denominator}"
    return Figure(f"{one.code}: {_SHORT[one.code]}", one.words, _url(period, one.code, "in"), one.why_none or of)


def _chips(periods: Sequence[Period], period: Period | None, code: str, shown: str) -> list[tuple[str, list[Chip]]]:
    times = [
        Chip("Весь год", _url(None, code, shown), period is None),
        *(Chip(one.title, _url(one, code, shown), one == period) for one in periods),
    ]
    lists = [Chip(words, _url(period, code, key), key == shown) for key, words in _LISTS.items()]
    return [("Когда", times), ("Кого показать", lists)]

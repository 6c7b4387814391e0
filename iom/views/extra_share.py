"""Attendance of the pupils at risk: both indicators with the names behind each number."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Chip, Figure
from common.russian import date_short
from iom.permissions_extra import can_make_extra, can_see_share, keeps_all_extra
from iom.selectors.extra_days import groups_around, waiting_days
from iom.selectors.extra_share import AtRisk, Shares, extra_lessons_shares
from iom.views.extra import extra_reader, extra_tabs
from risk_registry.selectors.lists import period_choice
from school.models import Period
from school.views.base import asked
from school.views.filtering import whole_number

_LISTS = {
    "": "Все",
    "away": "Не посещают",
    "p12": "P12: посещают",
    "r06": "R06: посещают",
    "failing": "Неуспевающие",
}


@require_GET
def share(request: HttpRequest) -> HttpResponse:
    """`?period=` of the registry; `?since=next` counts what came after it; `?list=` whom to show."""
    user, school = extra_reader(request)
    if not can_see_share(user):
        raise PermissionDenied("Её видят администрация школы, социальный педагог и классный руководитель.")
    choice = period_choice(user, whole_number(request.GET.get("period")))
    told: dict[str, object] = {"tabs": extra_tabs(user, "extra:share"), "period": choice.period}
    if choice.period is not None:
        since, shown = asked(request, "since"), asked(request, "list")
        first, last = _days(choice.period, since, school.today())
        shares = extra_lessons_shares(user, choice.period, first, last)
        told |= {
            "shares": shares,
            "rows": _rows(shares, shown),
            "figures": _figures(shares, choice.period, since),
            "chips": _chips(choice.periods, choice.period, since, shown, school.today()),
        }
    return render(request, "iom/extra_share.html", told)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Lessons of two weeks without a record: of all groups for who keeps them, else of one's own."""
    user, school = extra_reader(request)
    if not can_make_extra(user):
        raise PermissionDenied("Записи о занятиях ведут учителя, специалисты и администрация школы.")
    rows = waiting_days(groups_around(user, school.today()))
    return render(request, "iom/extra_waiting.html", {"rows": rows, "keeps": keeps_all_extra(user)})


def _days(period: Period, since: str, today: date) -> tuple[date, date]:
    """The period itself; with `next` what came after it, to today."""
    if since == "next" and period.ends < today:
        return date.fromordinal(period.ends.toordinal() + 1), min(today, period.year.ends)
    return period.starts, period.ends


def _rows(shares: Shares, shown: str) -> tuple[AtRisk, ...]:
    lists = {
        "away": tuple(one for one in shares.p12.of if not one.attends),
        "p12": shares.p12.attending,
        "r06": shares.r06.attending,
        "failing": shares.r06.of,
    }
    return lists.get(shown, shares.p12.of)


def _url(period: Period, since: str, shown: str) -> str:
    parts = [f"period={period.pk}", *([f"since={since}"] if since else []), *([f"list={shown}"] if shown else [])]
    return f"?{'&'.join(parts)}"


def _figures(shares: Shares, period: Period, since: str) -> list[Figure]:
    away = [one for one in shares.p12.of if not one.attends]
    return [
        Figure("P12: посещают слабоуспевающие и неуспевающие", shares.p12.words, _url(period, since, "p12"),
               f"{len(shares.p12.attending)} из {len(shares.p12.of)}"),
        Figure("R06: посещают неуспевающие", shares.r06.words, _url(period, since, "r06"),
               f"{len(shares.r06.attending)} из {len(shares.r06.of)}"),
        Figure("Не посещают", str(len(away)), _url(period, since, "away")),
    ]  # fmt: skip


def _chips(
    known: Sequence[Period], period: Period, since: str, shown: str, today: date
) -> list[tuple[str, list[Chip]]]:
    periods = [
        Chip(one.title, f"?period={one.pk}", one == period)
        for one in known
        if one.year_id == period.year_id and one.starts <= today
    ]
    times = [Chip(f"За {period.title_accusative}", _url(period, "", shown), since != "next")]
    if period.ends < today:
        words = f"После неё, по {date_short(min(today, period.year.ends))}"
        times.append(Chip(words, _url(period, "next", shown), since == "next"))
    lists = [Chip(words, _url(period, since, key), key == shown) for key, words in _LISTS.items()]
    return [("Реестр", periods), ("Посещения", times), ("Кого показать", lists)]

"""Pages of indicators: all of a period, one with its names, what a new count says otherwise."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.look import Chip
from documents.services.reports import report_job_request
from monitoring.catalogue import INDICATORS
from monitoring.computations import COMPUTATIONS
from monitoring.computations.base import Name, Scope, Side, names_of
from monitoring.models import ManualValue
from monitoring.permissions import can_measure, can_read_indicators
from monitoring.registration import KIND
from monitoring.reports.board import build_board
from monitoring.selectors import is_over
from monitoring.selectors_figures import Figure, figure_of, figures_of
from monitoring.selectors_measures import differences, measurements_of
from monitoring.selectors_page import indicator_page
from monitoring.selectors_targets import indicators_of, undertakings_of
from monitoring.services_measures import period_freeze
from risk_registry.selectors.periods import main_periods, newest_over, year_of
from roadmaps.indicators import Indicator
from roadmaps.indicators.short import short_name
from school.access import access_of
from school.models import Period, School, User
from school.views.base import answer_deed, asked

PER_PAGE = 50
LISTS = {"": "Вошли", "of": "Все в знаменателе"}
BY_VISITS = ("P05", "P06", "P07", "P08")


def indicators_reader(request: HttpRequest) -> tuple[User, School]:
    """The person and their school; 403 for whoever does not answer for the whole of it."""
    user = cast(User, request.user)
    school = access_of(user).school
    if school is None or not can_read_indicators(user):
        raise PermissionDenied("Показатели школы открывают директор и заместитель директора.")
    return user, school


def period_of(school: School, pk: int) -> Period:
    """A period of the school's main system; 404 of anybody else's."""
    rows = Period.objects.select_related("year__school__settings").filter(year__school=school, pk=pk, number__gt=0)
    found = rows.first()
    if found is None or found.system != found.year.main_system:
        raise Http404
    return found


def known(school: School, period: Period, code: str) -> Indicator:
    """One of the catalogue or the school's own; 404 of an unknown code."""
    if code in INDICATORS:
        return INDICATORS[code]
    own = indicators_of(undertakings_of(school, Scope.of(period).day))
    if code not in own:
        raise Http404
    return own[code]


def board_url(period: Period) -> str:
    """All indicators of a period."""
    return f"{reverse('indicators:board')}?period={period.pk}"


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Directions, then indicators; `?period=` else the last that is over."""
    user, school = indicators_reader(request)
    years = school.years.order_by("-start")
    if not years:
        return render(request, "monitoring/board.html", {"board": None})
    wanted = asked(request, "period")
    period = period_of(school, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    year = period.year if period is not None else year_of(school)
    begun = [one for one in main_periods(year) if one.starts <= school.today()] or main_periods(year)[:1]
    shown = period or newest_over(begun, school.today())
    if shown is None:
        return render(request, "monitoring/board.html", {"board": None})
    shown = period_of(school, shown.pk)
    told = {
        "board": build_board(shown),
        "period": shown,
        "chips": [Chip(one.title, board_url(one), one.pk == shown.pk) for one in begun],
        "years": [Chip(one.title, _year_url(one.pk, school), one.pk == year.pk) for one in years if len(years) > 1],
        "measures": can_measure(user),
        "over": is_over(shown, school.today()),
    }
    return render(request, "monitoring/board.html", told)


def _year_url(pk: int, school: School) -> str:
    last = newest_over(main_periods(school.years.get(pk=pk)), school.today())
    return board_url(last) if last is not None else reverse("indicators:board")


@require_safe
def indicator(request: HttpRequest, period: int, code: str) -> HttpResponse:
    """One indicator: what it counts, its way, its names as far as the person sees them."""
    user, school = indicators_reader(request)
    shown = period_of(school, period)
    one = known(school, shown, code)
    scope = Scope.of(shown)
    figure = figure_of(scope, one)
    chosen = asked(request, "list") if asked(request, "list") in LISTS else ""
    names = _names(figure, chosen, user)
    told = {
        "period": shown,
        "up": board_url(shown),
        "one": one,
        "short": short_name(code, one.title),
        "figure": figure,
        "says": COMPUTATIONS[code].told(school.settings) if code in COMPUTATIONS else "",
        "told": indicator_page(user, shown, one, figure),
        "page": None if names is None else Paginator(names, PER_PAGE).get_page(request.GET.get("page")),
        "chips": [Chip(words, f"?list={key}", key == chosen) for key, words in LISTS.items()],
        "answers": _answers(school, shown, code),
        "answerable": can_measure(user) and code not in COMPUTATIONS and code not in BY_VISITS,
        "by_visits": code in BY_VISITS,
    }
    return render(request, "monitoring/indicator.html", told)


def _names(figure: Figure, chosen: str, user: User) -> list[Name] | None:
    side = side_of(figure, chosen)
    return None if side is None else names_of(side, user)


def side_of(figure: Figure, chosen: str) -> Side | None:
    """The side whose names are asked for; None of what a person has answered."""
    if figure.reckoned is None or figure.answer is not None:
        return None
    return figure.reckoned.denominator if chosen else figure.reckoned.numerator


def _answers(school: School, period: Period, code: str) -> list[ManualValue]:
    rows = ManualValue.objects.filter(school=school, code=code, period__year=period.year)
    return list(rows.select_related("period", "by__staff", "removed_by__staff", "file").order_by("-at"))


@require_safe
def changes(request: HttpRequest, period: int) -> HttpResponse:
    """What a count of now says otherwise than the frozen values."""
    user, school = indicators_reader(request)
    shown = period_of(school, period)
    frozen = measurements_of(user, shown)
    scope = Scope.of(shown)
    indicators = indicators_of(undertakings_of(school, scope.day))
    found = differences(user, frozen, figures_of(scope, indicators).values()) if frozen else []
    told = {"period": shown, "up": board_url(shown), "frozen": bool(frozen), "found": found, "number": len(frozen)}
    return render(request, "monitoring/changes.html", told)


@require_POST
def freeze(request: HttpRequest, period: int) -> HttpResponse:
    """Keep the period's values for good."""
    user, school = indicators_reader(request)
    shown = period_of(school, period)
    done = f"Показатели за {shown.title_accusative} зафиксированы."
    return answer_deed(request, lambda: period_freeze(by=user, period=shown), done, board_url(shown))


@require_POST
def board_print(request: HttpRequest, period: int, format: str) -> HttpResponse:
    """Order the paper."""
    user, school = indicators_reader(request)
    shown = period_of(school, period)
    if format not in ("pdf", "xlsx"):
        raise Http404
    job = report_job_request(
        by=user,
        school=school,
        kind=KIND,
        period=shown.number,
        year=shown.year.start,
        format=format,
        key=f"indicators:{shown.pk}:{format}:{request.POST.get('once', '')[:64]}",
    )
    return redirect("documents:job", pk=job.pk)

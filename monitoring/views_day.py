"""Indicators as they stood on a day that has passed, as far as history is kept."""

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.look import Chip
from monitoring.catalogue import INDICATORS
from monitoring.computations.base import names_of
from monitoring.forms import DayForm
from monitoring.selectors_figures import Figure, figures_on
from monitoring.views_indicators import LISTS, PER_PAGE, indicators_reader, side_of
from risk_registry.selectors.periods import main_periods
from roadmaps.indicators.short import short_name
from school.models import Period, School
from school.views.base import asked


def _period_on(school: School, day: date) -> Period | None:
    years = school.years.filter(starts__lte=day, ends__gte=day)
    periods = [period for year in years for period in main_periods(year)]
    return next((period for period in periods if period.starts <= day <= period.ends), None)


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Every indicator on `?on=`; without it the page asks for a day."""
    _, school = indicators_reader(request)
    form = DayForm(request.GET if "on" in request.GET else None, latest=school.today())
    told: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        found = form.cleaned_data["on"]
        period = _period_on(school, found)
        if period is None:
            form.add_error("on", "В этот день учебного периода не было: выберите другой.")
        else:
            told |= {"on": found, "period": period, "figures": _named(figures_on(period, found).values())}
    return render(request, "monitoring/day.html", told, status=422 if form.errors else 200)


def _named(figures: Iterable[Figure]) -> list[tuple[Figure, str]]:
    """Beside their short names: the whole ones stand on the pages of the names."""
    return [(figure, short_name(figure.code, figure.indicator.title)) for figure in figures]


@require_safe
def day_names(request: HttpRequest, on: str, code: str) -> HttpResponse:
    """Those behind one number of that day, as far as the person sees them."""
    user, school = indicators_reader(request)
    form = DayForm({"on": on}, latest=school.today())
    found: Figure | None = None
    if form.is_valid() and code in INDICATORS and (period := _period_on(school, form.cleaned_data["on"])):
        found = figures_on(period, form.cleaned_data["on"])[code]
    if found is None or found.reckoned is None:
        raise Http404
    chosen = asked(request, "list") if asked(request, "list") in LISTS else ""
    side = side_of(found, chosen)
    names = None if side is None else names_of(side, user)
    told = {
        "on": form.cleaned_data["on"],
        "figure": found,
        "up": f"{reverse('indicators:day')}?on={on}",
        "chips": [Chip(words, f"?list={key}", key == chosen) for key, words in LISTS.items()],
        "page": None if names is None else Paginator(names, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "monitoring/day_names.html", told)

"""What follows here from the facts that the floors below announce, in the same transaction."""

from collections.abc import Collection

from common.events import subscribe
from gradebook.events import MarksChanged
from gradebook.models import Mark, PeriodResult, ResultKind
from risk_registry.models import Classification
from risk_registry.selectors.periods import main_periods
from risk_registry.services.debt_proposals import debts_follow
from risk_registry.services.judging import period_judge
from risk_registry.services.starting_later import start_first, starts_follow
from school.events import CalendarChanged, ContingentChanged, ThresholdsChanged
from school.models import AcademicYear, Period, School


def listen() -> None:
    """Called once, when the application is ready."""
    subscribe(MarksChanged, on_marks_changed)
    subscribe(ContingentChanged, on_contingent_changed)
    subscribe(CalendarChanged, on_calendar_changed)
    subscribe(ThresholdsChanged, on_thresholds_changed)


def on_marks_changed(fact: MarksChanged) -> None:
    """Every period of the year that was computed before, or of which something is known for the first time.

    One fact may belong to several: a mark of September is of the first quarter and, in class 10, of the half-year.
    """
    known = set(Classification.objects.filter(period__year=fact.year).values_list("period", flat=True))
    for period in main_periods(fact.year):
        if period.pk in known or _has_facts(fact.school, period):
            period_judge(period=period, pupils=fact.pupils, days=fact.days)
    debts_follow(year=fact.year, pupils=fact.pupils)
    starts_follow(ended=fact.year, pupils=fact.pupils)


def _has_facts(school: School, period: Period) -> bool:
    days = (period.starts, period.ends)
    results = PeriodResult.objects.filter(school=school, kind=ResultKind.PERIOD, period__year=period.year_id)
    return (
        Mark.objects.filter(school=school, date__range=days).exists()
        or results.filter(period__ends__range=days).exists()
    )


def on_contingent_changed(fact: ContingentChanged) -> None:
    """Who sits where on a period's last day may be others now."""
    _classify_again(fact.school, fact.pupils)
    for year in AcademicYear.objects.filter(school=fact.school, ends__gte=fact.school.today()):
        start_first(year=year)


def on_calendar_changed(fact: CalendarChanged) -> None:
    """Marks may belong to other periods now."""
    _classify_again(fact.school, None)


def on_thresholds_changed(fact: ThresholdsChanged) -> None:
    """The same marks are judged by other numbers, and make debts of other results."""
    _classify_again(fact.school, None)
    for year in AcademicYear.objects.filter(school=fact.school, ends__gte=fact.school.today()).select_related("school"):
        debts_follow(year=year)


def _classify_again(school: School, pupils: Collection[int] | None) -> None:
    """Every period of the present year that was ever computed; past years stay as they were."""
    known = Classification.objects.filter(school=school, period__year__ends__gte=school.today())
    for each in known.select_related("period").order_by("period"):
        period_judge(period=each.period, pupils=pupils)

"""When the list of the year's beginning is computed without being asked for."""

from collections.abc import Collection, Iterable

from gradebook.models import PeriodResult, ResultKind
from risk_registry.models import Classification, RegistryEntry
from risk_registry.selectors.periods import closing_period, year_before
from risk_registry.services.classification import period_classify
from school.models import START, AcademicYear, Period

_ANNUAL = (ResultKind.YEAR, ResultKind.FINAL)


def starts_follow(*, ended: AcademicYear, pupils: Collection[int] | None) -> None:
    """Facts of a year changed: the beginning of the year after it follows, while that one is not over."""
    found = Period.objects.filter(
        year__school=ended.school_id, year__start=ended.start + 1, year__ends__gte=ended.school.today(), system=START
    )
    for period in found.select_related("year"):
        if Classification.objects.filter(period=period).exists() or _has_facts(ended):
            period_classify(period=period, pupils=pupils)


def start_first(*, year: AcademicYear) -> None:
    """Pupils of a year came: its beginning is computed for the first time where last year says anything of it."""
    last = year_before(year)
    period = Period.objects.filter(year=year, system=START, classification__isnull=True).first()
    if last is not None and period is not None and _has_facts(last):
        period_classify(period=period)


def _has_facts(last: AcademicYear) -> bool:
    results = PeriodResult.objects.filter(school=last.school_id, year=last, kind__in=_ANNUAL)
    return results.exists() or RegistryEntry.objects.filter(period=closing_period(last)).exists()


def entries_follow(entries: Iterable[RegistryEntry]) -> None:
    """A person put pupils into a list of the year's beginning, took them out or corrected them: the category follows.

    Nothing is done for entries of other periods.
    """
    begun = [entry for entry in entries if entry.by_hand and entry.period.is_start]
    for period in {entry.period_id: entry.period for entry in begun}.values():
        period_classify(period=period, pupils=[entry.pupil_id for entry in begun if entry.period_id == period.pk])

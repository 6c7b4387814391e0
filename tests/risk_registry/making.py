"""Facts of a gradebook, in a line each."""

from datetime import date
from decimal import Decimal

from gradebook.models import Mark, PeriodMean, PeriodResult
from risk_registry.models import PupilCategory, RegistryEntry
from risk_registry.services.classification import period_classify
from school.models import ImportBatch, Period, Pupil, School, Subject
from tests.factories import make_subject

FIRST_DAY = date(2026, 9, 1)


def period_of(school: School, number: int = 1, system: str = "") -> Period:
    """A period of the school's main system, or of another."""
    year = school.years.latest("start")
    return year.periods.get(system=system or year.main_system, number=number)


def batch_of(school: School) -> ImportBatch:
    """A new import, later than all before."""
    return ImportBatch.objects.create(school=school, kind=ImportBatch.Kind.GRADEBOOK, state=ImportBatch.State.APPLIED)


def give_marks(
    pupil: Pupil, subject: str, *values: int, on: date = FIRST_DAY, batch: ImportBatch | None = None
) -> Subject:
    """Marks of one day."""
    made = make_subject(pupil.school, subject)
    year = pupil.school.years.get()
    start = Mark.objects.filter(pupil=pupil, subject=made, date=on).count()
    for ordinal, value in enumerate(values, start):
        Mark.objects.create(
            school=pupil.school,
            year=year,
            pupil=pupil,
            subject=made,
            date=on,
            ordinal=ordinal,
            value=value,
            batch=batch,
        )
    return made


def give_result(
    pupil: Pupil, subject: str, value: str, *, period: Period | None = None, excused: bool = False
) -> PeriodResult:
    """The result of a period, by default of the first one."""
    return PeriodResult.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=make_subject(pupil.school, subject),
        period=period or period_of(pupil.school),
        value=value,
        excused=excused,
    )


def state_mean(pupil: Pupil, subject: str, weighted: str, *, batch: ImportBatch | None = None) -> PeriodMean:
    """A weighted mean that a file states for the first period."""
    return PeriodMean.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=make_subject(pupil.school, subject),
        period=period_of(pupil.school),
        weighted=Decimal(weighted),
        batch=batch,
    )


def judged(pupil: Pupil, number: int = 1) -> PupilCategory:
    """The pupil's category after computing the period for the whole school."""
    period = period_of(pupil.school, number)
    period_classify(period=period)
    return PupilCategory.objects.get(pupil=pupil, period=period)


def entry_of(pupil: Pupil, number: int = 1) -> RegistryEntry:
    """The pupil's entry in the registry of a period."""
    return RegistryEntry.objects.get(pupil=pupil, period=period_of(pupil.school, number))

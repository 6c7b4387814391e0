"""Schools of a municipality made by hand: so many pupils of each kind, with the facts that make them so."""

from dataclasses import dataclass
from datetime import date

from gradebook.models import Mark, PeriodResult
from risk_registry.services.judging import period_judge
from school.models import Enrolment, Municipality, Period, Pupil, School, User
from tests.factories import make_class, make_school, make_subject
from tests.risk_registry.making import period_of

DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Made:
    """How many pupils of each kind; `plain` have a five."""

    failing: int = 0
    weak: int = 0
    reserve: int = 0
    plain: int = 0
    silent: int = 0  # of whom nothing is known

    @property
    def results(self) -> list[str]:
        """The result of each pupil's only subject; of the weak a four beside a mark of two."""
        return [*"2" * self.failing, *"4" * self.weak, *"3" * self.reserve, *"5" * self.plain]


def make_district(name: str = "Ясногорский округ") -> Municipality:
    return Municipality.objects.create(name=name)


def coordinator_of(district: Municipality, login: str = "municipal") -> User:
    return User.objects.create_user(login, municipality=district)


def fill(district: Municipality | None, code: str, made: Made, *, periods: str = "quarters") -> School:
    """A school with one class and one subject, judged for its first period."""
    school = make_school(code, today=DAY, periods=periods)
    School.objects.filter(pk=school.pk).update(municipality=district)
    place, subject, period = make_class(school, "7А"), make_subject(school, "Алгебра"), period_of(school)
    number = len(made.results) + made.silent
    rows = [Pupil(school=school, last_name=f"Скрытов{code}{n}", first_name="Иван") for n in range(number)]
    pupils = Pupil.objects.bulk_create(rows)
    Enrolment.objects.bulk_create(Enrolment(pupil=p, school_class=place, starts=place.year.starts) for p in pupils)
    about = {"school": school, "year": place.year, "subject": subject}
    PeriodResult.objects.bulk_create(
        PeriodResult(pupil=pupil, period=period, value=value, **about)
        for pupil, value in zip(pupils, made.results, strict=False)
    )
    Mark.objects.bulk_create(
        Mark(pupil=pupil, date=period.starts, ordinal=0, value=2, **about)
        for pupil in pupils[made.failing : made.failing + made.weak]
    )
    period_judge(period=asked(period))
    return school


def asked(period: Period) -> Period:
    """As services take it."""
    return Period.objects.select_related("year__school__settings").get(pk=period.pk)

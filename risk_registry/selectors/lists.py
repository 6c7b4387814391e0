"""What every list of the registry begins with: which period, which classes, which subjects. One query each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from risk_registry.models import Classification, PupilCategory
from risk_registry.selectors.periods import newest_over
from school.access import access_of, classes_for
from school.models import Period, SchoolClass, User


@dataclass(frozen=True)
class PeriodChoice:
    """The periods of the school's main systems, the newest year first, and the one that is asked about."""

    periods: tuple[Period, ...]
    period: Period | None
    classification: Classification | None

    @property
    def options(self) -> list[tuple[int, str]]:
        """For a form: «1-я четверть», with its year where there are several: «1-я четверть 2026/27»."""
        one_year = len({each.year_id for each in self.periods}) <= 1
        return [(each.pk, each.title if one_year else f"{each.title} {each.year}") for each in self.periods]


def period_choice(user: User, key: int | None) -> PeriodChoice:
    """The periods that a person of the school may ask about. Without a key the last one that is over."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return PeriodChoice((), None, None)
    rows = Period.objects.filter(year__school=access.school).select_related("year__school__settings", "classification")
    periods = [each for each in rows.order_by("-year__start", "number") if each.system == each.year.main_system]
    period = next((each for each in periods if each.pk == key), None) or _usual(periods, access.today)
    return PeriodChoice(tuple(periods), period, getattr(period, "classification", None))


def _usual(periods: list[Period], today: date) -> Period | None:
    """Of the newest year that has begun, else of the oldest."""
    years = sorted({each.year.start: each.year for each in periods}.values(), key=lambda year: -year.start)
    begun = next((year for year in years if year.starts <= today), years[-1] if years else None)
    return newest_over([each for each in periods if begun is not None and each.year_id == begun.pk], today)


@dataclass(frozen=True)
class ClassData:
    """A class of the period's year with how many of its pupils the marks say nothing about."""

    school_class: SchoolClass
    pupils: int
    unrated: int

    @property
    def without_data(self) -> bool:
        """Pupils are there, and nothing is known of any."""
        return self.pupils > 0 and self.pupils == self.unrated


def classes_of(user: User, period: Period) -> list[ClassData]:
    """The classes of the period's year that the person may see, in order."""
    classes = SchoolClass.objects.filter(year=period.year_id)
    if not access_of(user).whole_school:
        classes = classes.filter(pk__in=classes_for(user).order_by().values("pk"))
    counted = classes.annotate(
        judged_pupils=_number_of(PupilCategory.objects.in_period(period)),
        unrated_pupils=_number_of(PupilCategory.objects.in_period(period).filter(unrated=True)),
    )
    return [ClassData(each, each.judged_pupils, each.unrated_pupils) for each in counted]


def _number_of(rows: QuerySet[PupilCategory]) -> Coalesce:
    of_class = rows.filter(school_class=OuterRef("pk")).order_by().values("school_class")
    return Coalesce(Subquery(of_class.annotate(number=Count("pk")).values("number")), 0)

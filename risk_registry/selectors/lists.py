"""What every list of the registry begins with: which period, which classes, which subjects. One query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from gradebook.selectors import covered_until
from risk_registry.freshness import DayOff, due_day
from risk_registry.models import Classification, PupilCategory
from risk_registry.selectors.periods import present_period
from school.access import Viewer, access_of, classes_for
from school.models import START, Holiday, Period, SchoolClass, User


@dataclass(frozen=True)
class PeriodChoice:
    """The beginnings and the periods of the school's main systems, the newest year first, and what is asked about."""

    periods: tuple[Period, ...]
    period: Period | None
    classification: Classification | None
    due: date | None = None  # classes whose data end before it are old
    holidays: tuple[tuple[date, date], ...] = ()  # of the year of the period, the whole school's

    @property
    def options(self) -> list[tuple[int, str]]:
        """For a form: «1-я четверть», with its year where there are several: «1-я четверть 2026/27»."""
        one_year = len({each.year_id for each in self.periods}) <= 1
        return [(each.pk, each.title if one_year else f"{each.title} {each.year}") for each in self.periods]


def period_choice(user: Viewer, key: int | None, *, running: bool = False, begins: bool = True) -> PeriodChoice:
    """The periods that a person of the school may ask about.

    Without a key the one that is decided now (`present_period`), or with `running` the one under way. Signals and
    marks have none of the beginnings: there `begins` is False, and so with `running`.
    """
    access = access_of(user)
    if access.school is None or access.today is None:
        return PeriodChoice((), None, None)
    rows = Period.objects.filter(year__school=access.school).select_related("year__school__settings", "classification")
    told = rows.annotate(days_off=_days_off()).order_by("-year__start", "number")
    systems = () if running or not begins else (START,)
    periods: list[Any] = [each for each in told if each.system in (each.year.main_system, *systems)]
    period: Any = next((each for each in periods if each.pk == key), None) or _usual(
        periods, access.today, running=running
    )
    if period is None:
        return PeriodChoice((), None, None)
    holidays = tuple((date.fromisoformat(each["starts"]), date.fromisoformat(each["ends"])) for each in period.days_off)
    due = _due(period, holidays, access.today)
    return PeriodChoice(tuple(periods), period, getattr(period, "classification", None), due, holidays)


def _days_off() -> ArraySubquery:
    """Holidays of the year in the same query: every page asks them."""
    holidays = Holiday.objects.filter(year=OuterRef("year"), first_grade_only=False)
    return ArraySubquery(holidays.values(days=JSONObject(starts="starts", ends="ends")))


def _due(period: Period, holidays: Sequence[tuple[date, date]], today: date) -> date:
    settings = period.year.school.settings
    return due_day(min(today, period.ends), [DayOff(*days) for days in holidays], stale_after=settings.stale_after_days)


def _usual(periods: list[Period], today: date, *, running: bool) -> Period | None:
    """Of the newest year that has begun, else of the oldest."""
    years = sorted({each.year.start: each.year for each in periods}.values(), key=lambda year: -year.start)
    chosen = next((year for year in years if year.starts <= today), years[-1] if years else None)
    own = [each for each in periods if chosen is not None and each.year_id == chosen.pk]
    begun = [each for each in own if each.starts <= today]
    if running and begun:
        return begun[-1]
    return present_period(own, {each.pk for each in own if hasattr(each, "classification")}, today)


@dataclass(frozen=True)
class ClassData:
    """A class of the period's year: of how many pupils the marks say nothing, and which lesson its files end with."""

    school_class: SchoolClass
    pupils: int
    unrated: int
    as_of: date | None

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
        as_of=covered_until("pk"),
    )
    return [ClassData(each, each.judged_pupils, each.unrated_pupils, each.as_of) for each in counted]


def _number_of(rows: QuerySet[PupilCategory]) -> Coalesce:
    of_class = rows.filter(school_class=OuterRef("pk")).order_by().values("school_class")
    return Coalesce(Subquery(of_class.annotate(number=Count("pk")).values("number")), 0)

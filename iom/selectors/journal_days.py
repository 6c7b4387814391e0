"""What the filters of both journals offer, and which days they mean: in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from common.names import initials
from school.access import classes_for, readable_classes
from school.models import START, AcademicYear, Period, School, SchoolClass, Subject, User

Options = list[tuple[object, str]]


@dataclass(frozen=True)
class JournalOptions:
    """Keys and words: who has written, subjects, periods of the current year, then those of the years before.

    `days` by the key of a period; the whole of an earlier year stands under the key of its beginning. `now` are the
    current year's first and last day.
    """

    writers: Options
    subjects: Options
    periods: Options
    days: dict[int, tuple[date, date]]
    now: tuple[date | None, date | None]

    def span(self, period: int | None) -> tuple[date | None, date | None]:
        """First and last day of the chosen period, else of the year."""
        known = self.days.get(period) if period is not None else None
        return known or self.now


def journal_options(user: User, school: School, rows: QuerySet[Any], *led_by: str) -> JournalOptions:
    """`rows` are the standing entries which the person sees, `led_by` their columns of who worked; one query."""
    today = school.today()
    begun = Period.objects.filter(year__school=OuterRef("pk"), year__starts__lte=today)
    periods = begun.filter(Q(system=F("year__main_system")) | Q(system=START, year__ends__lt=today))
    named = Q(pk=user.pk)
    for column in led_by or ("by",):
        named |= Q(pk__in=rows.order_by().values(column))
    authors = User.objects.filter(named, school=OuterRef("pk"))
    last, first, middle = ("staff__last_name", "staff__first_name", "staff__middle_name")
    person = JSONObject(key="pk", login="username", last=last, first=first, middle=middle)
    year = {"begins": "year__starts", "closes": "year__ends", "year": "year__start"}
    span = JSONObject(key="pk", number="number", system="system", starts="starts", ends="ends", **year)
    subjects = Subject.objects.filter(school=OuterRef("pk")).order_by("sort_key")
    found: Any = School.objects.annotate(
        told_writers=ArraySubquery(authors.order_by("staff__last_name", "pk").values(told=person)),
        told_subjects=ArraySubquery(subjects.values(told=JSONObject(key="pk", name="name"))),
        told_periods=ArraySubquery(periods.order_by("-year__start", "number").values(told=span)),
    ).get(pk=school.pk)
    told = [_told(one, today) for one in found.told_periods]
    return JournalOptions(
        writers=[(one["key"], _name(one)) for one in found.told_writers],
        subjects=[(one["key"], one["name"]) for one in found.told_subjects],
        periods=[(one.key, one.title) for one in told],
        days={one.key: one.days for one in told},
        now=next((one.year for one in told if one.year[1] >= today), (None, None)),
    )


def classes_then(user: User, begins: date | None) -> QuerySet[SchoolClass]:
    """The classes of the year of that day which the person may still read."""
    if begins is None:
        return classes_for(user)
    return readable_classes(user).filter(year__starts__lte=begins, year__ends__gte=begins)


@dataclass(frozen=True)
class _Span:
    key: int
    title: str
    days: tuple[date, date]
    year: tuple[date, date]


def _told(one: dict[str, Any], today: date) -> _Span:
    """A period; the beginning of a year that is over stands for that year."""
    year = (_day(one["begins"]), _day(one["closes"]))
    named = AcademicYear(start=one["year"])
    if one["system"] == START:
        return _Span(one["key"], f"{named} год", year, year)
    title = Period(number=one["number"], system=one["system"]).title
    days = (_day(one["starts"]), _day(one["ends"]))
    return _Span(one["key"], title if year[1] >= today else f"{title} {named}", days, year)


def _name(told: dict[str, str]) -> str:
    return initials(told["last"] or "", told["first"] or "", told["middle"] or "") or told["login"]


def _day(text: str) -> date:
    return date.fromisoformat(text)

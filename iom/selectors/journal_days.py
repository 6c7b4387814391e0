"""What the filters of both journals offer, and which days they mean: in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from common.names import initials
from school.models import Period, School, Subject, User

Options = list[tuple[object, str]]


@dataclass(frozen=True)
class JournalOptions:
    """Keys and words: who has written, subjects, periods of the current year; `days` by the key of a period."""

    writers: Options
    subjects: Options
    periods: Options
    days: dict[int, tuple[date, date]]
    numbers: dict[int, int]

    def span(self, period: int | None) -> tuple[date | None, date | None]:
        """First and last day of the chosen period, else of the year."""
        if period in self.days:
            return self.days[period]
        told = sorted(self.days.values())
        return (told[0][0], told[-1][1]) if told else (None, None)


def journal_options(user: User, school: School, rows: QuerySet[Any]) -> JournalOptions:
    """`rows` are the standing entries whom the person sees; one query."""
    today = school.today()
    periods = Period.objects.filter(
        year__school=OuterRef("pk"), year__starts__lte=today, year__ends__gte=today, system=F("year__main_system")
    )
    authors = User.objects.filter(Q(pk__in=rows.order_by().values("by")) | Q(pk=user.pk), school=OuterRef("pk"))
    last, first, middle = ("staff__last_name", "staff__first_name", "staff__middle_name")
    person = JSONObject(key="pk", login="username", last=last, first=first, middle=middle)
    span = JSONObject(key="pk", number="number", system="system", starts="starts", ends="ends")
    subjects = Subject.objects.filter(school=OuterRef("pk")).order_by("sort_key")
    found: Any = School.objects.annotate(
        told_writers=ArraySubquery(authors.order_by("staff__last_name", "pk").values(told=person)),
        told_subjects=ArraySubquery(subjects.values(told=JSONObject(key="pk", name="name"))),
        told_periods=ArraySubquery(periods.order_by("number").values(told=span)),
    ).get(pk=school.pk)
    return JournalOptions(
        writers=[(one["key"], _name(one)) for one in found.told_writers],
        subjects=[(one["key"], one["name"]) for one in found.told_subjects],
        periods=[(one["key"], _title(one)) for one in found.told_periods],
        days={one["key"]: (_day(one["starts"]), _day(one["ends"])) for one in found.told_periods},
        numbers={one["key"]: one["number"] for one in found.told_periods},
    )


def _name(told: dict[str, str]) -> str:
    return initials(told["last"] or "", told["first"] or "", told["middle"] or "") or told["login"]


def _title(told: dict[str, Any]) -> str:
    return Period(number=told["number"], system=told["system"]).title


def _day(text: str) -> date:
    return date.fromisoformat(text)

"""Reads of pupils: the list, and one pupil's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextChoices

from common.names import name_key
from common.russian import date_short
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Guardian, Guardianship, Pupil, Responsibility
from school.roles import ResponsibilityKind


class Presence(TextChoices):
    """Which pupils a list shows."""

    PRESENT = "present", "Учатся"
    LEFT = "left", "Выбыли"
    ALL = "all", "Все"


SORTS = {
    "name": ("sort_key", "pk"),
    "class": ("seat_grade", "seat_letter", "sort_key", "pk"),
    "birth": ("birth_date", "sort_key", "pk"),
}


@dataclass(frozen=True)
class Stay:
    """Days in one class, with its place among the pupil's stays; `outcome`: how its year ended, empty until then."""

    enrolment: Enrolment
    title: str
    year: str
    starts: date
    ends: date | None
    reason: str
    outcome: str
    first: bool
    last: bool


def pupil_rows(
    user: Viewer, *, presence: str = Presence.PRESENT, school_class: str = "", text: str = "", sort: str = "name"
) -> QuerySet[Pupil]:
    """Pupils whom the person may see, with `seat_title`, `seat_class` and `seat_ends` of their last seat.

    `school_class` is a key as text; what is no key of a class shows nobody.
    """
    today = access_of(user).today or date.min
    rows = with_seats(pupils_for(user), today)
    if presence != Presence.ALL:
        rows = rows.filter(enrolled=presence == Presence.PRESENT)
    if school_class:
        rows = rows.filter(seat_class=int(school_class)) if school_class.isdecimal() else rows.none()
    if text:
        rows = rows.filter(sort_key__contains=name_key(text)[:100])
    return rows.order_by(*_order(sort))


def with_seats(pupils: QuerySet[Pupil], today: date) -> QuerySet[Any]:
    """Pupils with `enrolled` today and, of the last seat, its class: `seat_class` (key), `seat_title`, `seat_ends`.

    To sort by the class there are `seat_grade` and `seat_letter`.
    """
    last = Enrolment.objects.filter(pupil=OuterRef("pk"), starts__lte=today).order_by("-starts")
    return pupils.annotate(
        seat_class=Subquery(last.values("school_class")[:1]),
        seat_title=Subquery(last.values("school_class__name")[:1]),
        seat_grade=Subquery(last.values("school_class__grade")[:1]),
        seat_letter=Subquery(last.values("school_class__letter")[:1]),
        seat_ends=Subquery(last.values("ends")[:1]),
        enrolled=Exists(Enrolment.objects.on(today).filter(pupil=OuterRef("pk"))),
    )


def _order(sort: str) -> list[str]:
    fields = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return [f"-{field}" for field in fields] if sort.startswith("-") else list(fields)


def stays_of(pupil: Pupil) -> list[Stay]:
    """The pupil's classes, the latest first."""
    rows = list(pupil.enrolments.select_related("school_class__year").order_by("starts"))
    stays = [
        Stay(
            enrolment=row,
            title=str(row.school_class),
            year=row.school_class.year.title,
            starts=row.starts,
            ends=row.ends,
            reason=row.reason,
            outcome=row.get_outcome_display(),
            first=number == 0,
            last=number == len(rows) - 1,
        )
        for number, row in enumerate(rows)
    ]
    return stays[::-1]


def seat_in_words(stays: Sequence[Stay], today: date) -> str:
    """«7А», «выбыл(а) из 7А, последний день 10.10.2026», «зачислен(а) в 7А с 01.12.2026»."""
    now = next((s for s in stays if s.starts <= today and (s.ends is None or s.ends >= today)), None)
    if now is not None:
        leaving = f", последний день {date_short(now.ends)}" if now.ends and now.last else ""
        return f"{now.title}{leaving}"
    if not stays:
        return "ещё ни в одном классе"
    latest = stays[0]
    if latest.starts > today:
        return f"зачисление в {latest.title} с {date_short(latest.starts)}"
    return f"выбытие из {latest.title}, последний день {date_short(latest.ends) if latest.ends else '—'}"


def guardians_of(pupil: Pupil) -> QuerySet[Guardianship]:
    """Guardians with what they are to the child."""
    return pupil.guardianships.select_related("guardian").order_by("guardian__sort_key")


def guardians_like(pupil: Pupil, text: str) -> QuerySet[Guardian]:
    """Guardians of the school's other pupils found by a part of the name."""
    others = Guardian.objects.filter(school=pupil.school).exclude(guardianships__pupil=pupil)
    return others.filter(sort_key__contains=name_key(text)[:100]).prefetch_related("pupils")


def responsible_for(pupil: Pupil, today: date) -> QuerySet[Responsibility]:
    """Who answers for the pupil today or will; who leads an extra lesson stands with the lessons."""
    rows = pupil.responsibilities.exclude(ends__lt=today).exclude(kind=ResponsibilityKind.EXTRA_LESSONS)
    rows = rows.select_related("person")
    return rows.order_by("kind", "person__sort_key")

"""Entries of the pupils whom a teacher teaches, with forms of work; phrases that the teacher uses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from common.names import initials
from risk_registry.models import EntryLook, RegistryEntry, WorkForm
from risk_registry.permissions import taught_pupils
from risk_registry.selectors.registry import (
    OUT,
    RegistryQuery,
    RegistryRow,
    SubjectLine,
    registry_entries,
    registry_rows,
)
from school.access import Viewer, access_of
from school.models import Period, Subject, TeachingAssignment, User

PHRASES = 12


@dataclass(frozen=True)
class WorkLine:
    """A form of work as a list says it."""

    text: str
    subject: str
    by: str
    key: int
    mine: bool


@dataclass(frozen=True)
class TaughtEntry:
    """An entry of a pupil whom the person teaches. `subjects`: the causing ones, with whether they are the person's."""

    row: RegistryRow
    subjects: tuple[tuple[SubjectLine, bool], ...]
    works: tuple[WorkLine, ...]
    seen: bool


@dataclass(frozen=True)
class Taught:
    """What the person teaches today, by keys: classes, own subjects; and the names of all the school's subjects."""

    classes: Mapping[int, str]
    subjects: Mapping[int, str]
    names: Mapping[int, str]


def taught_by(user: User) -> Taught:
    """One query."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.today is None:
        return Taught({}, {}, {})
    mine = TeachingAssignment.objects.on(access.today).filter(staff=access.staff, subject=OuterRef("pk"))
    place = JSONObject(key="school_class", grade="school_class__grade", letter="school_class__letter")
    classes = ArraySubquery(mine.order_by().values(told=place))
    rows: list[Any] = list(Subject.objects.filter(school=access.school).annotate(classes=classes))
    seats = {(each["grade"], each["letter"], each["key"]) for row in rows for each in row.classes}
    return Taught(
        classes={key: f"{grade}{letter}" for grade, letter, key in sorted(seats)},
        subjects={row.pk: row.name for row in rows if row.classes},
        names={row.pk: row.name for row in rows},
    )


def taught_entries(user: User, period: Period, school_class: int | None = None) -> QuerySet[RegistryEntry]:
    """Entries in the registry of pupils whom the person teaches, with their works and whether they were seen."""
    seen = EntryLook.objects.filter(entry=OuterRef("pk"), by=user)
    rows = registry_entries(user, RegistryQuery(period, school_class=school_class, sort="class"))
    return rows.filter(pupil__in=taught_pupils(user).values("pk")).annotate(works_told=works_of(), seen=Exists(seen))


def works_of() -> ArraySubquery:
    """Standing forms of work of an entry, in the order of writing."""
    return ArraySubquery(works_told(entry=OuterRef("pk")))


def works_told(**entry: Any) -> QuerySet[Any, Any]:
    """The same of the entry that the keys name, for another query."""
    rows = WorkForm.objects.filter(withdrawn_at__isnull=True, **entry).order_by("pk")
    return rows.values(
        told=JSONObject(
            key="pk",
            text="text",
            subject="subject__name",
            user="by",
            last="by__staff__last_name",
            first="by__staff__first_name",
            middle="by__staff__middle_name",
        )
    )


def work_lines(told: Iterable[Mapping[str, Any]], user: Viewer) -> tuple[WorkLine, ...]:
    """As `works_of` reads them."""
    return tuple(
        WorkLine(
            text=each["text"],
            subject=each["subject"] or "",
            by=initials(each["last"] or "", each["first"] or "", each["middle"] or ""),
            key=each["key"],
            mine=each["user"] == user.pk,
        )
        for each in told
    )


def taught_rows(user: User, entries: Sequence[Any], taught: Taught) -> list[TaughtEntry]:
    """Lines of the page; no further queries."""
    rows = registry_rows(user, entries, taught.names)
    return [_taught_row(user, row, entry, taught) for row, entry in zip(rows, entries, strict=True)]


def _taught_row(user: User, row: RegistryRow, entry: Any, taught: Taught) -> TaughtEntry:
    subjects = zip(row.subjects, entry.subjects, strict=True)
    return TaughtEntry(
        row=row,
        subjects=tuple((line, key in taught.subjects) for line, key in subjects),
        works=work_lines(entry.works_told, user),
        seen=entry.seen,
    )


def own_phrases(user: User) -> list[str]:
    """Forms of work that the person has used, the most frequent first."""
    rows = WorkForm.objects.filter(by=user, withdrawn_at__isnull=True).values("text").annotate(number=Count("pk"))
    return list(rows.order_by("-number", "text").values_list("text", flat=True)[:PHRASES])


def entries_taught(user: User, keys: Iterable[int]) -> list[RegistryEntry]:
    """Of these entries, those of visible pupils whom the person teaches."""
    rows = RegistryEntry.objects.visible_to(user).filter(~Q(state__in=OUT), pk__in=list(keys))
    return list(
        rows.filter(pupil__in=taught_pupils(user).values("pk")).select_related("pupil", "school").order_by("pk")
    )

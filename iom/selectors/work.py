"""The journal of individual work as lists, pages and papers show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from common.names import name_key
from iom.models import WorkEntry, WorkEntryPupil
from school.access import Viewer
from school.models import Enrolment

WITHDRAWN = "gone"  # a choice of both journals' filters


@dataclass(frozen=True)
class WorkQuery:
    """What the journal is asked for; empty means any. `teacher` is a user's key; the days are inside."""

    begins: date | None = None
    ends: date | None = None
    teacher: int | None = None
    school_class: int | None = None
    pupil: int | None = None
    subject: int | None = None
    form: str = ""
    text: str = ""
    pupils: Sequence[int] | None = None


def work_entries(user: Viewer | None, query: WorkQuery, *, only: bool = False) -> QuerySet[WorkEntry]:
    """Entries that the query finds, the newest first, each with `seen`: its pupils whom the person may see.

    Standing ones, unless the query asks for the withdrawn; None for the command line, which sees all. `only`: of a
    group those pupils alone whom the query asks for, as the paper of a pupil or a class has to be. Two queries.
    """
    seen = pupils_of_entries(user)
    lines = seen.filter(entry=OuterRef("pk"))
    if only:
        seen = seen.filter(_of_pupil(query))
    gone = query.form == WITHDRAWN
    rows = WorkEntry.objects.filter(_found(query), withdrawn_at__isnull=not gone)
    rows = rows.filter(Exists(lines.filter(_of_pupil(query))))
    shown = Prefetch("pupils", queryset=with_seat(seen).select_related("pupil"), to_attr="seen")
    lesson = ("extra_session__staff", "extra_session__group__teacher")
    return rows.select_related("subject", "by__staff", *lesson).prefetch_related(shown).order_by("-on", "-pk")


def pupils_of_entries(user: Viewer | None) -> QuerySet[WorkEntryPupil]:
    """The pupils of entries whom the person may see."""
    return WorkEntryPupil.objects.all() if user is None else WorkEntryPupil.objects.visible_to(user)


def with_seat(rows: QuerySet[WorkEntryPupil]) -> QuerySet[WorkEntryPupil]:
    """With `seat`: the name of the pupil's class on the day of the entry."""
    return rows.annotate(seat=Subquery(seat_on("pupil", "entry__on"))).order_by("pupil__sort_key", "pk")


def seat_on(pupil: str, day: str) -> QuerySet[Enrolment, Any]:
    """«7А»: the class of the outer row's pupil on its day."""
    seats = Enrolment.objects.filter(pupil=OuterRef(pupil), starts__lte=OuterRef(day))
    seats = seats.filter(Q(ends__isnull=True) | Q(ends__gte=OuterRef(day))).order_by("-starts")
    grade = Cast("school_class__grade", CharField())
    return seats.annotate(named=Concat(grade, F("school_class__letter"), output_field=CharField())).values("named")[:1]


def _found(query: WorkQuery) -> Q:
    found = Q()
    if query.begins is not None:
        found &= Q(on__gte=query.begins)
    if query.ends is not None:
        found &= Q(on__lte=query.ends)
    if query.teacher is not None:
        found &= _led_by(query.teacher)
    if query.subject is not None:
        found &= Q(subject=query.subject)
    if query.form and query.form != WITHDRAWN:
        found &= Q(form=query.form)
    return found


def _led_by(teacher: int) -> Q:
    """An extra lesson belongs to who gave it, whoever recorded it; any other entry to its author."""
    own = Q(extra_session__isnull=True, by=teacher)
    gave = Q(extra_session__staff__isnull=True, extra_session__group__teacher__user=teacher)
    return own | gave | Q(extra_session__staff__user=teacher)


def _of_pupil(query: WorkQuery) -> Q:
    found = Q()
    if query.pupil is not None:
        found &= Q(pupil=query.pupil)
    if query.pupils is not None:
        found &= Q(pupil__in=query.pupils)
    if query.text:
        found &= Q(pupil__sort_key__startswith=name_key(query.text))
    if query.school_class is not None:
        found &= Q(Exists(of_class("pupil", "entry__on", query.school_class)))
    return found


def of_class(pupil: str, day: str, school_class: int) -> QuerySet[Enrolment]:
    """Seats of the outer row's pupil in the class on its day."""
    seats = Enrolment.objects.filter(pupil=OuterRef(pupil), school_class=school_class, starts__lte=OuterRef(day))
    return seats.filter(Q(ends__isnull=True) | Q(ends__gte=OuterRef(day)))

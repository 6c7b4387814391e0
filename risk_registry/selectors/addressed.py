"""Whom an open signal asks: teachers about own subjects, class teachers about the absences of their class."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from risk_registry.categories import SignalRule, SignalState
from risk_registry.duties import Addressee
from risk_registry.models import Signal
from risk_registry.permissions import sees_escalated_only
from risk_registry.rules.warning import AbsenceLevel
from risk_registry.selectors.signals import SignalRow
from school.access import Viewer, access_of
from school.models import SchoolClass, TeachingAssignment

Taught = tuple[int, int, int | None]  # class, subject, pupil of a subgroup


def addressed_to(user: Viewer) -> QuerySet[Signal]:
    """Open signals that ask this person first, as `duties.duty_of` says who that is.

    Of periods that go on: what nobody answered before a period ended is told by the registry of that period.
    """
    access = access_of(user)
    rows = Signal.objects.visible_to(user).filter(state=SignalState.OPEN)
    if access.staff is None or access.today is None:
        return rows.none()
    own = Q(subgroup__isnull=True, school_class=OuterRef("school_class")) | Q(subgroup__pupils=OuterRef("pupil"))
    teaches = TeachingAssignment.objects.on(access.today).filter(own, staff=access.staff, subject=OuterRef("subject"))
    leads = SchoolClass.objects.filter(pk=OuterRef("school_class"), class_teacher=access.staff)
    absences = Q(rule=SignalRule.ABSENCES)
    asked = rows.filter(period__ends__gte=access.today)
    return asked.filter(absences & Exists(leads) | ~absences & Exists(teaches))


def slipping(user: Viewer, day: date) -> QuerySet[Signal]:
    """Open signals of a period that goes on whose day of answer is over: pupils slip, and nobody has done anything."""
    rows = Signal.objects.visible_to(user).filter(state=SignalState.OPEN, due__lt=day, period__ends__gte=day)
    if sees_escalated_only(user):
        rows = rows.filter(Q(escalates__isnull=True) | Q(escalates__lte=day))
    return rows.exclude(rule=SignalRule.ABSENCES, level=int(AbsenceLevel.SINGLE))


def with_addressees(rows: Sequence[SignalRow], day: date) -> tuple[SignalRow, ...]:
    """With `asked`: «Гречко П. С.», empty where nobody is appointed. One query, whatever the number of rows."""
    teachers = _teachers([row for row in rows if row.duty.who is Addressee.TEACHER], day)
    return tuple(replace(row, asked=", ".join(_names(row, teachers))) for row in rows)


def _names(row: SignalRow, teachers: dict[Taught, list[str]]) -> list[str]:
    signal = row.signal
    if row.duty.who is Addressee.CLASS_TEACHER or signal.subject_id is None:
        leads = signal.school_class.class_teacher
        return [leads.short_name] if leads is not None else []
    about = (signal.school_class_id, signal.subject_id)
    return teachers.get((*about, signal.pupil_id)) or teachers.get((*about, None), [])


def _teachers(rows: Sequence[SignalRow], day: date) -> dict[Taught, list[str]]:
    """Names by what is taught to whom; a subgroup's teacher stands under its pupils, the class's under None."""
    taught = (
        TeachingAssignment.objects.on(day)
        .filter(
            school_class__in={row.signal.school_class_id for row in rows},
            subject__in={row.signal.subject_id for row in rows},
        )
        .annotate(of_pupil=F("subgroup__pupils"))
        .filter(Q(subgroup=None) | Q(of_pupil__in={row.signal.pupil_id for row in rows}))
        .select_related("staff")
        .order_by("staff__sort_key")
    )
    found: dict[Taught, list[str]] = defaultdict(list)
    for one in taught:
        found[one.school_class_id, one.subject_id, one.of_pupil].append(one.staff.short_name)
    return found

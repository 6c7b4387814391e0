"""Whom an open signal asks: teachers about own subjects, class teachers about the absences of their class."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

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
    asked = _asks(user)
    rows = Signal.objects.visible_to(user).filter(state=SignalState.OPEN)
    return rows.none() if asked is None else rows.filter(asked)


def _asks(user: Viewer) -> Q | None:
    """`addressed_to` as a condition on open signals; None for whom nothing asks."""
    access = access_of(user)
    if access.staff is None or access.today is None:
        return None
    own = Q(subgroup__isnull=True, school_class=OuterRef("school_class")) | Q(subgroup__pupils=OuterRef("pupil"))
    teaches = TeachingAssignment.objects.on(access.today).filter(own, staff=access.staff, subject=OuterRef("subject"))
    leads = SchoolClass.objects.filter(pk=OuterRef("school_class"), class_teacher=access.staff)
    absences = Q(rule=SignalRule.ABSENCES)
    return Q(period__ends__gte=access.today) & (absences & Q(Exists(leads)) | ~absences & Q(Exists(teaches)))


def slipping(user: Viewer, day: date) -> QuerySet[Signal]:
    """Open signals of a period that goes on whose day of answer is over: pupils slip, and nobody has done anything."""
    return Signal.objects.visible_to(user).filter(_slips(user, day), state=SignalState.OPEN)


def _slips(user: Viewer, day: date) -> Q:
    late = Q(due__lt=day, period__ends__gte=day) & ~Q(rule=SignalRule.ABSENCES, level=int(AbsenceLevel.SINGLE))
    if sees_escalated_only(user):
        late &= Q(escalates__isnull=True) | Q(escalates__lte=day)
    return late


@dataclass(frozen=True)
class WaitingSignals:
    """How many signals ask the person, by the day of answer, and how many of all nobody answered in time."""

    addressed: tuple[tuple[date | None, int], ...] = ()
    slipping: int = 0


def waiting_signals(user: Viewer, day: date, *, watches: bool) -> WaitingSignals:
    """The numbers of `addressed_to` and, for those who watch, of `slipping`; one query for both."""
    asks, late = _asks(user) or Q(pk__in=[]), _slips(user, day)
    rows = Signal.objects.visible_to(user).filter(asks | late if watches else asks, state=SignalState.OPEN).order_by()
    told = rows.values_list("due").annotate(asked=Count("pk", filter=asks), late=Count("pk", filter=late))
    found = sorted(told, key=lambda row: (row[0] is None, row[0] or date.max))
    addressed = tuple((due, asked) for due, asked, _ in found if asked)
    return WaitingSignals(addressed, sum(number for _, _, number in found) if watches else 0)


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

"""Who may do what with teachers' records. Names roles; knows no tables of this app, so that its models may ask it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from school.access import Viewer, access_of
from school.models import School, Staff, StaffPosition, TeachingAssignment
from school.roles import Position, Role

_STRANGERS = frozenset({Role.MUNICIPAL})
_READ_ALL = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.METHODICAL_HEAD})
_CONFIRM = frozenset({Role.DEPUTY, Role.METHODICAL_HEAD})
_VISIT = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.METHODICAL_HEAD, Role.MENTOR})
# Heads of a school are no pedagogical workers by their appointment; whoever of them teaches is (273-ФЗ, ст. 2, 47, 51).
_NOT_PEDAGOGICAL = (Position.DIRECTOR, Position.DEPUTY)


@dataclass(frozen=True)
class TeachingScope:
    """Whose records a person sees: `everything` of the school, else those of `staff` and what is known to all."""

    school: int | None = None
    staff: int | None = None
    everything: bool = False


def teaching_scope(user: Viewer) -> TeachingScope:
    """What `visible_to` of this app builds on."""
    access = access_of(user)
    if access.school is None or not access.roles - _STRANGERS:
        return TeachingScope()
    staff = access.staff.pk if access.staff is not None else None
    return TeachingScope(access.school.pk, staff, bool(access.roles & _READ_ALL))


def can_see_teaching(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees the own records and the bank."""
    return teaching_scope(user).school is not None


def can_write_own(user: Viewer) -> bool:
    """Whoever is of the staff writes about themselves."""
    return teaching_scope(user).staff is not None


def can_read_all(user: Viewer) -> bool:
    """The director, the deputy and heads of methodical unions see the records of all and the indicators."""
    return teaching_scope(user).everything


def can_confirm(user: Viewer) -> bool:
    """The deputy and heads of methodical unions confirm, return, and set values of indicators."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _CONFIRM)


def can_visit(user: Viewer) -> bool:
    """Who visits colleagues' lessons: the administration, heads of methodical unions, mentors."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _VISIT)


def pedagogical_workers(school: School, day: date) -> QuerySet[Staff]:
    """Everybody who works on the day as a pedagogue: holds such a position, or teaches; by name."""
    in_force = (Q(starts__isnull=True) | Q(starts__lte=day)) & (Q(ends__isnull=True) | Q(ends__gte=day))
    held = StaffPosition.objects.filter(in_force, staff=OuterRef("pk")).exclude(position__in=_NOT_PEDAGOGICAL)
    taught = TeachingAssignment.objects.on(day).filter(
        staff=OuterRef("pk"), school_class__year__starts__lte=day, school_class__year__ends__gte=day
    )
    here = Q(left_on__isnull=True) | Q(left_on__gte=day)
    return Staff.objects.filter(here, Exists(held) | Exists(taught), school=school).order_by("sort_key", "pk")

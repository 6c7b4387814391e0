"""Whose duties are whose, who reads and changes them: named here, in `permissions.py` and `school/access.py`."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from roadmaps.duty_words import DutyRole
from roadmaps.permissions import can_edit_roadmap, can_see_roadmap
from school.access import Viewer, access_of
from school.models import School, SchoolClass, Staff, StaffPosition, TeachingAssignment
from school.roles import Position, Role

_MEANT = {
    DutyRole.DEPUTY: frozenset({Role.DEPUTY}),
    DutyRole.ADMINISTRATION: frozenset({Role.DIRECTOR, Role.DEPUTY}),
    DutyRole.SUBJECT_TEACHER: frozenset({Role.SUBJECT_TEACHER}),
    DutyRole.CLASS_TEACHER: frozenset({Role.CLASS_TEACHER}),
    DutyRole.METHODICAL_HEAD: frozenset({Role.METHODICAL_HEAD}),
    DutyRole.SERVICE: frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE, Role.SPEECH_THERAPIST}),
}
_POSITIONS = {
    DutyRole.DEPUTY: (Position.DEPUTY,),
    DutyRole.ADMINISTRATION: (Position.DIRECTOR, Position.DEPUTY),
    DutyRole.METHODICAL_HEAD: (Position.METHODICAL_HEAD,),
    DutyRole.SERVICE: (
        Position.PSYCHOLOGIST,
        Position.PSYCH_HEAD,
        Position.SOCIAL_PEDAGOGUE,
        Position.SPEECH_THERAPIST,
    ),
}
# Nobody of these has a login: their duties are told, never asked.
OUTSIDE = (DutyRole.STUDENT, DutyRole.PARENTS)


def duty_roles_of(user: Viewer) -> list[DutyRole]:
    """Whose duties are this person's, in the order of the card."""
    return [role for role, meant in _MEANT.items() if access_of(user).roles & meant]


def can_see_duties(user: Viewer) -> bool:
    """Everybody who works in the school and has a role there: the own duties."""
    return can_see_roadmap(user) and access_of(user).staff is not None


def has_duties(user: Viewer) -> bool:
    """Whether the card knows any role of this person: the navigation offers the page to them."""
    return can_see_duties(user) and bool(duty_roles_of(user))


def can_keep_duties(user: Viewer) -> bool:
    """The deputy and the director read all roles and people, add and switch off duties."""
    return can_edit_roadmap(user)


def can_read_person(user: Viewer, staff: Staff) -> bool:
    """One's own, or a colleague's for who keeps the card."""
    access = access_of(user)
    if access.school is None or staff.school_id != access.school.pk or not can_see_duties(user):
        return False
    return can_keep_duties(user) or (access.staff is not None and access.staff.pk == staff.pk)


def _holders(school: School, role: DutyRole) -> QuerySet[Staff]:
    today = school.today()
    rows = Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), school=school)
    now = Q(starts__isnull=True) | Q(starts__lte=today)
    now &= Q(ends__isnull=True) | Q(ends__gte=today)
    if role == DutyRole.SUBJECT_TEACHER:
        return rows.filter(Exists(TeachingAssignment.objects.filter(now, staff=OuterRef("pk"))))
    if role == DutyRole.CLASS_TEACHER:
        current = {"year__starts__lte": today, "year__ends__gte": today}
        return rows.filter(Exists(SchoolClass.objects.filter(class_teacher=OuterRef("pk"), **current)))
    if role not in _POSITIONS:
        return rows.none()
    held = StaffPosition.objects.filter(now, staff=OuterRef("pk"), position__in=_POSITIONS[role])
    return rows.filter(Exists(held))


@dataclass(frozen=True)
class People:
    """Everybody of a school by name, and the keys of those who hold each role today."""

    staff: tuple[Staff, ...]
    holders: dict[str, set[int]]

    def of(self, role: DutyRole) -> list[Staff]:
        """Who holds the role, by name; nobody for pupils and parents."""
        return [one for one in self.staff if one.pk in self.holders.get(role.value, ())]


def people_of(school: School) -> People:
    """One query. Former staff stay by name: their deeds do."""
    told = {f"is_{role.value}": Exists(_holders(school, role).order_by().filter(pk=OuterRef("pk"))) for role in _MEANT}
    rows: Any = list(Staff.objects.filter(school=school).annotate(**told))
    held = {role.value: {row.pk for row in rows if getattr(row, f"is_{role.value}")} for role in _MEANT}
    return People(tuple(rows), held)


def roles_at(school: School, staff: Staff) -> list[DutyRole]:
    """Whose duties are a person's today, in the order of the card; one query."""
    told = {f"is_{role.value}": Exists(_holders(school, role).order_by().filter(pk=OuterRef("pk"))) for role in _MEANT}
    row = Staff.objects.filter(pk=staff.pk).values(**told).first() or {}
    return [role for role in _MEANT if row.get(f"is_{role.value}")]

"""Who plans sittings, who runs them, who is invited to which. Roles are named here as in `permissions.py`."""

from datetime import date

from django.db.models import Q, QuerySet

from roadmaps.models import StaffDecision, StaffSitting
from roadmaps.permissions import can_edit_roadmap, can_see_roadmap
from roadmaps.sitting_words import SittingKind
from school.access import Viewer, access_of
from school.models import School, Staff, StaffPosition
from school.roles import Position, Role

_HEADS = (Position.DIRECTOR, Position.DEPUTY)
_SERVICE = (Position.PSYCHOLOGIST, Position.PSYCH_HEAD, Position.SOCIAL_PEDAGOGUE, Position.SPEECH_THERAPIST)
# The working group: «директор, заместители директора, руководители ШМО, социально-психологическая служба, педагоги,
# родители» (паспорт программы); teachers and parents are named by the school. Of the other kinds, everybody who works.
_INVITED = {
    SittingKind.DIRECTOR: (*_HEADS, Position.METHODICAL_HEAD, Position.PSYCH_HEAD),
    SittingKind.DEPUTY: (Position.DEPUTY, Position.METHODICAL_HEAD),
    SittingKind.GROUP: (*_HEADS, Position.METHODICAL_HEAD, *_SERVICE),
    SittingKind.QUALITY: (*_HEADS, Position.METHODICAL_HEAD),
}


def can_see_sittings(user: Viewer) -> bool:
    """Everybody with a duty in the school: no pupil is named there."""
    return can_see_roadmap(user)


def can_plan_sittings(user: Viewer) -> bool:
    """The deputy and the director plan all kinds and set their rhythm; heads of methodical unions their own."""
    return bool(kinds_to_plan(user))


def can_set_rhythms(user: Viewer) -> bool:
    """How often is the administration's decision."""
    return can_edit_roadmap(user)


def kinds_to_plan(user: Viewer) -> tuple[SittingKind, ...]:
    """The kinds that the person puts into the plan."""
    if can_edit_roadmap(user):
        return tuple(SittingKind)
    access = access_of(user)
    head = access.staff is not None and Role.METHODICAL_HEAD in access.roles
    return (SittingKind.UNION,) if head else ()


def can_keep_sitting(user: Viewer, sitting: StaffSitting) -> bool:
    """Correct, cancel, sign: the administration; a sitting of a union also the head who planned it."""
    if can_edit_roadmap(user):
        return True
    return SittingKind(sitting.kind) in kinds_to_plan(user) and sitting.by_id == getattr(user, "pk", None)


def can_run_sitting(user: Viewer, sitting: StaffSitting) -> bool:
    """Write agenda, attendance, course and decisions: also who leads it and who writes its protocol."""
    staff = access_of(user).staff
    named = staff is not None and staff.pk in (sitting.chair_id, sitting.secretary_id)
    return can_keep_sitting(user, sitting) or (named and can_see_sittings(user))


def can_close_decision(user: Viewer, decision: StaffDecision) -> bool:
    """Say that it is done: whoever answers for it, and who runs the sitting."""
    staff = access_of(user).staff
    own = staff is not None and staff.pk == decision.responsible_id and can_see_sittings(user)
    return own or can_run_sitting(user, decision.sitting)


def invited_by_kind(school: School, kind: SittingKind, day: date) -> QuerySet[Staff]:
    """Who is invited to a new sitting of the kind."""
    rows = Staff.objects.filter(school=school).exclude(left_on__lt=day)
    positions = _INVITED.get(kind)
    if positions is None:
        return rows
    held = StaffPosition.objects.filter(_in_force(day), position__in=positions)
    return rows.filter(pk__in=held.values("staff"))


def group_members(school: School, day: date) -> list[tuple[Staff, str]]:
    """Who makes up the working group by position, each once with the position first held; one query."""
    rows = StaffPosition.objects.filter(_in_force(day), staff__school=school, staff__left_on__isnull=True)
    found: dict[int, tuple[Staff, str]] = {}
    order = {position: place for place, position in enumerate(_INVITED[SittingKind.GROUP])}
    held = rows.filter(position__in=order).select_related("staff").order_by("staff__sort_key", "pk")
    for row in sorted(held, key=lambda one: order[Position(one.position)]):
        found.setdefault(row.staff_id, (row.staff, _lowered(Position(row.position).label)))
    return list(found.values())


def _lowered(words: str) -> str:
    """«заместитель директора по УВР»."""
    return words[:1].lower() + words[1:]


def _in_force(day: date) -> Q:
    return (Q(starts__isnull=True) | Q(starts__lte=day)) & (Q(ends__isnull=True) | Q(ends__gte=day))

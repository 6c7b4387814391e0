"""Who plans events for parents, who leads them, who marks who came."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from parents.models import ParentEvent
from parents.permissions import can_make_notices, can_see_conversations
from school.access import Viewer, access_of
from school.models import SchoolClass
from school.roles import Role

_HEADS = frozenset({Role.DEPUTY, Role.DIRECTOR})
_WHOLE = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.SOCIAL_PEDAGOGUE, Role.PSYCHOLOGIST, Role.PSYCH_HEAD})


def can_see_events(user: Viewer) -> bool:
    """The plan is read by everybody with a duty in the school; who came, of the own pupils."""
    return can_see_conversations(user)


def can_plan_events(user: Viewer) -> bool:
    """The administration, the psychologists and the social pedagogue for all of the school; class teachers."""
    return can_make_notices(user)


def plans_for_all(user: Viewer) -> bool:
    """Whether the person may invite whom they like; a class teacher invites the own class."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & _WHOLE)


def classes_to_invite(user: Viewer, year: int | None = None) -> QuerySet[SchoolClass]:
    """The classes whom the person may invite: of the year with that key, else of this one."""
    access = access_of(user)
    if access.school is None or not can_plan_events(user):
        return SchoolClass.objects.none()
    now = Q(year__starts__lte=access.today, year__ends__gte=access.today)
    rows = SchoolClass.objects.filter(now if year is None else Q(year=year), school=access.school)
    rows = rows.order_by("grade", "letter")
    return rows if plans_for_all(user) else rows.filter(class_teacher=access.staff)


def can_keep_event(user: Viewer, event: ParentEvent) -> bool:
    """Correct, move, cancel: who plans for all; a class teacher what is for the own classes alone.

    `event` with `invited` and their classes fetched.
    """
    if plans_for_all(user):
        return True
    access = access_of(user)
    invited = [one.school_class for one in event.invited.all()]
    if access.staff is None or event.levels or not invited or not can_plan_events(user):
        return False
    return all(one.class_teacher_id == access.staff.pk for one in invited)


def can_run_event(user: Viewer, event: ParentEvent) -> bool:
    """Mark that it took place, write its protocol, attach materials: also whoever leads it."""
    access = access_of(user)
    leads = access.staff is not None and event.leader_id == access.staff.pk and can_see_events(user)
    return leads or can_keep_event(user, event)


def can_mark(user: Viewer, event: ParentEvent, school_class: SchoolClass) -> bool:
    """Who came of a class: who runs the event, and the class teacher."""
    access = access_of(user)
    own = access.staff is not None and school_class.class_teacher_id == access.staff.pk and can_plan_events(user)
    return own or can_run_event(user, event)


def can_mark_any(user: Viewer, event: ParentEvent, classes: Collection[SchoolClass]) -> bool:
    """Whether there is a class of which the person marks who came."""
    return any(can_mark(user, event, one) for one in classes)


def can_see_involved(user: Viewer) -> bool:
    """Shares of involved parents: who answers for the whole school; class teachers of the own class."""
    return can_plan_events(user)


def can_see_feedback(user: Viewer) -> bool:
    """Who of the colleagues told parents how much: the director and the deputy, nobody else."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _HEADS)

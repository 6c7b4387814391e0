"""Who may do what with the roadmap. Roles are named here and in `school/access.py` only."""

from django.db.models import Exists, OuterRef, Q

from roadmaps.models import Activity
from roadmaps.words import Duty
from school.access import Viewer, access_of
from school.models import User
from school.roles import Role

_EDITORS = frozenset({Role.DEPUTY, Role.DIRECTOR})
_STRANGERS = frozenset({Role.MUNICIPAL})
# Whom the words of the roadmap mean. «Педагогический коллектив» takes part and answers for nothing by itself: the
# administration does.
_DUTIES = {
    Duty.ADMINISTRATION: frozenset({Role.DIRECTOR, Role.DEPUTY}),
    Duty.DEPUTY: frozenset({Role.DEPUTY}),
    Duty.TEACHING_STAFF: frozenset(),
    Duty.CLASS_TEACHER: frozenset({Role.CLASS_TEACHER}),
    Duty.SUBJECT_TEACHER: frozenset({Role.SUBJECT_TEACHER}),
    Duty.METHODICAL_HEAD: frozenset({Role.METHODICAL_HEAD}),
    Duty.PSYCHOLOGIST: frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD}),
    Duty.SOCIAL_PEDAGOGUE: frozenset({Role.SOCIAL_PEDAGOGUE}),
    Duty.SPEECH_THERAPIST: frozenset({Role.SPEECH_THERAPIST}),
    Duty.TUTOR: frozenset({Role.TUTOR}),
    Duty.MENTOR: frozenset({Role.MENTOR}),
}


def can_see_roadmap(user: Viewer) -> bool:
    """Everybody with a duty in the school: the roadmap names no pupil."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_edit_roadmap(user: Viewer) -> bool:
    """The deputy and the director make, approve and correct it, and see to what is late."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _EDITORS)


def duties_of(user: Viewer) -> list[str]:
    """Codes of the duties whose words mean this person."""
    roles = access_of(user).roles
    return [duty.value for duty, meant in _DUTIES.items() if roles & meant]


def own_activities(user: Viewer, path: str = "") -> Q:
    """Activities for which the person answers: named, or meant by a duty where nobody is named.

    `path` leads from the asked rows to the activity, with its underscores: «activity__».
    """
    access = access_of(user)
    if access.staff is None:
        return Q(pk__in=[])
    named = Activity.people.through.objects.filter(activity=OuterRef(f"{path}pk"))
    by_duty = Q(~Exists(named), **{f"{path}duties__overlap": duties_of(user)})
    return Q(Exists(named.filter(staff=access.staff))) | by_duty


def can_mark(user: User, activity: Activity) -> bool:
    """Held, with its evidence: whoever answers for it, and those who see to the whole."""
    return can_edit_roadmap(user) or Activity.objects.filter(own_activities(user), pk=activity.pk).exists()

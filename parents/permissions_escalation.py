"""Who sees and who decides about families that evade their duties (docs/decisions/0038-escalation.md)."""

from django.db.models import QuerySet

from parents.escalation_words import StepKind
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Pupil
from school.permissions import leads_class_of
from school.roles import Role

_ADMINISTRATION = frozenset({Role.DIRECTOR, Role.DEPUTY})
_OPENERS = _ADMINISTRATION | {Role.SOCIAL_PEDAGOGUE}
_READERS = _OPENERS | {Role.PSYCHOLOGIST, Role.PSYCH_HEAD}


def can_see_family_cases(user: Viewer) -> bool:
    """The administration, the social pedagogue, the psychologists, class teachers (each the own class)."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & (_READERS | {Role.CLASS_TEACHER}))


def family_case_pupils(user: Viewer) -> QuerySet[Pupil]:
    """The pupils whose cases the person reads."""
    access = access_of(user)
    if not can_see_family_cases(user) or access.today is None:
        return Pupil.objects.none()
    if access.roles & _READERS:
        return pupils_for(user)
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    return pupils_for(user).filter(pk__in=led.values("pupil"))


def can_open_family_case(user: Viewer, pupil: Pupil) -> bool:
    """The administration and the social pedagogue; of the own class its teacher. Psychologists read."""
    access = access_of(user)
    if access.staff is None or access.school is None or access.school.pk != pupil.school_id:
        return False
    return bool(access.roles & _OPENERS) or leads_class_of(user, pupil)


def can_decide_family_step(user: Viewer, pupil: Pupil, kind: StepKind) -> bool:
    """Turning to the commission is the administration's decision alone («только решением администрации»)."""
    if kind == StepKind.COMMISSION:
        return can_print_for_commission(user, pupil)
    return can_open_family_case(user, pupil)


def can_print_for_commission(user: Viewer, pupil: Pupil) -> bool:
    """The director and the deputy."""
    access = access_of(user)
    inside = access.staff is not None and access.school is not None and access.school.pk == pupil.school_id
    return inside and bool(access.roles & _ADMINISTRATION)

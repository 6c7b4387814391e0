"""Who may do what with mentoring pairs. Which pairs are seen: `permissions_pairs`."""

from django.db.models import QuerySet

from iom.mentoring import PAIR, PairDeed, PairForm
from iom.models import MentoringPair
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Pupil
from school.permissions import leads_class_of
from school.roles import Role

_DECIDE = frozenset({Role.DEPUTY, Role.METHODICAL_HEAD})
_STRANGERS = frozenset({Role.MUNICIPAL})


def can_see_pairs(user: Viewer) -> bool:
    """Everybody with a duty in the school: each sees what `MentoringPair.objects.visible_to` gives them."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_decide_pairs(user: Viewer) -> bool:
    """The deputy and heads of methodical unions make and end pairs."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _DECIDE)


def can_propose_pairs(user: Viewer) -> bool:
    """They, and class teachers for the pupils of the own class."""
    access = access_of(user)
    leads = access.staff is not None and Role.CLASS_TEACHER in access.roles
    return can_decide_pairs(user) or (access.school is not None and leads)


def forms_for(user: Viewer) -> list[PairForm]:
    """A class teacher proposes for pupils alone."""
    if can_decide_pairs(user):
        return list(PairForm)
    return [PairForm.TEACHER, PairForm.PUPILS] if can_propose_pairs(user) else []


def pupils_to_lead(user: Viewer) -> QuerySet[Pupil]:
    """For whom the person may look for a mentor: visible pupils; for a class teacher those of the own class."""
    access = access_of(user)
    if access.today is None or not can_propose_pairs(user):
        return Pupil.objects.none()
    seen = pupils_for(user)
    if can_decide_pairs(user):
        return seen
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    return seen.filter(pk__in=led.values("pupil"))


def can_change_pair(user: Viewer, pair: MentoringPair) -> bool:
    """Correct a pair, end it, take it up again: the deciders; the class teacher of its pupil."""
    access = access_of(user)
    if access.school is None or access.school.pk != pair.school_id:
        return False
    return can_decide_pairs(user) or (pair.pupil is not None and leads_class_of(user, pair.pupil))


def pair_deeds(user: Viewer, pair: MentoringPair) -> list[str]:
    """What the person may do with a pair now: the start is the deciders', the rest of whoever may change it."""
    if not can_change_pair(user, pair):
        return []
    deeds = PAIR.deeds(pair.state)
    return deeds if can_decide_pairs(user) else [deed for deed in deeds if deed != PairDeed.START]


def can_write_meetings(user: Viewer, pair: MentoringPair) -> bool:
    """Meetings and assessments are written down by the mentor, the curator of two pupils, and the deciders."""
    access = access_of(user)
    if access.school is None or access.school.pk != pair.school_id:
        return False
    own = access.staff is not None and access.staff.pk in (pair.mentor_id, pair.curator_id)
    return own or can_decide_pairs(user)

"""Which pairs a person may see. Nothing here opens a pupil's marks: those stay with `school.access.pupils_for`."""

from django.db.models import Q

from school.access import WHOLE_SCHOOL, Viewer, access_of
from school.models import Enrolment
from school.roles import ResponsibilityKind, Role

_WHOLE = WHOLE_SCHOOL | {Role.METHODICAL_HEAD}
# Who answers for a pupil sees the pupil's pairs; who only leads an extra lesson does not.
WARDS = (ResponsibilityKind.TUTOR, ResponsibilityKind.MENTOR)
NOBODY = Q(pk__in=())


def pairs_visible(user: Viewer) -> Q:
    """Own pairs; those of the own class and of wards; all of the school for those who answer for the whole of it.

    The head of a methodical union sees all pairs too: who leads whom and how often, not the pupils' marks.
    """
    access = access_of(user)
    if access.school is None or not access.roles or access.roles == {Role.MUNICIPAL}:
        return NOBODY
    own = Q(school=access.school)
    if access.roles & _WHOLE:
        return own
    if access.staff is None or access.today is None:
        return NOBODY
    me = access.staff
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=me).values("pupil")
    wards = me.responsibilities.on(access.today).filter(kind__in=WARDS).values("pupil")
    mine = Q(mentor=me) | Q(curator=me) | Q(staff=me)
    return own & (mine | Q(pupil__in=led) | Q(mentor_pupil__in=led) | Q(pupil__in=wards))

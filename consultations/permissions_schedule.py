"""Who approves the schedule of psychological help, who brings a pupil's meetings, who sees the service's load."""

from django.db.models import QuerySet

from consultations.permissions import heads_service, is_specialist, specialists_of
from school.access import Viewer, access_of
from school.models import Pupil, SchoolClass, Staff
from school.roles import Role

_APPROVERS = {Role.DIRECTOR: "Директор", Role.DEPUTY: "Заместитель директора"}
_HEADS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.PSYCH_HEAD})


def approves_as(user: Viewer) -> str:
    """«Директор» or «Заместитель директора»; empty for everybody else."""
    access = access_of(user)
    if access.school is None or access.staff is None:
        return ""
    return next((words for role, words in _APPROVERS.items() if role in access.roles), "")


def sees_all_weeks(user: Viewer) -> bool:
    """Any specialist's week and the load of all: the service's head, the deputy, the director."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _HEADS)


def sees_weeks(user: Viewer) -> bool:
    """Whether there is any week that the person may open: the own, or those of all."""
    return sees_all_weeks(user) or is_specialist(user)


def weeks_of(user: Viewer) -> QuerySet[Staff]:
    """Whose week the person may open, by name: all for the heads, the own for a specialist."""
    if sees_all_weeks(user):
        return specialists_of(user)
    access = access_of(user)
    if access.staff is None or not is_specialist(user):
        return Staff.objects.none()
    return Staff.objects.filter(pk=access.staff.pk)


def can_see_load(user: Viewer) -> bool:
    """Figures of the service's work: the heads of all, a specialist the own."""
    return sees_all_weeks(user) or is_specialist(user)


def brings_meetings(user: Viewer) -> bool:
    """Whoever makes a pupil's sheet of meetings: the service, and those who see all of it."""
    return sees_all_weeks(user) or is_specialist(user) or heads_service(user)


def leads_class_of(user: Viewer, pupil: Pupil) -> bool:
    """Whether the person is the pupil's class teacher today."""
    access = access_of(user)
    if access.staff is None or access.today is None:
        return False
    seats = pupil.enrolments.on(access.today)
    return SchoolClass.objects.filter(class_teacher=access.staff, pk__in=seats.values("school_class")).exists()


def records_answers(user: Viewer, pupil: Pupil) -> bool:
    """Who was told and what they said: the service and the class teacher of a visible pupil."""
    return brings_meetings(user) or leads_class_of(user, pupil)


def load_of_all(user: Viewer) -> bool:
    """Figures of all specialists."""
    return sees_all_weeks(user)


def load_by_kind_listed(user: Viewer) -> bool:
    """Whose meetings of one kind may be listed: the service knows what a meeting is for, others do not."""
    return is_specialist(user)

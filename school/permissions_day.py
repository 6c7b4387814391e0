"""Who keeps the school's day: bells, weeks of lessons, buses and their riders."""

from django.db.models import QuerySet

from school.access import Viewer, access_of, classes_for, pupils_for
from school.models import Enrolment, Pupil, SchoolClass
from school.permissions import can_edit_school
from school.roles import Role


def can_keep_day(user: Viewer) -> bool:
    """Bells, timetables of lessons and runs of buses are kept by those who keep the school's data."""
    return can_edit_school(user)


def can_keep_riders(user: Viewer) -> bool:
    """Who rides on a bus: the same, and class teachers of their own classes."""
    return can_edit_school(user) or (access_of(user).staff is not None and Role.CLASS_TEACHER in access_of(user).roles)


def classes_of_riders(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes whose riders the person keeps."""
    classes = classes_for(user)
    if can_edit_school(user):
        return classes
    return classes.filter(class_teacher=access_of(user).staff) if can_keep_riders(user) else classes.none()


def pupils_of_riders(user: Viewer) -> QuerySet[Pupil]:
    """The pupils whose rides the person keeps and sees."""
    access = access_of(user)
    if can_edit_school(user) or access.today is None:
        return pupils_for(user)
    seats = Enrolment.objects.on(access.today).filter(school_class__in=classes_of_riders(user).order_by().values("pk"))
    return pupils_for(user).filter(pk__in=seats.values("pupil"))

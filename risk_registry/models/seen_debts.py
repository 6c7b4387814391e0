"""Whose debts a person sees: those of pupils they answer for whole, or of a subject that they teach."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Responsibility, SchoolClass, Staff, TeachingAssignment


def debts_seen_by(user: Viewer) -> Q:
    """The condition on rows with `pupil` and `subject`: whole school; own class; own tutees; own subject."""
    access = access_of(user)
    own = Q(pupil__in=pupils_for(user).order_by().values("pk"))
    if access.whole_school or access.staff is None or access.today is None:
        return own
    return own & (_of_pupils(access.staff, access.today) | _of_subjects(access.staff, access.today))


def _of_pupils(staff: Staff, today: date) -> Q:
    led = SchoolClass.objects.filter(class_teacher=staff, year__starts__lte=today, year__ends__gte=today)
    seated = Enrolment.objects.on(today).filter(school_class__in=led).values("pupil")
    return Q(pupil__in=seated) | Q(pupil__in=Responsibility.objects.on(today).filter(person=staff).values("pupil"))


def _of_subjects(staff: Staff, today: date) -> Q:
    """Taught today, in the class where the pupil sits today or in a subgroup of theirs."""
    mine = TeachingAssignment.objects.on(today).filter(staff=staff, subject=OuterRef("subject"))
    seat = Enrolment.objects.on(today).filter(pupil=OuterRef(OuterRef("pupil"))).values("school_class")
    whole = mine.filter(subgroup__isnull=True, school_class__in=seat)
    return Q(Exists(whole)) | Q(Exists(mine.filter(subgroup__pupils=OuterRef("pupil"))))

"""Who may be put into the registry by a person's decision."""

from datetime import date

from django.db.models import QuerySet

from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.access import pupils_for
from school.models import Enrolment, Period, Pupil, SchoolClass, Subject, User


def includable_pupils(user: User, period: Period, school_class: SchoolClass) -> QuerySet[Pupil]:
    """Visible pupils of the class who are not in the registry of the period, by name."""
    inside = RegistryEntry.objects.in_period(period).exclude(state__in=OUT).values("pupil")
    seats = Enrolment.objects.on(day_of(period)).filter(school_class=school_class)
    return pupils_for(user).filter(pk__in=seats.values("pupil")).exclude(pk__in=inside)


def subjects_of(school_class: SchoolClass) -> QuerySet[Subject]:
    """What the class is taught; the school's whole list where nobody has written it down."""
    all_ = Subject.objects.filter(school=school_class.school_id)
    taught = all_.filter(pk__in=school_class.assignments.values("subject"))
    return taught if taught.exists() else all_


def seat_of(user: User, pupil: int, period: Period) -> tuple[Pupil, SchoolClass]:
    """The pupil with the class of the day by which the period counts; Pupil.DoesNotExist when not visible."""
    seat = (
        Enrolment.objects.on(day_of(period))
        .select_related("pupil__school", "school_class")
        .get(pupil__in=pupils_for(user).filter(pk=pupil).order_by())
    )
    return seat.pupil, seat.school_class


def day_of(period: Period) -> date:
    """The contingent is that of the period's last day, or today's while the period goes on."""
    return min(period.ends, max(period.starts, period.year.school.today()))

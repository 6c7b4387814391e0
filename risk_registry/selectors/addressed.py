"""Whom an open signal asks: teachers about own subjects, class teachers about the absences of their class."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.permissions import sees_escalated_only
from risk_registry.rules.warning import AbsenceLevel
from school.access import Viewer, access_of
from school.models import SchoolClass, TeachingAssignment


def addressed_to(user: Viewer) -> QuerySet[Signal]:
    """Open signals that ask this person first, as `duties.duty_of` says who that is."""
    access = access_of(user)
    rows = Signal.objects.visible_to(user).filter(state=SignalState.OPEN)
    if access.staff is None or access.today is None:
        return rows.none()
    own = Q(subgroup__isnull=True, school_class=OuterRef("school_class")) | Q(subgroup__pupils=OuterRef("pupil"))
    teaches = TeachingAssignment.objects.on(access.today).filter(own, staff=access.staff, subject=OuterRef("subject"))
    leads = SchoolClass.objects.filter(pk=OuterRef("school_class"), class_teacher=access.staff)
    absences = Q(rule=SignalRule.ABSENCES)
    return rows.filter(absences & Exists(leads) | ~absences & Exists(teaches))


def slipping(user: Viewer, day: date) -> QuerySet[Signal]:
    """Open signals whose day of answer is over: pupils slip, and nobody has done anything yet."""
    rows = Signal.objects.visible_to(user).filter(state=SignalState.OPEN, due__lt=day)
    if sees_escalated_only(user):
        rows = rows.filter(Q(escalates__isnull=True) | Q(escalates__lte=day))
    return rows.exclude(rule=SignalRule.ABSENCES, level=int(AbsenceLevel.SINGLE))

"""Activities of a roadmap and what became of them."""

from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from roadmaps.models import Activity, Occurrence, Roadmap
from roadmaps.permissions import own_activities
from roadmaps.words import RoadmapState
from roadmaps.workflow import WAITING
from school.access import Viewer, access_of
from school.models import AcademicYear, Staff


def roadmap_of(user: Viewer, year: AcademicYear | None) -> Roadmap | None:
    """The roadmap of a year that the person reads; None when the year has none."""
    if year is None:
        return None
    return Roadmap.objects.visible_to(user).filter(year=year).select_related("school", "year").first()


def activities_of(roadmap: Roadmap) -> QuerySet[Activity]:
    """Those that stand, by directions, with the people named. Two queries."""
    rows = roadmap.activities.filter(removed_on__isnull=True).select_related("direction")
    people = Staff.objects.order_by("sort_key")
    return rows.prefetch_related(Prefetch("people", people)).order_by("direction__number", "number", "pk")


def occurrences_of(roadmap: Roadmap) -> QuerySet[Occurrence]:
    """All of them, activity by activity, with `shown`: how many pieces of evidence stand. One query."""
    rows = Occurrence.objects.filter(activity__roadmap=roadmap, activity__removed_on__isnull=True)
    standing = Count("evidence", filter=Q(evidence__withdrawn_at__isnull=True))
    return rows.annotate(shown=standing).order_by("activity_id", "ends", "pk")


def waiting_of(user: Viewer) -> QuerySet[Occurrence]:
    """What waits in the approved roadmap of the person's school this year."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return Occurrence.objects.none()
    return Occurrence.objects.filter(
        activity__roadmap__school=access.school,
        activity__roadmap__year__starts__lte=access.today,
        activity__roadmap__year__ends__gte=access.today,
        activity__removed_on__isnull=True,
        state__in=WAITING,
    ).exclude(activity__roadmap__state=RoadmapState.DRAFT)


def own_waiting(user: Viewer, day: date) -> QuerySet[Occurrence]:
    """What the person answers for and is due by the end of the month, the late included."""
    until = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    rows = waiting_of(user).filter(own_activities(user, "activity__"), ends__lte=until)
    return rows.select_related("activity").order_by("ends", "pk")


def late_of(user: Viewer, day: date) -> QuerySet[Occurrence]:
    """What is late in the whole school."""
    return waiting_of(user).filter(ends__lt=day).order_by("ends", "pk")

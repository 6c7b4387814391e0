"""Activities of a roadmap and what became of them."""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from roadmaps.models import Activity, Occurrence, Roadmap
from roadmaps.permissions import own_activities
from roadmaps.words import RoadmapState
from roadmaps.workflow import WAITING
from school.access import Viewer, access_of


def activities_of(roadmap: Roadmap) -> QuerySet[Activity]:
    """Those that stand, by directions, with `named`: parts of the names of people. One query."""
    rows = roadmap.activities.filter(removed_on__isnull=True).select_related("direction")
    named = Activity.people.through.objects.filter(activity=OuterRef("pk")).order_by("staff__sort_key")
    parts = JSONObject(last="staff__last_name", first="staff__first_name", middle="staff__middle_name")
    people = ArraySubquery(named.values(told=parts))
    return rows.annotate(named=people).order_by("direction__number", "number", "pk")


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

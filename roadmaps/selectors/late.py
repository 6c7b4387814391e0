"""What is late in the whole school, and who answers for it: facts with days, for those who answer for all."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from common.names import initials
from roadmaps.models import Activity, Occurrence, StaffSitting
from roadmaps.reports.paper import responsible_words
from roadmaps.selectors.activities import late_of
from roadmaps.selectors.sittings import waiting
from roadmaps.words import OccurrenceState
from school.access import Viewer, access_of
from school.models import AcademicYear


@dataclass(frozen=True)
class LateActivity:
    """An activity of the roadmap with the term it missed first; `whose`: words of its duties, names."""

    key: int
    title: str
    due: date
    whose: str


def late_activities(user: Viewer, day: date) -> list[LateActivity]:
    """Each once, the longest late first; one query."""
    named = Activity.people.through.objects.filter(activity=OuterRef("activity")).order_by("staff__sort_key")
    parts = JSONObject(last="staff__last_name", first="staff__first_name", middle="staff__middle_name")
    rows = late_of(user, day).select_related("activity").annotate(named=ArraySubquery(named.values(told=parts)))
    found: dict[int, LateActivity] = {}
    for row in rows:
        if row.activity_id not in found:
            whose = responsible_words(row.activity, (initials(**one) for one in row.named))
            found[row.activity_id] = LateActivity(row.activity_id, row.activity.title, row.ends, whose)
    return list(found.values())


def unwritten_sittings(user: Viewer, day: date) -> QuerySet[StaffSitting]:
    """Past sittings of which nobody has said whether they were held, and held ones without a protocol."""
    rows = StaffSitting.objects.visible_to(user).filter(waiting(day), on__lt=day)
    return rows.select_related("secretary", "by__staff").order_by("on", "pk")


def held_since(user: Viewer, day: date, today: date) -> int:
    """Deeds of the roadmap held between two days, both counted; one query."""
    school = access_of(user).school
    rows = Occurrence.objects.filter(activity__roadmap__school=school, state=OccurrenceState.HELD)
    return rows.filter(held_on__range=(day, today)).count()


def activities_of_nobody(year: AcademicYear) -> int:
    """How many activities of a year's roadmap name nobody who answers; one query."""
    nobody = Q(duties=[], others="", number_of=0)
    rows = Activity.objects.filter(roadmap__year=year, removed_on__isnull=True).annotate(number_of=Count("people"))
    return rows.filter(nobody).count()

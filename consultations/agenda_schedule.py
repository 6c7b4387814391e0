"""What the schedule of psychological help asks of the director and the deputy: approval, and again when it changed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Subquery
from django.urls import reverse

from consultations.models import ServiceHours, ServiceSchedule
from consultations.permissions_schedule import approves_as
from consultations.reports.schedule import paper_rows
from consultations.rules.schedule import ScheduleRow, changed_from
from consultations.selectors.schedule import kind_words
from school.access import access_of
from school.asking import Asked, Told, day_told, listed, time_told
from school.models import AcademicYear, User
from school.shared import AgendaItem


def schedule_asked(user: User, day: date) -> Asked:
    """One item while hours stand that nobody approved: the schedule in force, and the hours of its year."""
    school = access_of(user).school
    if school is None or not approves_as(user):
        return Asked()
    years = AcademicYear.objects.filter(school=school, ends__gte=day).order_by("starts")
    now = {"school": school, "year": Subquery(years.values("pk")[:1])}
    approved = ServiceSchedule.objects.filter(on__lte=day, **now).order_by("-on", "-number")[:1]
    hours = ServiceHours.objects.filter(**now).order_by("pk")
    names = ("specialist", "weekday", "time_from", "time_to", "room", "kind", "begins", "ends")
    columns = {
        "schedule": listed(approved, content="content", on="on", ends=F("year__ends")),
        "hours": listed(hours, **{name: name for name in names}),
    }
    return Asked(columns, lambda told: _told(told, day))


def _told(told: Told, day: date) -> Iterator[AgendaItem]:
    hours = [_row(one) for one in told["hours"] or ()]
    url = reverse("schedule:page")
    if not told["schedule"]:
        if any(row.ends >= day for row in hours):
            yield AgendaItem("Утвердить график психологической помощи", url, signs=True)
        return
    approved = told["schedule"][0]
    on = day_told(approved["on"])
    changed = changed_from(paper_rows(approved["content"]), hours, on, day_told(approved["ends"]))
    if changed is not None:
        title = "График психологической помощи изменён: утвердить заново"
        yield AgendaItem(title, url, f"с {changed:%d.%m.%Y}", signs=True)


def _row(one: Told) -> ScheduleRow:
    """What of hours is approved: a name and a position are not."""
    return ScheduleRow(
        specialist=one["specialist"],
        name="",
        position="",
        weekday=one["weekday"],
        time_from=f"{time_told(one['time_from']):%H:%M}",
        time_to=f"{time_told(one['time_to']):%H:%M}",
        room=one["room"],
        kind=kind_words(one["kind"]),
        minutes=0,
        begins=day_told(one["begins"]),
        ends=day_told(one["ends"]),
    )

"""Competitions of pupils as lists show them."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from common.names import name_key
from iom.models import Achievement
from school.access import Viewer
from school.models import AcademicYear, Enrolment


def achievement_list(
    user: Viewer,
    year: AcademicYear,
    *,
    school_class: int | None = None,
    subject: int | None = None,
    reach: str = "",
    place: str = "",
    text: str = "",
) -> QuerySet[Achievement]:
    """Of pupils whom the person sees, the newest first, with the class of today (`seat`); one query."""
    today = year.school.today()
    rows = Achievement.objects.visible_to(user).filter(year=year, removed_at__isnull=True)
    seats = Enrolment.objects.on(today)
    if school_class is not None:
        rows = rows.filter(pupil__in=seats.filter(school_class=school_class).values("pupil"))
    told = {"subject": subject, "reach": reach, "place": place}
    rows = rows.filter(**{name: value for name, value in told.items() if value})
    if text:
        rows = rows.filter(pupil__sort_key__contains=name_key(text)[:100])
    seat = ArraySubquery(seats.filter(pupil=OuterRef("pupil")).order_by().values("school_class__name")[:1])
    return rows.select_related("pupil", "subject", "by__staff").annotate(seat=seat)

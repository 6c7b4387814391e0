"""Who misses lessons without a reason: the list behind the figure."""

from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from desk.rules import Days
from gradebook.models import Absence, AbsenceReason
from school.access import Viewer, access_of, pupils_for
from school.models import Period
from school.selectors_pupils import Presence, pupil_rows


def _unexcused(user: Viewer, days: Days) -> QuerySet[Absence]:
    visible = pupils_for(user).order_by().values("pk")
    rows = Absence.objects.filter(pupil__in=visible, date__range=(days.first, days.last))
    return rows.counted().filter(counted=AbsenceReason.UNEXCUSED)


def missed_lessons(user: Viewer, *spans: Days) -> list[int]:
    """Lessons that the visible pupils missed without a reason, by span; one query."""
    whole = Days(min(one.first for one in spans), max(one.last for one in spans))
    numbers = {f"n{place}": Count("pk", filter=_within(one)) for place, one in enumerate(spans)}
    within = reduce(or_, map(_within, spans))
    told = _unexcused(user, whole).filter(within).aggregate(**numbers)
    return [told[name] for name in numbers]


def _within(days: Days) -> Q:
    return Q(date__range=(days.first, days.last))


def missed_link(period: Period) -> str:
    """Where those lessons stand by pupil."""
    return f"{reverse('desk:missed')}?{urlencode({'period': period.pk})}"


def missed_pupils(user: Viewer, days: Days) -> QuerySet[Any]:
    """Visible pupils with `bad` lessons missed without a reason on `bad_days` days, most first, with `seat_title`."""
    missed = Absence.objects.filter(pupil=OuterRef("pk"), date__range=(days.first, days.last))
    rows = missed.counted().filter(counted=AbsenceReason.UNEXCUSED)
    grouped = rows.order_by().values("pupil")
    return (
        pupil_rows(user, presence=Presence.ALL)
        .filter(Exists(rows))
        .annotate(
            bad=Subquery(grouped.annotate(number=Count("pk")).values("number")),
            bad_days=Subquery(grouped.annotate(number=Count("date", distinct=True)).values("number")),
        )
        .order_by(F("bad").desc(), "sort_key", "pk")
    )


def asked_period(user: Viewer, key: int | None) -> Period | None:
    """The period of that key in the person's school; else the newest begun one of its main system."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return None
    rows = Period.objects.filter(year__school=access.school).select_related("year")
    named = rows.filter(pk=key).first() if key is not None else None
    begun = rows.filter(system=F("year__main_system"), starts__lte=access.today)
    return named or begun.order_by("-starts").first()

"""Meetings as lists and pages show them: facts alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay

from common.names import name_key
from consultations.models import (
    Appointment,
    AppointmentPupil,
    AppointmentQuerySet,
    HoursException,
    ServiceHours,
    UrgentGrounds,
)
from consultations.permissions import is_service
from consultations.words import WITHOUT_CHILD, ExceptionKind, MeetingState
from school.access import Viewer, access_of, pupils_for
from school.models import Consent, Holiday
from school.purposes import Purpose

COMING, UNRECORDED, LACKING, OUTSIDE, PAST, UNDONE = "coming", "waiting", "consent", "hours", "past", "undone"
TABS = {
    COMING: "Предстоят",
    UNRECORDED: "Нет записи",
    LACKING: "Нет согласия",
    OUTSIDE: "Вне часов приёма",
    PAST: "Были и не были",
    UNDONE: "Отменены",
}


@dataclass(frozen=True)
class MeetingQuery:
    """What the list is asked for; empty means any. `tab` is one of `TABS`, or empty for all."""

    today: date
    tab: str = COMING
    specialist: int | None = None
    pupil: int | None = None
    text: str = ""
    on: date | None = None


def marked(rows: QuerySet[Appointment], today: date) -> QuerySet[Appointment]:
    """With `lacking` (a pupil without a consent on its day) and `outside` (of the hours as they are now)."""
    ahead = Q(state=MeetingState.PLANNED, on__gte=today)
    return rows.alias(weekday=ExtractIsoWeekDay("on")).annotate(
        lacking=ahead & ~Q(kind__in=WITHOUT_CHILD) & ~Exists(_urgent()) & Exists(_without_consent()),
        outside=ahead & Q(off_hours=False) & ~_received(),
    )


def _urgent() -> QuerySet[UrgentGrounds]:
    return UrgentGrounds.objects.filter(appointment=OuterRef("pk"))


def _without_consent() -> QuerySet[AppointmentPupil]:
    on: Any = OuterRef("on")
    held = Consent.objects.in_force(on).filter(pupil=OuterRef("pupil"), purpose=Purpose.PSYCHOLOGICAL_HELP)
    return AppointmentPupil.objects.filter(~Exists(held), appointment=OuterRef("pk"), present=True)


def _received() -> Q:
    """Within the hours of that day, or within extra ones; `rules/free_times.py::is_open` says the same of one time."""
    day: dict[str, Any] = {"begins__lte": OuterRef("on"), "ends__gte": OuterRef("on")}
    inside: dict[str, Any] = {"time_from__lte": OuterRef("time_from"), "time_to__gte": OuterRef("time_to")}
    own: dict[str, Any] = {"specialist": OuterRef("specialist"), **day}
    hours = ServiceHours.objects.filter(
        Q(kind="") | Q(kind=OuterRef("kind")), weekday=OuterRef("weekday"), **own, **inside
    )
    away = Q(time_from__isnull=True) | Q(time_from__lt=OuterRef("time_to"), time_to__gt=OuterRef("time_from"))
    off = HoursException.objects.filter(away, kind=ExceptionKind.OFF, **own)
    extra = HoursException.objects.filter(kind=ExceptionKind.EXTRA, **own, **inside)
    holiday = Holiday.objects.filter(
        year=OuterRef("year"), first_grade_only=False, starts__lte=OuterRef("on"), ends__gte=OuterRef("on")
    )
    return Q(Exists(hours) & ~Exists(off) & ~Exists(holiday)) | Q(Exists(extra))


def meetings(user: Viewer, query: MeetingQuery) -> QuerySet[Appointment]:
    """Visible meetings that the query finds, with their visible pupils; those to come first things first."""
    rows = marked(_found(user, query), query.today).filter(_of_tab(query.tab, query.today))
    newest = query.tab in (PAST, UNDONE, "")
    order = ("-on", "-time_from", "-pk") if newest else ("on", "time_from", "pk")
    return rows.select_related("specialist", "colleague").prefetch_related(lines_for(user)).order_by(*order)


def counts(user: Viewer, query: MeetingQuery) -> dict[str, int]:
    """How many each tab has under the other filters; one query."""
    rows = marked(_found(user, query), query.today)
    found = rows.aggregate(**{tab: Count("pk", filter=_of_tab(tab, query.today)) for tab in TABS}, all=Count("pk"))
    return {tab: int(number) for tab, number in found.items()}


def lines_for(user: Viewer, path: str = "pupils") -> "Prefetch[str, Any, str]":
    """The pupils of a meeting whom the person sees; `linked`: their page is open to the person."""
    page = Exists(pupils_for(user).order_by().filter(pk=OuterRef("pupil")))
    rows = AppointmentPupil.objects.visible_to(user).annotate(linked=page).select_related("pupil", "guardian")
    return Prefetch(path, rows.order_by("pupil__sort_key"), to_attr="lines")


def _found(user: Viewer, query: MeetingQuery) -> AppointmentQuerySet:
    rows = Appointment.objects.visible_to(user)
    if query.specialist is not None:
        rows = rows.filter(specialist=query.specialist)
    if query.on is not None:
        rows = rows.filter(on=query.on)
    if query.pupil is not None or query.text:
        lines = AppointmentPupil.objects.visible_to(user).filter(appointment=OuterRef("pk"))
        if query.pupil is not None:
            lines = lines.filter(pupil=query.pupil)
        if query.text:
            lines = lines.filter(pupil__sort_key__startswith=name_key(query.text))
        rows = rows.filter(Exists(lines))
    return rows


def _of_tab(tab: str, today: date) -> Q:
    planned = Q(state=MeetingState.PLANNED)
    return {
        COMING: planned & Q(on__gte=today),
        UNRECORDED: planned & Q(on__lt=today),
        LACKING: Q(lacking=True),
        OUTSIDE: Q(outside=True),
        PAST: Q(state__in=[MeetingState.HELD, MeetingState.MISSED]),
        UNDONE: Q(state=MeetingState.CANCELLED),
    }.get(tab, Q())


def own_meetings(user: Viewer, day: date) -> QuerySet[Appointment]:
    """The person's own ones, marked; nothing for those who receive nobody."""
    staff = access_of(user).staff
    if staff is None or not is_service(user):
        return Appointment.objects.none()
    return marked(Appointment.objects.visible_to(user).filter(specialist=staff), day)


def waiting(day: date) -> dict[str, Any]:
    """How many of `own_meetings` wait, by tab; those to come are counted on the day alone."""
    now = Count("pk", filter=Q(state=MeetingState.PLANNED, on=day))
    return {COMING: now, **{tab: Count("pk", filter=_of_tab(tab, day)) for tab in (UNRECORDED, LACKING, OUTSIDE)}}


def urgent_ones(user: Viewer, *, unseen: bool = False) -> QuerySet[UrgentGrounds]:
    """Urgent meetings that the person sees, the newest first, without the words."""
    seen = Appointment.objects.visible_to(user).values("pk")
    rows = UrgentGrounds.objects.filter(appointment__in=seen)
    if unseen:
        rows = rows.filter(seen_at__isnull=True)
    rows = rows.select_related("appointment__specialist", "appointment__school", "by__staff", "seen_by__staff")
    return rows.prefetch_related(lines_for(user, "appointment__pupils")).order_by("-at", "-pk")

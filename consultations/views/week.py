"""A specialist's week and day: meetings are moved here; every cell is a link, so it works without a script."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip
from consultations.feed import calendar_file, week_events
from consultations.models import Appointment
from consultations.permissions import can_change_meeting
from consultations.permissions_schedule import sees_all_weeks, weeks_of
from consultations.rules.free_times import day_words
from consultations.selectors.week import Week, monday_of, week_meetings, week_of
from consultations.services.booking import NeedsWord, TimeTaken, appointment_move
from consultations.tabs import service_tabs
from school.access import access_of
from school.models import School, Staff, User
from school.views.base import asked, reader

_CLOCK = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Stopped:
    """A move that was not made: of which meeting, where to, why, what is free instead (value, words).

    `meant`: the time is free, the person only has to say that it is meant.
    """

    meeting: Appointment
    to: str
    refusal: Refused
    free: list[tuple[str, str]]
    meant: bool


def week_reader(request: HttpRequest) -> tuple[User, School, list[Staff]]:
    """Whoever has a week of meetings, or sees those of others; and of whom: nobody where no specialist is appointed."""
    user, school = reader(request)
    people = list(weeks_of(user))
    if not people and not sees_all_weeks(user):
        raise PermissionDenied("Неделю специалиста открывают он сам, руководитель службы, заместитель и директор.")
    return user, school, people


def _asked_week(request: HttpRequest, user: User, school: School, people: list[Staff]) -> tuple[Staff, date]:
    """`?staff=` (by default oneself, else the first by name) and `?on=` (by default today); 404 for a stranger."""
    wanted = request.GET.get("staff", "")
    if wanted:
        found = next((one for one in people if str(one.pk) == wanted), None)
        if found is None:
            raise Http404("Такого специалиста в службе нет.")
    else:
        own = [one for one in people if one == access_of(user).staff]
        found = next(iter(own or people), None)
        if found is None:
            raise Http404("В школе нет специалистов службы.")
    return found, _day(asked(request, "on"), school.today())


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = otherwise
    day = day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else otherwise
    return day if day.isoweekday() <= 6 else day + timedelta(days=1)


@require_GET
def week_page(request: HttpRequest) -> HttpResponse:
    """The week; `?staff=` of whom, `?on=` a day of it, `?view=day` that day alone, `?at=` the cell to begin from."""
    user, school, people = week_reader(request)
    if not people:
        return render(request, "consultations/week_nobody.html", {"tabs": service_tabs(user, "week:page")})
    staff, on = _asked_week(request, user, school, people)
    return _shown(request, user, people, week_of(user, staff, on, alone=_alone(request)))


def _alone(request: HttpRequest) -> bool:
    return request.GET.get("view") == "day"


def _shown(
    request: HttpRequest, user: User, people: list[Staff], week: Week, stopped: Stopped | None = None
) -> HttpResponse:
    told: dict[str, Any] = {
        "week": week,
        "stopped": stopped,
        "own": access_of(user).staff == week.specialist,
        "tabs": service_tabs(user, "week:page"),
        "people": _people(people, week),
        "ways": _ways(request, week),
        "begin": asked(request, "at"),
        "query": _query(request, week),
    }
    return render(request, "consultations/week.html", told, status=422 if stopped else 200)


def _address(staff: Staff, on: date, *, alone: bool = False, at: str = "") -> str:
    view = "&view=day" if alone else ""
    begin = f"&at={at}" if at else ""
    return f"{reverse('week:page')}?staff={staff.pk}&on={on.isoformat()}{view}{begin}"


def _query(request: HttpRequest, week: Week) -> str:
    return f"?staff={week.specialist.pk}&on={week.on.isoformat()}" + ("&view=day" if _alone(request) else "")


def _people(people: list[Staff], week: Week) -> list[Chip]:
    """Of whom else; none when there is nobody else."""
    if len(people) < 2:
        return []
    return [Chip(one.short_name, _address(one, week.on), one == week.specialist) for one in people]


def _ways(request: HttpRequest, week: Week) -> list[Chip]:
    staff, alone = week.specialist, _alone(request)
    step = timedelta(days=1) if alone else timedelta(days=7)
    back = week.on - step if not alone or week.on.isoweekday() > 1 else week.on - timedelta(days=2)
    today = staff.school.today()
    return [
        Chip("← Раньше", _address(staff, back, alone=alone)),
        Chip("Сегодня", _address(staff, today, alone=alone), today == week.on),
        Chip("Позже →", _address(staff, week.on + step, alone=alone)),
        Chip("Неделя", _address(staff, week.on), not alone),
        Chip("День", _address(staff, week.on, alone=True), alone),
    ]


@require_POST
def week_move(request: HttpRequest) -> HttpResponse:
    """Put a meeting elsewhere: `meeting`, `version`, `to` («2026-11-24 14:00», its length stays), `confirmed`."""
    user, school, people = week_reader(request)
    staff, on = _asked_week(request, user, school, people)
    meeting, begins = _moved(request, user, staff)
    ends = begins + _length(meeting)
    if ends.date() != begins.date():
        raise Http404("Встреча не может кончиться на другой день.")
    try:
        moved = appointment_move(
            by=user,
            appointment=meeting,
            version=_whole(request.POST.get("version", "")),
            on=begins.date(),
            time_from=begins.time(),
            time_to=ends.time(),
            confirmed=request.POST.get("confirmed") == "yes",
        )
    except Refused as refusal:
        free = refusal.free if isinstance(refusal, TimeTaken) else ()
        offers = [(f"{piece.on:%Y-%m-%d} {piece.time_words[:5]}", piece.words) for piece in free]
        to = f"{begins:{_CLOCK}}"
        stopped = Stopped(meeting, to, refusal, offers, isinstance(refusal, NeedsWord))
        return _shown(request, user, people, week_of(user, staff, on, alone=_alone(request)), stopped)
    messages.success(request, f"Встреча перенесена: {day_words(moved.on)}, {moved.time_words}.")
    return redirect(_address(staff, moved.on, alone=_alone(request), at=f"m{moved.pk}"))


def _moved(request: HttpRequest, user: User, staff: Staff) -> tuple[Appointment, datetime]:
    rows = Appointment.objects.visible_to(user).filter(specialist=staff).select_related("specialist", "school")
    meeting = get_object_or_404(rows, pk=_whole(request.POST.get("meeting", "")))
    if not can_change_meeting(user, meeting):
        raise PermissionDenied("Встречу переносят специалист, тот, кто её записал, и руководители.")
    try:
        return meeting, datetime.strptime(request.POST.get("to", ""), _CLOCK)  # noqa: DTZ007 — the school's clock
    except ValueError:
        raise Http404("Такого времени нет.") from None


def _length(meeting: Appointment) -> timedelta:
    day = date.min
    return datetime.combine(day, meeting.time_to) - datetime.combine(day, meeting.time_from)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404("Такой встречи нет.")
    return int(text)


@require_GET
def week_ics(request: HttpRequest) -> HttpResponse:
    """The week's meetings as a calendar file, without names of pupils."""
    user, school, people = week_reader(request)
    staff, on = _asked_week(request, user, school, people)
    first = monday_of(on)
    rows = week_meetings(user, staff, first, first + timedelta(days=6))
    site = request.build_absolute_uri("/").rstrip("/")
    return calendar_file(week_events(rows, site), f"nedelya-{first.isoformat()}")


@require_GET
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a calendar file, for whoever holds it and for the colleague whom it is with."""
    user, _ = reader(request)
    row = get_object_or_404(Appointment.objects.visible_to(user).select_related("school"), pk=pk)
    staff = access_of(user).staff
    if staff is None or staff.pk not in (row.specialist_id, row.colleague_id):
        raise PermissionDenied("Файл для календаря скачивает тот, кто проводит встречу.")
    return calendar_file(week_events([row], request.build_absolute_uri("/").rstrip("/")), f"vstrecha-{row.pk}")

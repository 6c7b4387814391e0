"""Meetings: the list, one with its story, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip
from common.russian import counted
from consultations.forms_meetings import CancelForm, HoldForm, MeetingFilterForm, MoveForm
from consultations.models import Appointment, UrgentGrounds
from consultations.permissions import (
    can_change_meeting,
    can_read_urgent,
    can_record_meeting,
    can_see_urgent,
    is_service,
    is_specialist,
    knows_kind,
    specialists_of,
)
from consultations.permissions_talks import is_of_service
from consultations.selectors.meetings import COMING, TABS, MeetingQuery, counts, lines_for, marked, meetings
from consultations.services.booking import (
    appointment_cancel,
    appointment_hold,
    appointment_miss,
    appointment_move,
    appointment_reopen,
)
from consultations.tabs import service_tabs
from consultations.views.booking import tell_refusal, with_chosen_time
from consultations.views.hours import service_reader
from consultations.words import MeetingDeed, MeetingKind, MeetingState
from consultations.workflow import MEETING
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import access_of
from school.forms.filtering import ANY
from school.models import Pupil, User
from school.selectors_pupils import with_seats
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import chips_of, query_without, whole_number
from school.views.outdated import form_view

CHANGERS_ONLY = "Встречу переносят и отменяют: специалист, кто её записал, руководитель службы, администрация."
RECORDERS_ONLY = "Состоялась ли встреча, отмечает специалист или руководитель службы."
_LABELS = {"text": "Фамилия", "staff": "Специалист", "on": "День"}


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Filtered meetings; `?tab=` where they stand, `?staff=mine` one's own, `?pupil=` one pupil's."""
    user, school = service_reader(request)
    own = access_of(user).staff
    mine = [("mine", "Мои")] if is_specialist(user) else []
    staff = [(str(one.pk), one.short_name) for one in specialists_of(user)]
    form = MeetingFilterForm(request.GET, staff=[*ANY, *mine, *staff])
    chosen = form.chosen()
    who = chosen.get("staff", "")
    query = MeetingQuery(
        today=school.today(),
        tab=request.GET.get("tab", COMING),
        specialist=own.pk if who == "mine" and own is not None else whole_number(who),
        pupil=whole_number(request.GET.get("pupil")),
        text=chosen.get("text", ""),
        on=chosen.get("on"),
    )
    found = counts(user, query)
    page = CountedPaginator(meetings(user, query), PER_PAGE, found.get(query.tab, found["all"])).get_page(
        request.GET.get("page")
    )
    told = {
        "page": page,
        "rows": [(one, knows_kind(user, one)) for one in page.object_list],
        "states": _states(request, query.tab, found),
        "tabs": service_tabs(user, "service:meetings"),
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(page.paginator.count, "встреча", "встречи", "встреч"),
        "any": found["all"],
        "today": query.today,
    }
    return render(request, "consultations/meetings.html", told)


def _states(request: HttpRequest, current: str, found: dict[str, int]) -> list[Chip]:
    return [
        Chip(f"{title} {found[tab]}", query_without(request, tab=tab), tab == current) for tab, title in TABS.items()
    ]


def meeting_of(user: User, pk: int) -> Appointment:
    """A meeting that the person may see; 404 for any other."""
    rows = Appointment.objects.visible_to(user).select_related("school", "specialist", "colleague", "booked_by__staff")
    today = access_of(user).today
    assert today is not None
    return get_object_or_404(marked(rows, today).prefetch_related(lines_for(user)), pk=pk)


@require_GET
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who, when, where; what was done with it."""
    user, school = service_reader(request)
    meeting = meeting_of(user, pk)
    urgent = _urgent(user, meeting)
    changes, records = can_change_meeting(user, meeting), can_record_meeting(user, meeting)
    deeds = MEETING.deeds(meeting.state)
    begun = meeting.on <= school.today()
    told = {
        "meeting": meeting,
        "kind": meeting.get_kind_display() if knows_kind(user, meeting) else "",
        "steps": [(one, MeetingDeed(one.deed).label) for one in meeting.steps.select_related("by__staff")],
        "moves": changes and MeetingDeed.MOVE in deeds,
        "holds": records and MeetingDeed.HOLD in deeds and begun,
        "reopens": MeetingDeed.REOPEN in deeds and (changes if meeting.state == MeetingState.CANCELLED else records),
        "urgent": urgent,
        "reads_urgent": urgent is not None and can_read_urgent(user, urgent),
        "missing": _missing(user, meeting),
        "own": access_of(user).staff in {meeting.specialist, meeting.colleague} - {None},
        "notes": is_of_service(user) and access_of(user).staff == meeting.specialist and bool(meeting.pupils.all()),
        "today": school.today(),
    }
    return render(request, "consultations/meeting.html", told)


def _urgent(user: User, meeting: Appointment) -> UrgentGrounds | None:
    """The grounds, for those who may know of them."""
    found = getattr(meeting, "urgent", None)
    return found if found is not None and (can_see_urgent(user) or can_read_urgent(user, found)) else None


def _missing(user: User, meeting: Any) -> bool:
    return bool(meeting.lacking) and (is_service(user) or can_change_meeting(user, meeting))


def _changed(request: HttpRequest, pk: int, may: Callable[[User, Appointment], bool], words: str) -> tuple[User, Any]:
    user, _ = service_reader(request)
    meeting = meeting_of(user, pk)
    if not may(user, meeting):
        raise PermissionDenied(words)
    return user, meeting


def _up(meeting: Appointment) -> tuple[str, str]:
    return f"Встреча {meeting.on:%d.%m.%Y}, {meeting.time_words}", reverse("service:meeting", args=[meeting.pk])


def _version(request: HttpRequest, meeting: Appointment) -> int:
    """What the person saw; the meeting's own while the form is looked at."""
    seen = whole_number(request.POST.get("version"))
    return meeting.version if seen is None else seen


@form_view
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or room."""
    user, meeting = _changed(request, pk, can_change_meeting, CHANGERS_ONLY)
    initial = {name: getattr(meeting, name) for name in ("on", "time_from", "time_to", "room")}
    form = MoveForm(with_chosen_time(sent(request)), initial=initial)
    more: dict[str, Any] = {"version": _version(request, meeting)}
    page = FormPage(
        "Перенести встречу",
        _up(meeting),
        "Перенести",
        done="Встреча перенесена.",
        meta=meeting.specialist.short_name,
        template="consultations/book.html",
        more=more,
    )

    def save() -> None:
        told = form.cleaned_data
        try:
            appointment_move(by=user, appointment=meeting, version=more["version"], **told)
        except Refused as refusal:
            tell_refusal(refusal, form, more, user)
            raise

    return answer_form(request, page, form, save)


@form_view
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    user, meeting = _changed(request, pk, can_change_meeting, CHANGERS_ONLY)
    form = CancelForm(sent(request))
    version = _version(request, meeting)
    page = FormPage(
        "Отменить встречу",
        _up(meeting),
        "Отменить встречу",
        done="Встреча отменена, её время снова свободно.",
        meta=meeting.specialist.short_name,
        template="consultations/book.html",
        more={"version": version},
    )

    def save() -> None:
        appointment_cancel(by=user, appointment=meeting, version=version, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place: who came."""
    user, meeting = _changed(request, pk, can_record_meeting, RECORDERS_ONLY)
    keys = [line.pupil_id for line in meeting.lines]
    pupils = with_seats(Pupil.objects.filter(pk__in=keys), meeting.on)
    grown = meeting.kind in (MeetingKind.PARENTS, MeetingKind.STAFF)
    label = "О ком говорили" if grown else "Кто был"
    form = HoldForm(sent(request), pupils=pupils, label=label, initial=keys)
    version = _version(request, meeting)
    page = FormPage(
        "Встреча состоялась",
        _up(meeting),
        "Записать",
        done="Записано: встреча состоялась.",
        meta=f"{meeting.specialist.short_name}: о чём говорили, здесь не пишут",
        template="consultations/book.html",
        more={"version": version},
    )

    def save() -> None:
        appointment_hold(by=user, appointment=meeting, version=version, came=form.came())

    return answer_form(request, page, form, save)


@require_POST
def miss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody came."""
    user, meeting = _changed(request, pk, can_record_meeting, RECORDERS_ONLY)
    version = _version(request, meeting)
    return answer_deed(
        request,
        lambda: appointment_miss(by=user, appointment=meeting, version=version),
        "Записано: не пришли.",
        _up(meeting)[1],
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A record or a cancelling is taken back."""
    user, _ = service_reader(request)
    meeting = meeting_of(user, pk)
    cancelled = meeting.state == MeetingState.CANCELLED
    may, words = (can_change_meeting, CHANGERS_ONLY) if cancelled else (can_record_meeting, RECORDERS_ONLY)
    if not may(user, meeting):
        raise PermissionDenied(words)
    version = _version(request, meeting)
    return answer_deed(
        request,
        lambda: appointment_reopen(by=user, appointment=meeting, version=version),
        "Встреча снова запланирована.",
        _up(meeting)[1],
    )

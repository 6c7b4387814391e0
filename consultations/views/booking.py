"""Booking: who receives when, a specialist's free times, the form of a meeting."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.errors import Refused
from common.look import Chip
from consultations.forms_meetings import BookForm, piece_of
from consultations.permissions import can_book, can_keep_all_hours, is_specialist, pupils_to_book, specialists_of
from consultations.rules.free_times import Piece, clock
from consultations.selectors.free import AHEAD, Sought, free_times
from consultations.selectors.receiving import receiving
from consultations.services.allowing import ConsentsMissing
from consultations.services.booking import NeedsWord, TimeTaken, appointment_book
from consultations.tabs import service_tabs
from consultations.views.hours import service_reader
from consultations.words import MeetingKind
from risk_registry.models import Signal
from risk_registry.selectors.signals import open_signals_of, signal_words
from school.access import access_of, classes_for
from school.models import Guardian, Pupil, School, Staff, User
from school.permissions import can_keep_consents
from school.purposes import Purpose
from school.selectors_consents import consent_for
from school.selectors_pupils import with_seats
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

UP = "Специалисты"
_OFFERED = 4  # free times, for whoever came without one


def _asked_pupil(request: HttpRequest, user: User) -> Pupil | None:
    """`?pupil=`: one whom the person may book; 404 for any other."""
    key = whole_number(request.GET.get("pupil"))
    if key is None:
        return None
    return get_object_or_404(pupils_to_book(user).select_related("school"), pk=key)


@require_GET
def receiving_page(request: HttpRequest) -> HttpResponse:
    """Who receives when; `?pupil=` for whom a time is looked for, `?signal=` what is answered by it."""
    user, school = service_reader(request)
    pupil = _asked_pupil(request, user)
    told: dict[str, Any] = {
        "rows": receiving(user, school, pupils=[pupil] if pupil else (), told=pupil is not None),
        "pupil": pupil,
        "books": can_book(user),
        "keeps": is_specialist(user) or can_keep_all_hours(user),
        "query": request.GET.urlencode(),
        "tabs": service_tabs(user, "service:receiving"),
        "today": school.today(),
    }
    if pupil is not None:
        told |= _papers(user, pupil)
    return render(request, "consultations/receiving.html", told)


def _papers(user: User, pupil: Pupil) -> dict[str, Any]:
    consent = consent_for(pupil, Purpose.PSYCHOLOGICAL_HELP, pupil.school.today())
    return {"consent": consent, "collects": can_keep_consents(user, pupil), "purpose": Purpose.PSYCHOLOGICAL_HELP.value}


@require_GET
def specialist_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All free times of a specialist in the next two weeks."""
    user, school = service_reader(request)
    get_object_or_404(specialists_of(user), pk=pk)
    pupil = _asked_pupil(request, user)
    row = receiving(user, school, pupils=[pupil] if pupil else (), only=pk, told=True)[0]
    told = {"row": row, "pupil": pupil, "books": can_book(user), "query": request.GET.urlencode()}
    return render(request, "consultations/specialist.html", told)


@form_view
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting with a specialist; `?pupil=` (or a class, `?cls=`), `?at=` the time, `?signal=` what it answers."""
    user, school = service_reader(request)
    if not can_book(user):
        raise PermissionDenied("К специалистам записывают работники школы.")
    specialist = get_object_or_404(specialists_of(user).select_related("school"), pk=pk)
    pupil = _asked_pupil(request, user)
    offered, chips = _offered(request, user, pupil)
    form = BookForm(
        with_chosen_time(sent(request)),
        pupils=offered,
        guardians=Guardian.objects.filter(guardianships__pupil=pupil) if pupil is not None else None,
        colleagues=_colleagues(school),
        initial=_initial(request, specialist, pupil),
    )
    signal = _signal(request, user, pupil)
    more: dict[str, Any] = {"chips": chips, "pupil": pupil, "several": _several(request, pupil), "signal": signal}
    more["times"] = _times(request, specialist, pupil)

    def save() -> str:
        try:
            meeting = appointment_book(
                by=user,
                draft=form.draft(specialist),
                invited=form.invited(),
                urgent=form.urgent(),
                confirmed=form.cleaned_data["confirmed"],
                signal=signal,
            )
        except Refused as refusal:
            tell_refusal(refusal, form, more, user)
            raise
        return reverse("service:meeting", args=[meeting.pk])

    return answer_form(request, _page(specialist, signal, more), form, save)


def _page(specialist: Staff, signal: Signal | None, more: dict[str, Any]) -> FormPage:
    return FormPage(
        f"Записать: {specialist.short_name}",
        (UP, reverse("service:receiving")),
        "Записать",
        done="Встреча записана.",
        meta=f"по сигналу: {signal_words(signal)}" if signal is not None else "",
        template="consultations/book.html",
        more=more,
    )


def _times(request: HttpRequest, specialist: Staff, pupil: Pupil | None) -> list[Chip]:
    """The nearest free times, for whoever came without one; a time fills in the form."""
    if request.method != "GET" or piece_of(request.GET.get("at", "")) is not None:
        return []
    today = specialist.school.today()
    sought = Sought(specialist, today, today + AHEAD, [pupil] if pupil is not None else [])
    found = [piece for pieces in free_times(sought).values() for piece in pieces if not piece.said]
    query = request.GET.copy()
    chips = []
    for piece in found[:_OFFERED]:
        query["at"], query["room"] = piece.code, piece.room
        chips.append(Chip(piece.words, f"?{query.urlencode()}"))
    return chips


def _colleagues(school: School) -> QuerySet[Staff]:
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=school.today()), school=school)


def tell_refusal(refusal: Refused, form: Any, more: dict[str, Any], user: User) -> None:
    """What the page shows beside the words of a refusal."""
    if isinstance(refusal, TimeTaken):
        more["free"] = refusal.free
    elif isinstance(refusal, NeedsWord):
        form.ask()
    elif isinstance(refusal, ConsentsMissing):
        form.ask_grounds()
        more["missing"] = [(pupil, can_keep_consents(user, pupil)) for pupil in refusal.pupils]
        more["purpose"] = Purpose.PSYCHOLOGICAL_HELP.value


def with_chosen_time(data: QueryDict | None) -> QueryDict | None:
    """A button with a free time sends the form anew at that time."""
    piece = piece_of(data.get("piece", "")) if data is not None else None
    if data is None or piece is None:
        return data
    changed = data.copy()
    changed["on"] = piece.on.isoformat()
    changed["time_from"], changed["time_to"] = clock(piece.span.starts), clock(piece.span.ends)
    changed.pop("confirmed", None)
    return changed


def _initial(request: HttpRequest, specialist: Staff, pupil: Pupil | None) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": MeetingKind.INDIVIDUAL, "room": request.GET.get("room", "")[:20]}
    if request.GET.get("kind") in MeetingKind.codes():
        told["kind"] = request.GET["kind"]
    picked = pupil.pk if pupil is not None else whole_number(request.GET.get("pick"))
    told["pupils"] = [picked] if picked is not None else []
    piece: Piece | None = piece_of(request.GET.get("at", ""))
    if piece is not None:
        starts, ends = clock(piece.span.starts), clock(piece.span.ends)
        told |= {"on": piece.on, "time_from": starts, "time_to": ends}
    return told


def _offered(request: HttpRequest, user: User, pupil: Pupil | None) -> tuple[QuerySet[Pupil], list[Chip]]:
    """The one who is asked for, or the pupils of a class; the classes as chips."""
    today = access_of(user).today
    pupils = pupils_to_book(user)
    if today is None:
        return pupils.none(), []
    if pupil is not None:
        return with_seats(pupils.filter(pk=pupil.pk), today), []
    classes = list(classes_for(user))
    chosen = next((one for one in classes if str(one.pk) == request.GET.get("cls", "")), None)
    if chosen is None:
        own = access_of(user).staff
        led = [one for one in classes if own is not None and one.class_teacher_id == own.pk]
        chosen = next(iter([*led, *classes]), None)
    query = request.GET.copy()
    chips = []
    for one in classes:
        query["cls"] = str(one.pk)
        chips.append(Chip(str(one), f"?{query.urlencode()}", one == chosen))
    if chosen is None:  # whoever leads no class has few pupils
        return with_seats(pupils, today), []
    return with_seats(pupils.filter(enrolments__in=chosen.enrolments.on(today)), today), chips


def _several(request: HttpRequest, pupil: Pupil | None) -> str:
    """Where several pupils of the same class are chosen; empty when that is the page."""
    if pupil is None:
        return ""
    seat = pupil.enrolments.on(pupil.school.today()).first()
    query = request.GET.copy()
    query.pop("pupil")
    query["pick"] = str(pupil.pk)
    if seat is not None:
        query["cls"] = str(seat.school_class_id)
    query["kind"] = MeetingKind.GROUP
    return f"?{query.urlencode()}"


def _signal(request: HttpRequest, user: User, pupil: Pupil | None) -> Signal | None:
    """The open signal of the pupil that the booking answers."""
    key = whole_number(request.GET.get("signal"))
    if pupil is None or key is None:
        return None
    return next((one for one in open_signals_of(user, pupil) if one.pk == key), None)

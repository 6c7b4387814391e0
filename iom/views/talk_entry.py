"""Writing a talk down, on a phone with one thumb: whom with, then one page whose draft outlives the connection."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from iom.forms_work import TalkForm
from iom.models import PupilTalk
from iom.selectors.talks import talk_habits
from iom.selectors.work_form import choices_in, place_wanted, places_of
from iom.services.talks import talk_record
from iom.views.work_entry import journal_writer
from risk_registry.models import Signal
from risk_registry.selectors.signals import open_signals_of, signal_words
from school.access import pupils_for
from school.models import Pupil, User
from school.services.once import address_lock
from school.views.base import sent
from school.views.filtering import whole_number

_LATER = ((7, "через неделю"), (14, "через две"), (30, "через месяц"))


@require_GET
def talk_begin(request: HttpRequest) -> HttpResponse:
    """Whom the talk was with: a class of mine, those at risk first. `?cls=` chooses the class."""
    user, school = journal_writer(request)
    places = places_of(user)
    led = next((one.school_class.pk for one in places if one.school_class.class_teacher_id == user.staff_id), None)
    place = place_wanted(places, whole_number(request.GET.get("cls")) or led, None)
    choices = choices_in(user, place, school.today()) if place is not None else []
    told = {
        "classes": list({one.school_class.pk: one.school_class for one in places}.values()),
        "place": place,
        "first": [one for one in choices if one.at_risk],
        "rest": [one for one in choices if not one.at_risk],
    }
    return render(request, "iom/talk_begin.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def talk_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A talk with a pupil; `?signal=` names the signal that it answers."""
    user, _ = journal_writer(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    waiting = list(open_signals_of(user, pupil))
    if request.method != "POST":
        return _page(request, user, pupil, waiting, _form(request, pupil, waiting))
    with transaction.atomic():
        address_lock(request.path)
        form = _form(request, pupil, waiting)
        if form.is_valid():
            try:
                talk = _save(user, pupil, form, waiting)
            except Refused as refusal:
                form.add_error(None, [refusal.message, *refusal.details])
            else:
                messages.success(request, "Беседа записана.")
                return redirect(f"{reverse('work:talk', args=[talk.pk])}?saved=1")
    return _page(request, user, pupil, waiting, form)


def _form(request: HttpRequest, pupil: Pupil, waiting: Sequence[Signal]) -> TalkForm:
    first = whole_number(request.GET.get("signal"))
    named = [one for one in waiting if one.pk == first] or (list(waiting) if len(waiting) == 1 else [])
    signals = [(one.pk, signal_words(one)) for one in waiting]
    initial = {"signals": [one.pk for one in named]}
    return TalkForm(sent(request), today=pupil.school.today(), signals=signals, initial=initial)


def _save(user: User, pupil: Pupil, form: TalkForm, waiting: Sequence[Signal]) -> PupilTalk:
    chosen = [one for one in waiting if one.pk in form.cleaned_data.get("signals", ())]
    return talk_record(by=user, pupil=pupil, talk=form.talk(), signals=chosen)


def _page(request: HttpRequest, user: User, pupil: Pupil, waiting: Sequence[Signal], form: TalkForm) -> HttpResponse:
    today = pupil.school.today()
    occasions, agreements = talk_habits(user)
    told = {
        "form": form,
        "pupil": pupil,
        "today": today,
        "causes": _picks(form, "causes"),
        "signals": _picks(form, "signals") if waiting else [],
        "occasions": occasions,
        "agreements": agreements,
        "later": [(_day(today, days), words) for days, words in _LATER],
        "store": draft_of(user, pupil),
    }
    return render(request, "iom/talk_form.html", told, status=422 if form.errors else 200)


def draft_of(user: User, pupil: Pupil) -> str:
    """Under which name the browser keeps the draft."""
    return f"opora-talk-{user.pk}-{pupil.pk}"


def _picks(form: TalkForm, name: str) -> list[tuple[str, str, bool]]:
    """Code, words, whether it is picked."""
    field: Any = form.fields[name]
    chosen = {str(one) for one in form[name].value() or ()}
    return [(str(code), str(words), str(code) in chosen) for code, words in field.choices]


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()

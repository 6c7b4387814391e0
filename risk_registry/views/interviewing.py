"""One interview: what the data say for it, and what is done with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.russian import date_words
from risk_registry.forms_interviews import HeldForm, MoveForm, WhyForm
from risk_registry.interview_card import card_request
from risk_registry.interviews import InterviewState
from risk_registry.models import Interview
from risk_registry.permissions import can_hold_interviews, interviews_for
from risk_registry.rules.interviews import held_day
from risk_registry.selectors.interview_summary import Summary, interview_summary
from risk_registry.selectors.interviews import with_names
from risk_registry.selectors.signals import open_signals_of, signal_words
from risk_registry.services.interviews import (
    Told,
    interview_cancel,
    interview_correct,
    interview_hold,
    interview_move,
    interview_reopen,
)
from school.models import Pupil, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.outdated import form_view


def _seen(request: HttpRequest, pk: int) -> tuple[User, Interview]:
    """404 for a talk that is neither held by the administration's member nor held with the person."""
    user, _ = reader(request)
    return user, get_object_or_404(with_names(interviews_for(user)), pk=pk)


def _held(request: HttpRequest, pk: int) -> tuple[User, Interview]:
    """403 for the other side of the talk."""
    user, talk = _seen(request, pk)
    if not can_hold_interviews(user):
        raise PermissionDenied("Записывают о собеседовании директор и заместитель директора.")
    return user, talk


@require_GET
def interview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The talk with its prepared page; notes are for the administration alone."""
    user, talk = _seen(request, pk)
    holds = can_hold_interviews(user)
    told = {
        "talk": talk,
        "partner": talk.partner_name,
        "time": talk.time,
        "summary": interview_summary(user, talk),
        "holds": holds,
        "steps": talk.steps.select_related("by__staff") if holds else [],
        "discussed": talk.pupils.all() if holds else [],
        "heldon": held_day(talk.planned_on, talk.school.today()),
    }
    return render(request, "risk_registry/interview.html", told)


@require_POST
def interview_done(request: HttpRequest, pk: int) -> HttpResponse:
    """«Проведено» without a word: on the planned day, or today when that is still ahead."""
    user, talk = _held(request, pk)
    on = held_day(talk.planned_on, talk.school.today())
    page = reverse("registry:interview", args=[talk.pk])
    back = reverse("registry:interviews") + "?show=planned" if request.POST.get("back") == "planned" else page
    return answer_deed(
        request,
        lambda: interview_hold(by=user, interview=talk, told=Told(on)),
        f"{talk.partner_name}: проведено {date_words(on)}. Заметки можно добавить на странице собеседования.",
        back,
    )


@form_view
def interview_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it with a few words, or correct what was written."""
    user, talk = _held(request, pk)
    held = talk.state == InterviewState.HELD
    people, signals = _people(interview_summary(user, talk), talk), _signals(user, talk)
    form = HeldForm(
        sent(request),
        pupils=[(one.pk, one.list_name) for one in people] if talk.pupil is None else [],
        signals=[] if held else [(one.pk, signal_words(one)) for one in signals],
        initial={
            "on": talk.held_on or held_day(talk.planned_on, talk.school.today()),
            "about": talk.about,
            "agreed": talk.agreed,
            "next_on": talk.next_on,
            "pupils": [one.pk for one in talk.pupils.all()],
        },
    )

    def save() -> None:
        told = form.told(people)
        if held:
            interview_correct(by=user, interview=talk, told=told)
            return
        chosen = [one for one in signals if one.pk in form.cleaned_data.get("signals", ())]
        interview_hold(by=user, interview=talk, told=told, signals=chosen)

    return answer_form(request, _page("Исправить запись" if held else "Собеседование проведено", talk), form, save)


def _people(summary: Summary, talk: Interview) -> list[Pupil]:
    """Pupils of the summary, and those who were named before."""
    found = {row.entry.pupil_id: row.entry.pupil for row in summary.entries}
    found |= {row.signal.pupil_id: row.signal.pupil for row in summary.signals}
    found |= {one.pk: one for one in talk.pupils.all()}
    return sorted(found.values(), key=lambda one: one.sort_key)


def _signals(user: User, talk: Interview) -> list[Any]:
    return list(open_signals_of(user, talk.pupil)) if talk.pupil is not None else []


@form_view
def interview_change_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for a planned talk."""
    user, talk = _held(request, pk)
    form = MoveForm(sent(request), initial={"on": talk.planned_on})

    def save() -> None:
        interview_move(by=user, interview=talk, on=form.cleaned_data["on"])

    return answer_form(request, _page("Перенести собеседование", talk, "Перенести", "Перенесено."), form, save)


@form_view
def interview_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned talk."""
    user, talk = _held(request, pk)
    form = WhyForm(sent(request), needed=False)

    def save() -> None:
        interview_cancel(by=user, interview=talk, why=form.cleaned_data["why"])

    page = _page("Отменить собеседование", talk, "Отменить собеседование", "Собеседование отменено.")
    return answer_form(request, page, form, save)


@form_view
def interview_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a held or a cancelled one planned again."""
    user, talk = _held(request, pk)
    form = WhyForm(sent(request), needed=talk.state == InterviewState.HELD)

    def save() -> None:
        interview_reopen(by=user, interview=talk, why=form.cleaned_data["why"])

    page = _page("Вернуть в запланированные", talk, "Вернуть", "Собеседование снова запланировано.")
    return answer_form(request, page, form, save)


@require_POST
def interview_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the prepared page as PDF, then to the work that makes it."""
    user, talk = _held(request, pk)
    try:
        job = card_request(by=user, talk=talk, key=request.POST.get("once", ""))
    except Refused as refusal:
        raise PermissionDenied(refusal.message) from None
    return redirect("documents:job", pk=job.pk)


def _page(heading: str, talk: Interview, button: str = "Записать", done: str = "Записано.") -> FormPage:
    up = (talk.partner_name, reverse("registry:interview", args=[talk.pk]))
    return FormPage(heading, up, button, done, meta=f"{talk.partner_name}, {talk.time}")

"""Meetings and assessments of a pair."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from iom.forms_mentoring import AssessmentForm, MeetingForm
from iom.mentoring import Stage
from iom.models import MentoringPair, PairAssessment, PairMeeting
from iom.permissions_mentoring import can_write_meetings
from iom.services.pair_work import meeting_correct, meeting_record, pair_assess
from iom.services.removing import fact_remove
from iom.views.mentoring import pair_form_page, pair_reader, seen_pair
from risk_registry.forms_interviews import WhyForm
from school.models import User
from school.views.base import answer_form, sent
from school.views.outdated import form_view

_WRITERS = "Встречи и оценки записывают наставник, куратор пары, заместитель директора и руководитель ШМО."
_PEOPLE = ("pair__school", "pair__mentor", "pair__mentor_pupil", "pair__staff", "pair__pupil", "pair__subject")


def _written_pair(request: HttpRequest, pk: int) -> tuple[User, MentoringPair]:
    user, pair = seen_pair(request, pk)
    if not can_write_meetings(user, pair):
        raise PermissionDenied(_WRITERS)
    return user, pair


def _of_seen_pairs(request: HttpRequest) -> tuple[User, Any]:
    user = pair_reader(request)
    return user, MentoringPair.objects.visible_to(user).order_by().values("pk")


def _meeting(request: HttpRequest, pk: int) -> tuple[User, PairMeeting]:
    user, seen = _of_seen_pairs(request)
    rows = PairMeeting.objects.filter(pair__in=seen, removed_at__isnull=True).select_related("school", *_PEOPLE)
    meeting = get_object_or_404(rows, pk=pk)
    if not can_write_meetings(user, meeting.pair):
        raise PermissionDenied(_WRITERS)
    return user, meeting


def _assessment(request: HttpRequest, pk: int) -> tuple[User, PairAssessment]:
    user, seen = _of_seen_pairs(request)
    rows = PairAssessment.objects.filter(pair__in=seen, removed_at__isnull=True).select_related("school", *_PEOPLE)
    found = get_object_or_404(rows, pk=pk)
    if not can_write_meetings(user, found.pair):
        raise PermissionDenied(_WRITERS)
    return user, found


@form_view
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a meeting down; `?on=` is the planned day."""
    user, pair = _written_pair(request, pk)
    initial = {"on": request.GET.get("on") or pair.school.today(), "held": "yes", "minutes": 30}
    form = MeetingForm(sent(request), initial=initial)

    def save() -> None:
        meeting_record(by=user, pair=pair, met=form.met())

    return answer_form(request, pair_form_page("Встреча пары", pair), form, save)


@form_view
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a meeting."""
    user, meeting = _meeting(request, pk)
    initial = {
        "on": meeting.on,
        "held": "yes" if meeting.held else "no",
        "minutes": meeting.minutes,
        "text": meeting.text,
    }
    form = MeetingForm(sent(request), initial=initial)

    def save() -> None:
        meeting_correct(by=user, meeting=meeting, met=form.met())

    return answer_form(request, pair_form_page("Исправить запись о встрече", meeting.pair, "Сохранить"), form, save)


@form_view
def meeting_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a meeting back, with the reason."""
    user, meeting = _meeting(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        fact_remove(by=user, row=meeting, why=form.cleaned_data["why"])

    return answer_form(request, pair_form_page(f"Отозвать запись за {meeting}", meeting.pair, "Отозвать"), form, save)


@form_view
def pair_assessing(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Write or correct the assessment of a stage."""
    if stage not in Stage.codes():
        raise Http404("Такой оценки нет.")
    user, pair = _written_pair(request, pk)
    found = pair.assessments.filter(stage=stage, removed_at__isnull=True).first()
    initial: dict[str, Any] = {"on": pair.school.today()}
    if found is not None:
        initial = {"on": found.on, "outcome": found.outcome, "text": found.text}
    form = AssessmentForm(sent(request), initial=initial)

    def save() -> None:
        pair_assess(by=user, pair=pair, assessed=form.assessed(Stage(stage)))

    return answer_form(request, pair_form_page(f"{Stage(stage).label} оценка", pair), form, save)


@form_view
def assessment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assessment back, with the reason."""
    user, found = _assessment(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        fact_remove(by=user, row=found, why=form.cleaned_data["why"])

    return answer_form(request, pair_form_page("Отозвать оценку", found.pair, "Отозвать"), form, save)

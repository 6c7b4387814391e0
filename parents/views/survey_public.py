"""Answering by a code, without an account: a parent's phone, a school computer.

The code is sent in the body of a form, never in an address: no log and no history of addresses keeps it
(docs/decisions/0037-anonymous-surveys.md). A QR code leads to `/q/#CODE`; what stands after «#» does not leave the
browser, the page's script puts it into the form.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.errors import Refused
from parents.models import SurveyCampaign
from parents.outside import anywhere_view, failed
from parents.services.questionnaires import questions_of
from parents.services.survey_answers import USED, Invited, answer_by_code, digits_of, invited_by
from parents.views.survey_asking import checked, given_by, shown_questions

_UNKNOWN = "Такого кода нет. Проверьте цифры на талоне: их двенадцать."
_ONCE = "С этого устройства по общему коду уже отвечали."


@anywhere_view
def code(request: HttpRequest) -> HttpResponse:
    """Where the code is typed in; with the right one, the questions; with answers to them, thanks."""
    if request.method != "POST":
        return _ask(request)
    try:
        found = _found(request)
        if found is None:
            return _unknown(request)
        return _answered(request, found) if "answers" in request.POST else _questions(request, found, {}, {})
    except Refused as refusal:
        return _told(request, refusal.message)


def _answered(request: HttpRequest, found: Invited) -> HttpResponse:
    asked = questions_of(found.campaign.version)
    told = checked(request, asked)
    if told.errors:
        return _questions(request, found, given_by(request, asked), dict(told.errors))
    answer_by_code(code=digits_of(request.POST.get("code", "")), answers=told.answers)
    return _thanked(found)


@anywhere_view
def thanks(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "parents/outside/survey_told.html", {"done": True})


def _found(request: HttpRequest) -> Invited | None:
    digits = digits_of(request.POST.get("code", ""))
    found = invited_by(digits) if digits else None
    if found is not None and found.slip is None and _mark_of(found.campaign) in request.COOKIES:
        raise Refused(_ONCE)
    return found


def _mark_of(campaign: SurveyCampaign) -> str:
    """The name of the mark that stays in the browser alone; by a common code nothing else tells two answers apart."""
    return f"opora_q{campaign.pk}"


def _thanked(found: Invited) -> HttpResponse:
    response = redirect("q:thanks")
    if found.slip is None:
        response.set_cookie(
            _mark_of(found.campaign),
            "1",
            max_age=60 * 24 * 60 * 60,
            path="/q/",
            secure=settings.BEHIND_TLS,
            httponly=True,
            samesite="Lax",
        )
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    """Twelve digits that open nothing count against whoever tries; fewer are a slip of the finger."""
    if digits_of(request.POST.get("code", "")):
        failed(request)
    return _ask(request, _UNKNOWN)


def _ask(request: HttpRequest, error: str = "") -> HttpResponse:
    return render(request, "parents/outside/survey_code.html", {"error": error}, status=422 if error else 200)


def _told(request: HttpRequest, message: str) -> HttpResponse:
    told = {"done": False, "message": message, "used": message == USED}
    return render(request, "parents/outside/survey_told.html", told, status=409)


def _questions(
    request: HttpRequest, found: Invited, given: dict[str, list[str]], errors: dict[str, str]
) -> HttpResponse:
    version = found.campaign.version
    told: dict[str, Any] = {
        "version": version,
        "school": found.campaign.school,
        "anonymous": found.campaign.audience.anonymous,
        "pupil": found.pupil,
        "code": digits_of(request.POST.get("code", "")),
        "questions": shown_questions(questions_of(version), given, errors),
        "errors": errors,
    }
    return render(request, "parents/outside/survey_answer.html", told, status=422 if errors else 200)

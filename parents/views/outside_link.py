"""The page behind a personal link. Nothing is told and nothing changes before a person presses a button: programs of
messengers look at addresses by themselves."""

from datetime import date, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.errors import Refused
from parents.models import PersonalLink
from parents.outside import closed, failed, outside_view, secret_of
from parents.rules.links import MOST_TRIES
from parents.selectors.link_matters import matter_told
from parents.selectors.links import link_of, opens_now
from parents.services.link_answers import Door, Said, link_answer, link_open
from parents.services.links import PURPOSE
from parents.words import YOUR_ANSWER, Matter
from school.models import User
from school.views.filtering import whole_number

_SALT = "parents.pass"
_PASS_SECONDS = 60 * 60
_LATE = "Страница была открыта больше часа. Откройте её ещё раз."
_WRONG = "Дата рождения не подошла. Проверьте число, месяц и год."


@outside_view
def link_page(request: HttpRequest) -> HttpResponse:
    """Cover, matter, answer: one address."""
    secret = secret_of(request, PURPOSE)
    link = link_of(secret) if secret else None
    if link is None:
        failed(request)
        return closed(request)
    with timezone.override(link.school.timezone):
        if isinstance(request.user, User):
            return render(request, "parents/outside/staff.html", {"link": link})
        step = request.POST.get("step", "") if request.method == "POST" else ""
        return _STEPS.get(step, _cover)(request, link)


def _cover(request: HttpRequest, link: PersonalLink, wrong: str = "") -> HttpResponse:
    if not opens_now(link):
        return closed(request)
    told = {"link": link, "wrong": wrong, "left": MOST_TRIES - link.tries}
    return render(request, "parents/outside/cover.html", told, status=422 if wrong else 200)


def _opening(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    came = link_open(link=link, birth=_birth(request) if link.asks_birth else None)
    if came is Door.OPEN:
        return _matter(request, link)
    failed(request)
    if came is Door.CLOSED:
        return closed(request)
    link.refresh_from_db(fields=["tries"])
    return _cover(request, link, _WRONG)


def _birth(request: HttpRequest) -> date | None:
    """«2013-05-04» of a date field, «04.05.2013» where a telephone shows a line of text."""
    told = request.POST.get("birth", "").strip()[:10]
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(told, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def _answering(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    if not _has_pass(request, link):
        return _cover(request, link, _LATE)
    said = Said(
        answer=request.POST.get("answer", ""),
        comment=request.POST.get("comment", "").replace("\0", ""),
        chosen=request.POST.get("chosen", ""),
        version=whole_number(request.POST.get("version")) or 0,
    )
    try:
        link_answer(link=link, said=said)
    except Refused as refusal:
        return _matter(request, _anew(link), refusal.message, said)
    return _matter(request, _anew(link))


def _anew(link: PersonalLink) -> PersonalLink:
    """With what stands now, its notice and route included."""
    found = PersonalLink.objects.select_related(
        "pupil", "guardian", "notice", "route__school", "staff__school", "school", "meeting"
    )
    return found.get(pk=link.pk)


def _matter(request: HttpRequest, link: PersonalLink, wrong: str = "", said: Said | None = None) -> HttpResponse:
    if not opens_now(link):
        return closed(request)
    told: dict[str, Any] = {
        "link": link,
        "key": _pass(link),
        "wrong": wrong,
        "said": said,
        "again": bool(link.answer) and not wrong,
        "answer": YOUR_ANSWER.get(link.answer, ""),
        **matter_told(link),
    }
    return render(
        request, f"parents/outside/{Matter(link.matter).name.lower()}.html", told, status=422 if wrong else 200
    )


def _pass(link: PersonalLink) -> str:
    """Says for an hour that this link was opened; the page carries it, the browser keeps nothing."""
    return signing.dumps([link.pk, link.hash[:16]], salt=_SALT)


def _has_pass(request: HttpRequest, link: PersonalLink) -> bool:
    try:
        told = signing.loads(request.POST.get("pass", ""), salt=_SALT, max_age=_PASS_SECONDS)
    except signing.BadSignature:
        return False
    return bool(told == [link.pk, link.hash[:16]])


_STEPS = {"open": _opening, "answer": _answering}

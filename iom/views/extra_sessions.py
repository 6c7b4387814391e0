"""One extra lesson: who came (by taps), why it did not take place, who stands in."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Refused
from common.russian import counted
from iom.forms_extra import CancelLessonForm, SubstituteForm
from iom.models import ExtraGroup, ExtraSession
from iom.permissions_extra import can_keep_group, can_record
from iom.selectors.extra import session_sheet
from iom.services.extra_sessions import (
    extra_session_cancel,
    extra_session_forget,
    extra_session_hold,
    extra_session_substitute,
)
from iom.views.extra import extra_reader, group_of, kept_group
from iom.words import CancelWhy, SessionState
from school.models import Staff, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


def _lesson(request: HttpRequest, pk: int, on: str) -> tuple[User, ExtraGroup, date, ExtraSession | None]:
    """A day of a group that the person records; 403 when it is only seen."""
    user, _ = extra_reader(request)
    group = group_of(user, pk)
    day = _day(on)
    session = group.sessions.filter(on=day).select_related("staff", "by__staff").first()
    if not can_record(user, group, session):
        raise PermissionDenied("Посещение отмечают учитель группы, тот, кто его заменяет, и администрация школы.")
    return user, group, day, session


def _day(on: str) -> date:
    """The day of an address; 404 for what is none, «2026-02-30» included."""
    try:
        return datetime.strptime(on if len(on) == 10 else "", "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError as wrong:
        raise Http404("Такого дня нет.") from wrong


def _up(group: ExtraGroup) -> tuple[str, str]:
    return group.title, reverse("extra:group", args=[group.pk])


@form_view
def session(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Who came: everybody is present until a tap says otherwise."""
    user, group, day, standing = _lesson(request, pk, on)
    lines = session_sheet(user, group, day, standing)
    problem = ""
    if request.method == "POST":
        came = [line.pupil.pk for line in lines if f"came-{line.pupil.pk}" in request.POST]
        try:
            extra_session_hold(by=user, group=group, on=day, came=came, note=request.POST.get("note", ""))
        except Refused as refusal:
            problem = refusal.message
        else:
            return answer_deed(request, lambda: None, _told(len(came), len(lines)), _up(group)[1])
        lines = [type(line)(line.pupil, line.school_class, line.pupil.pk in came) for line in lines]
    shown = {
        "group": group,
        "on": day,
        "session": standing,
        "lines": lines,
        "problem": problem,
        "note": request.POST.get("note", standing.note if standing is not None else ""),
        "held": standing is not None and standing.state == SessionState.HELD,
        "cancelled": standing is not None and standing.state == SessionState.CANCELLED,
        "future": day > group.school.today(),
        "keeps": can_keep_group(user, group),
    }
    return render(request, "iom/extra_session.html", shown, status=422 if problem else 200)


def _told(came: int, of: int) -> str:
    return f"Записано: {counted(came, 'пришёл', 'пришли', 'пришли')} из {of}."


@form_view
def cancel(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Why the lesson did not or will not take place."""
    user, group, day, _ = _lesson(request, pk, on)
    ahead = day > group.school.today()
    form = CancelLessonForm(sent(request), ahead=ahead)
    title = f"Отменить занятие {day:%d.%m.%Y}" if ahead else f"Занятие {day:%d.%m.%Y} не состоялось"
    done = "Занятие отменено." if ahead else "Записано: занятие не состоялось."
    page = FormPage(title, _up(group), "Отменить занятие" if ahead else "Записать", done=done)

    def save() -> None:
        told = form.cleaned_data
        extra_session_cancel(by=user, group=group, on=day, why=CancelWhy(told["why"]), note=told["note"])

    return answer_form(request, page, form, save)


@form_view
def substitute(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Somebody else gives the lesson."""
    user, group = kept_group(request, pk)
    day = _day(on)
    today = group.school.today()
    colleagues = Staff.objects.filter(school=group.school).exclude(pk=group.teacher_id)
    present = colleagues.exclude(left_on__lt=today)
    form = SubstituteForm(sent(request), teachers=present)
    page = FormPage(
        f"Замена {day:%d.%m.%Y}",
        _up(group),
        "Назначить замену",
        done="Замена назначена.",
        meta="кто заменяет, увидит учеников группы на неделю до и после занятия",
    )

    def save() -> None:
        extra_session_substitute(by=user, group=group, on=day, staff=form.cleaned_data["staff"])

    return answer_form(request, page, form, save)


@require_POST
def forget(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """What was written about a day was a mistake."""
    user, group = kept_group(request, pk)
    day = _day(on)
    row = get_object_or_404(ExtraSession, group=group, on=day)
    done = "Запись о занятии убрана."
    return answer_deed(request, lambda: extra_session_forget(by=user, session=row), done, _up(group)[1])

"""A pupil's meetings brought to the parents and the class teacher; parents at lessons."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from consultations.forms_bringing import AnswerForm, NoticeForm, VisitForm
from consultations.models import MeetingNotice, NoticeAnswer
from consultations.permissions_schedule import brings_meetings, records_answers
from consultations.registration_bringing import SHEET
from consultations.selectors.bringing import answer_line, pupil_meetings, to_bring
from consultations.services.bringing import answer_record, notice_known, notice_make, visit_record
from consultations.tabs import service_tabs
from documents.services.reports import report_job_request
from school.models import Pupil, User
from school.views.base import FormPage, answer_deed, answer_form, pupil_for, reader, sent, visible_pupil
from school.views.outdated import form_view

_USUAL = timedelta(days=60)
BRINGERS_ONLY = "Графики встреч доводит социально-психологическая служба."
RECORDERS_ONLY = "Кого ознакомили, отмечают служба и классный руководитель."


def _up(pupil: Pupil) -> tuple[str, str]:
    return f"График встреч: {pupil.list_name}", reverse("bringing:page", args=[pupil.pk])


@require_GET
def bringing_list(request: HttpRequest) -> HttpResponse:
    """Pupils with planned meetings, those to be brought first."""
    user, _ = reader(request)
    if not brings_meetings(user):
        raise PermissionDenied(BRINGERS_ONLY)
    told = {"rows": to_bring(user), "tabs": service_tabs(user, "bringing:list")}
    return render(request, "consultations/bringing_list.html", told)


@require_GET
def bringing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil: what is planned, who knows of it, when parents were at lessons."""
    user, pupil = visible_pupil(request, pk)
    told = {"pupil": pupil, "page": pupil_meetings(user, pupil), "today": pupil.school.today()}
    return render(request, "consultations/bringing.html", told)


@form_view
def notice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new sheet."""
    user, pupil = pupil_for(request, pk, lambda user, _: brings_meetings(user), BRINGERS_ONLY)
    today = pupil.school.today()
    form = NoticeForm(sent(request), initial={"begins": today, "ends": today + _USUAL})
    page = FormPage(
        "Составить график встреч",
        _up(pupil),
        "Составить",
        done="График составлен: распечатайте его или доведите иначе и отметьте это.",
        meta=pupil.full_name,
    )

    def save() -> None:
        told: dict[str, Any] = form.cleaned_data
        notice_make(by=user, pupil=pupil, begins=told["begins"], ends=told["ends"])

    return answer_form(request, page, form, save)


def _answer(request: HttpRequest, pk: int) -> tuple[User, NoticeAnswer]:
    user, _ = reader(request)
    rows = NoticeAnswer.objects.visible_to(user).select_related("pupil__school", "notice__school", "guardian", "staff")
    row = get_object_or_404(rows, pk=pk)
    if not records_answers(user, row.pupil):
        raise PermissionDenied(RECORDERS_ONLY)
    return user, row


@form_view
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """How somebody was told and what they said."""
    user, row = _answer(request, pk)
    form = AnswerForm(sent(request), row=row, today=row.pupil.school.today())
    page = FormPage("Ознакомление с графиком", _up(row.pupil), "Записать", meta=answer_line(user, row).who)

    def save() -> None:
        answer_record(by=user, answer=row, told=form.told())

    return answer_form(request, page, form, save)


@require_POST
def known(request: HttpRequest, pk: int) -> HttpResponse:
    """The class teacher's own mark."""
    user, row = _answer(request, pk)
    if not answer_line(user, row).mine:
        raise PermissionDenied("Эту отметку ставит сам классный руководитель.")
    return answer_deed(request, lambda: notice_known(by=user, answer=row), "Отмечено.", _up(row.pupil)[1])


@require_POST
def notice_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the sheet for the parents."""
    user, school = reader(request)
    notice = get_object_or_404(MeetingNotice.objects.visible_to(user).select_related("pupil"), pk=pk)
    if not records_answers(user, notice.pupil):
        raise PermissionDenied(RECORDERS_ONLY)
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=SHEET,
            period=0,
            format="pdf",
            key=request.POST.get("once", ""),
            extra={"notice": notice.pk},
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(_up(notice.pupil)[1])
    return redirect("documents:job", pk=job.pk)


@form_view
def visit_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A parent was at a lesson."""
    user, pupil = pupil_for(request, pk, records_answers, RECORDERS_ONLY)
    form = VisitForm(sent(request), pupil=pupil, today=pupil.school.today())
    page = FormPage(
        "Родители на занятии",
        _up(pupil),
        "Записать",
        meta=f"{pupil.full_name}; родители вправе посещать уроки и занятия ребёнка",
        warning="" if pupil.guardians.exists() else "Законные представители ученика не записаны: сначала внесите их.",
    )

    def save() -> None:
        visit_record(by=user, pupil=pupil, visit=form.visit())

    return answer_form(request, page, form, save)

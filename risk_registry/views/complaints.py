"""Complaints about too much homework: the list, one of them, and what is done with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.russian import counted
from documents.formats import CONTENT_TYPES
from risk_registry.forms_complaints import WAITS, AnswerForm, CheckForm, ComplaintFilterForm, ComplaintForm
from risk_registry.forms_interviews import WhyForm
from risk_registry.interviews import COMPLAINT, Channel, Complainant, ComplaintState
from risk_registry.interviews_tables import complaints_workbook
from risk_registry.models import HomeworkComplaint
from risk_registry.permissions import (
    can_check_complaints,
    can_correct_complaint,
    can_record_complaint,
    complaint_classes,
    complaints_for,
)
from risk_registry.selectors.complaints import classes_seen, complaint_list, complaint_row, norm_words
from risk_registry.services.complaints import (
    complaint_answer,
    complaint_check,
    complaint_correct,
    complaint_record,
    complaint_reopen,
    complaint_withdraw,
)
from school.models import AcademicYear, SchoolClass, Subject, User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import chips_of, options_of, whole_number
from school.views.outdated import form_view

PER_PAGE = 50
_LABELS = {"cls": "Класс", "kind": "Состояние"}
_CHECKERS = "Проверяют жалобы и отвечают на них директор и заместитель директора."


def _recorder(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not can_record_complaint(user):
        raise PermissionDenied("Жалобы на объём заданий ведут классные руководители и администрация школы.")
    return user


class _Frame:
    """The complaints of this year by the filter."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = _recorder(request)
        assert self.user.school is not None
        self.today = self.user.school.today()
        self.year: AcademicYear | None = current_year(self.user.school)
        if self.year is None:
            return
        data = request.GET
        self.form = ComplaintFilterForm(data, cls=options_of(list(classes_seen(self.user, self.year))))
        self.chosen = self.form.chosen()
        kind = self.chosen.get("kind", "")
        self.rows = complaint_list(
            self.user,
            self.year,
            school_class=self.chosen.get("cls"),
            state="" if kind == WAITS else kind,
            waits=kind == WAITS,
        )


@require_GET
def complaints_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered."""
    frame = _Frame(request)
    if frame.year is None:
        return render(request, "risk_registry/complaints.html", {"year": None})
    page = Paginator(frame.rows, PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "year": frame.year,
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "page": page,
        "rows": [complaint_row(one, frame.today) for one in page.object_list],
        "lead": counted(page.paginator.count, "жалоба", "жалобы", "жалоб"),
        "query": request.GET.urlencode(),
    }
    return render(request, "risk_registry/complaints.html", told)


@require_GET
def complaints_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404("Учебного года ещё нет.")
    answer = HttpResponse(complaints_workbook(frame.year, frame.rows), CONTENT_TYPES["xlsx"])
    name = f"Жалобы на объём заданий {frame.year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def _seen(request: HttpRequest, pk: int) -> tuple[User, HomeworkComplaint]:
    """404 for another class's; 403 for whoever keeps none."""
    user = _recorder(request)
    rows = complaints_for(user).select_related("school", "year", "school_class__year", "school_class__school")
    people = rows.select_related("by__staff", "checked_by__staff", "answered_by__staff", "school_class")
    return user, get_object_or_404(people, pk=pk)


def _checked(request: HttpRequest, pk: int) -> tuple[User, HomeworkComplaint]:
    user, complaint = _seen(request, pk)
    if not can_check_complaints(user):
        raise PermissionDenied(_CHECKERS)
    return user, complaint


@require_GET
def complaint_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint with its check, its answer and who did what."""
    user, complaint = _seen(request, pk)
    told = {
        "row": complaint_row(complaint, complaint.school.today()),
        "complaint": complaint,
        "subjects": complaint.subjects.all(),
        "steps": complaint.steps.select_related("by__staff"),
        "corrects": can_correct_complaint(user, complaint) and complaint.state != ComplaintState.WITHDRAWN,
        "deeds": COMPLAINT.deeds(complaint.state) if can_check_complaints(user) else [],
        "unsigned": complaint.who == Complainant.UNKNOWN,
    }
    return render(request, "risk_registry/complaint.html", told)


@form_view
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Write a complaint down; `?cls=` chooses the class."""
    user = _recorder(request)
    assert user.school is not None
    form = ComplaintForm(
        sent(request),
        **_choices(user),
        initial={
            "cls": whole_number(request.GET.get("cls")),
            "came_on": user.school.today(),
            "who": Complainant.PARENT,
            "channel": Channel.TALK,
        },
    )
    up = ("Жалобы на задания", reverse("registry:complaints"))
    page = FormPage("Жалоба на объём домашних заданий", up, "Записать", "Жалоба записана.")

    def save() -> str:
        made = complaint_record(by=user, draft=form.draft())
        return reverse("registry:complaint", args=[made.pk])

    return answer_form(request, page, form, save)


def _choices(user: User) -> dict[str, Any]:
    subjects = Subject.objects.filter(school=user.school)
    return {"classes": complaint_classes(user).select_related("year", "school"), "subjects": subjects}


@form_view
def complaint_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written down."""
    user, complaint = _seen(request, pk)
    if not can_correct_complaint(user, complaint):
        raise PermissionDenied("Проверенную жалобу исправляют директор и заместитель директора.")
    choices = _choices(user)
    choices["classes"] |= SchoolClass.objects.filter(pk=complaint.school_class_id).select_related("year", "school")
    form = ComplaintForm(
        sent(request),
        **choices,
        initial={
            "cls": complaint.school_class_id,
            "came_on": complaint.came_on,
            "who": complaint.who,
            "name": complaint.name,
            "channel": complaint.channel,
            "text": complaint.text,
            "subjects": list(complaint.subjects.all()),
        },
    )

    def save() -> None:
        complaint_correct(by=user, complaint=complaint, draft=form.draft())

    return answer_form(request, _page("Исправить жалобу", complaint, "Сохранить"), form, save)


@form_view
def complaint_checking(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found, or a correction of it."""
    user, complaint = _checked(request, pk)
    form = CheckForm(
        sent(request),
        norm=norm_words(complaint.school_class.grade),
        initial={
            "on": complaint.checked_on or complaint.school.today(),
            "method": complaint.method or None,
            "minutes": complaint.minutes,
            "finding": complaint.finding or None,
            "measure": complaint.measure,
        },
    )

    def save() -> None:
        complaint_check(by=user, complaint=complaint, checked=form.checked())

    return answer_form(request, _page("Что показала проверка", complaint), form, save)


@form_view
def complaint_answering(request: HttpRequest, pk: int) -> HttpResponse:
    """When, how and to whom the answer was given."""
    user, complaint = _checked(request, pk)
    initial = {"on": complaint.school.today(), "channel": complaint.channel, "to": complaint.name}
    form = AnswerForm(sent(request), initial=initial)

    def save() -> None:
        told = form.cleaned_data
        channel = Channel(told["channel"])
        complaint_answer(by=user, complaint=complaint, on=told["on"], channel=channel, to=told["to"])

    return answer_form(request, _page("Дан ответ", complaint), form, save)


@form_view
def complaint_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a complaint with a reason."""
    user, complaint = _checked(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        complaint_withdraw(by=user, complaint=complaint, why=form.cleaned_data["why"])

    return answer_form(request, _page("Отозвать жалобу", complaint, "Отозвать"), form, save)


@form_view
def complaint_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One step back, with a reason."""
    user, complaint = _checked(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        complaint_reopen(by=user, complaint=complaint, why=form.cleaned_data["why"])

    return answer_form(
        request, _page(_BACK.get(ComplaintState(complaint.state), "Вернуть"), complaint, "Вернуть"), form, save
    )


_BACK = {
    ComplaintState.CHECKED: "Проверка записана ошибочно",
    ComplaintState.ANSWERED: "Ответ записан ошибочно",
    ComplaintState.WITHDRAWN: "Вернуть жалобу в работу",
}


def _page(heading: str, complaint: HomeworkComplaint, button: str = "Записать") -> FormPage:
    up = (f"Жалоба, {complaint.school_class}", reverse("registry:complaint", args=[complaint.pk]))
    return FormPage(heading, up, button, "Записано.", meta=f"{complaint.school_class}: {complaint.text}"[:200])

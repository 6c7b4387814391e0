"""Visits of lessons: one of them, writing it down by taps, the teacher's reading and word."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from school.models import School, SchoolClass, Subject
from school.selectors_history import history_of
from school.views.base import FormPage, answer_form, asked, sent
from school.views.outdated import form_view
from teaching.forms import ReplyForm, VisitForm
from teaching.models import LessonVisit
from teaching.permissions import can_visit
from teaching.rights import may_change
from teaching.services.records import is_own
from teaching.services.visits import visit_change, visit_read, visit_record
from teaching.views.base import changed_record, colleagues, seen_record, writer

_FIELDS = ("on", "topic", "technologies", "objectivity", "weak", "text")


@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: what was seen; the visited teacher reads it here."""
    user, row = seen_record(request, LessonVisit, pk, "staff", "visitor", "subject", "school_class")
    shown = {
        "row": row,
        "own": is_own(user, row),
        "changes_it": may_change(user, row),
        "changes": history_of(row),
    }
    return render(request, "teaching/visit.html", shown)


def _choices(school: School) -> dict[str, Any]:
    today = school.today()
    classes = SchoolClass.objects.filter(school=school, year__starts__lte=today, year__ends__gte=today)
    return {"subjects": Subject.objects.filter(school=school), "classes": classes}


@form_view
def visit_new(request: HttpRequest) -> HttpResponse:
    """Write a visit down; `?staff=` says whose lesson."""
    user, school, staff = writer(request)
    if not can_visit(user):
        raise PermissionDenied("Посещения записывают администрация, руководители ШМО и наставники.")
    initial = {"on": school.today(), "staff": asked(request, "staff"), "objectivity": "", "weak": ""}
    people = colleagues(school).exclude(pk=staff.pk)
    form = VisitForm(sent(request), people=people, initial=initial, **_choices(school))
    page = FormPage("Посещение урока", ("Посещения", reverse("teaching:visits")), "Записать", "Посещение записано.")

    def save() -> str:
        made = visit_record(by=user, staff=form.person(staff), visitor=staff, seen=form.seen())
        return _address(made.pk)

    return answer_form(request, page, form, save)


@form_view
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a visit; the teacher reads it again."""
    user, row = changed_record(request, LessonVisit, pk, "staff")
    initial = {name: getattr(row, name) for name in _FIELDS}
    initial |= {"subject": row.subject_id, "school_class": row.school_class_id}
    form = VisitForm(sent(request), initial=initial, **_choices(row.school))
    page = FormPage(
        "Исправить запись о посещении", (str(row), _address(pk)), done="Записано.", meta=row.staff.full_name
    )

    def save() -> None:
        visit_change(by=user, visit=row, seen=form.seen())

    return answer_form(request, page, form, save)


@form_view
def visit_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The visited teacher has read it, with a word or without."""
    user, row = seen_record(request, LessonVisit, pk, "visitor")
    if not is_own(user, row):
        raise PermissionDenied("Отвечает учитель, чей урок посетили.")
    form = ReplyForm(sent(request), initial={"reply": row.reply, "version": row.version})
    page = FormPage("Прочитано", (str(row), _address(pk)), "Прочитал(а)", "Записано.", meta=row.visitor.full_name)

    def save() -> None:
        told = form.cleaned_data
        visit_read(by=user, visit=row, reply=told["reply"].strip(), version=told["version"])

    return answer_form(request, page, form, save)


def _address(pk: int) -> str:
    return reverse("teaching:visit", args=[pk])

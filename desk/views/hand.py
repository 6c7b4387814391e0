"""Corrections by hand of marks and an excused «н/а»; `gradebook.services.hand` writes them."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.russian import date_short
from desk.forms import MarkAddForm, MarkCorrectForm
from desk.selectors.book import pupils_with_school
from desk.views.asked import asked_number
from gradebook.models import Mark, PeriodResult
from gradebook.permissions import can_correct_gradebook
from gradebook.services.hand import mark_add, mark_correct, mark_remove, period_result_excuse
from school.models import Pupil, Subject, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view

RowT = TypeVar("RowT", bound=Model)


@form_view
def correct(request: HttpRequest, pk: int, mark: int) -> HttpResponse:
    """Another value of a mark; from here it can be removed, too."""
    user, pupil = _corrector(request, pk)
    row = _own(Mark.objects.select_related("subject"), pupil, mark)
    form = MarkCorrectForm(sent(request), initial={"value": row.value, "was": row.value})
    page = FormPage(
        f"Отметка {row.value}: {row.subject.name}",
        _up(pupil, row.subject),
        done="Отметка исправлена. Категория пересчитана.",
        meta=f"{pupil.full_name}, {date_short(row.date)}. Исправление вручную сильнее следующих загрузок.",
        template="desk/mark_form.html",
        more={"remove": f"{reverse('desk:mark_remove', args=[pupil.pk, row.pk])}?was={row.value}"},
    )

    def save() -> None:
        mark_correct(by=user, mark=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def remove(request: HttpRequest, pk: int, mark: int) -> HttpResponse:
    """Take a mark away; the history keeps it."""
    user, pupil = _corrector(request, pk)
    row = _own(Mark.objects.select_related("subject"), pupil, mark)
    back = _up(pupil, row.subject)[1]
    was, done = asked_number(request, "was"), "Отметка убрана. Категория пересчитана."
    return answer_deed(request, lambda: mark_remove(by=user, mark=row, was=was), done, back)


@form_view
def add(request: HttpRequest, pk: int, subject: int) -> HttpResponse:
    """A mark that the files lack."""
    user, pupil = _corrector(request, pk)
    taught = get_object_or_404(Subject.objects.filter(school=pupil.school_id), pk=subject)
    form = MarkAddForm(sent(request), initial={"day": pupil.school.today()})
    done = "Отметка добавлена. Категория пересчитана."
    page = FormPage(f"Новая отметка: {taught.name}", _up(pupil, taught), "Добавить", done, meta=pupil.full_name)

    def save() -> str:
        mark_add(by=user, pupil=pupil, subject=taught, **form.cleaned_data)
        return reverse("desk:subject", args=[pupil.pk, taught.pk])

    return answer_form(request, page, form, save)


@require_POST
def excuse(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """Count «н/а» as excused, or (`excused=0`) no longer."""
    user, pupil = _corrector(request, pk)
    row = _own(PeriodResult.objects.select_related("subject"), pupil, result)
    excused = request.POST.get("excused") != "0"
    done = "«н/а» по уважительной причине: предмет не учитывается." if excused else "«н/а» снова учитывается."
    back = _up(pupil, row.subject)[1]
    return answer_deed(request, lambda: period_result_excuse(by=user, result=row, excused=excused), done, back)


def _corrector(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """404 for a pupil whom the person does not see, 403 for who sees and may not correct."""
    pupil = get_object_or_404(pupils_with_school(request.user), pk=pk)
    user = request.user
    if not isinstance(user, User) or not can_correct_gradebook(user, pupil):
        raise PermissionDenied("Отметки исправляет администрация школы, а учитель — в электронном журнале.")
    return user, pupil


def _own(rows: QuerySet[RowT], pupil: Pupil, pk: int) -> RowT:
    """A fact of this very pupil."""
    return get_object_or_404(rows.filter(pupil=pupil), pk=pk)


def _up(pupil: Pupil, subject: Subject) -> tuple[str, str]:
    return f"{pupil.full_name}: {subject.name}", reverse("desk:subject", args=[pupil.pk, subject.pk])

"""Subjects of the school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.forms.classes import SubjectForm
from school.models import Subject, User
from school.permissions import can_edit_school
from school.selectors_classes import subject_rows
from school.services.subjects import subject_delete, subject_save
from school.views.base import FormPage, answer_deed, answer_form, editor, reader, sent
from school.views.outdated import form_view


def _up() -> tuple[str, str]:
    return "Предметы", reverse("school:subjects")


@require_GET
def subject_list(request: HttpRequest) -> HttpResponse:
    """Subjects, their other headings and groups."""
    user, school = reader(request)
    told = {"rows": subject_rows(school), "editable": can_edit_school(user)}
    return render(request, "school/subject_list.html", told)


@form_view
def subject_new(request: HttpRequest) -> HttpResponse:
    """Add a subject."""
    user, school = editor(request)
    form = SubjectForm(sent(request), instance=Subject(school=school))
    return answer_form(request, FormPage("Новый предмет", _up(), "Добавить"), form, lambda: _save(user, form, None))


@form_view
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a subject."""
    user, school = editor(request)
    row = get_object_or_404(Subject.objects.select_related("school"), pk=pk, school=school)
    form = SubjectForm(sent(request), instance=row)
    more = {"remove": reverse("school:subject_delete", args=[row.pk]), "remove_words": "Удалить предмет"}
    page = FormPage(row.name, _up(), template="school/form_removable.html", more=more)
    return answer_form(request, page, form, lambda: _save(user, form, row))


def _save(user: User, form: SubjectForm, row: Subject | None) -> None:
    told = form.cleaned_data
    subject_save(
        by=user,
        school=form.instance.school,
        subject=row,
        name=told["name"],
        short_name=told["short_name"],
        group=told["group"],
        aliases=told["headings"],
    )


@require_POST
def subject_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a subject that was made by mistake."""
    user, school = editor(request)
    row = get_object_or_404(Subject, pk=pk, school=school)
    back = reverse("school:subject", args=[row.pk])
    return answer_deed(request, lambda: subject_delete(by=user, subject=row), "Предмет удалён.", back, _up()[1])

"""Moves between classes, departures, corrections."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from school.forms.pupils import EnrolmentForm, LeaveForm, MoveForm
from school.models import Enrolment, Pupil, User
from school.services.pupils import enrolment_cancel, enrolment_correct, pupil_leave, pupil_move
from school.views.base import FormPage, answer_deed, answer_form, edited_about_pupil, edited_pupil, sent
from school.views.outdated import form_view


def _up(pupil: Pupil) -> tuple[str, str]:
    return pupil.full_name, reverse("school:pupil", args=[pupil.pk])


@form_view
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another class, or back into the school."""
    user, pupil = edited_pupil(request, pk)
    present = pupil.enrolments.on(pupil.school.today()).exists()
    form = MoveForm(sent(request), school=pupil.school)
    heading = "Перевод в другой класс" if present else "Зачисление в класс"
    page = FormPage(heading, _up(pupil), "Перевести" if present else "Зачислить", done="Класс записан.")

    def save() -> None:
        pupil_move(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the school."""
    user, pupil = edited_pupil(request, pk)
    form = LeaveForm(sent(request), initial={"last_day": pupil.school.today()})
    page = FormPage(
        "Выбытие из школы",
        _up(pupil),
        "Отметить выбытие",
        done="Выбытие отмечено.",
        meta="отметки и история остаются, в списках класса обучающегося больше не будет",
    )

    def save() -> None:
        pupil_leave(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


def _own_enrolment(request: HttpRequest, pk: int) -> tuple[User, Enrolment]:
    return edited_about_pupil(request, Enrolment.objects.select_related("pupil__school", "school_class"), pk)


@form_view
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Days that were written down wrong."""
    user, row = _own_enrolment(request, pk)
    form = EnrolmentForm(sent(request), instance=row)
    page = FormPage(f"{row.school_class} класс: даты", _up(row.pupil))

    def save() -> None:
        enrolment_correct(by=user, enrolment=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last move back."""
    user, row = _own_enrolment(request, pk)
    return answer_deed(request, lambda: enrolment_cancel(by=user, enrolment=row), "Перевод отменён.", _up(row.pupil)[1])

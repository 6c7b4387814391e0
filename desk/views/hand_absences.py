"""Missed lessons by hand: why, one more, one that was none."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.russian import date_short
from desk.forms import AbsenceAddForm, AbsenceReasonForm
from desk.selectors.book import pupils_with_school
from gradebook.models import Absence
from gradebook.permissions import can_keep_absences
from gradebook.services.hand import absence_add, absence_remove, absence_set_reason
from school.models import Pupil, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


@form_view
def absence(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """Why a lesson was missed; from here it can be taken out, too."""
    user, pupil = _keeper(request, pk)
    row = get_object_or_404(Absence.objects.select_related("subject").filter(pupil=pupil), pk=absence)
    form = AbsenceReasonForm(sent(request), initial={"reason": row.reason})
    source = "записан вручную" if row.by_hand else f"в журнале «{row.raw}»" if row.raw else "из журнала"
    page = FormPage(
        f"Пропуск {date_short(row.date)}: {row.subject.name}",
        _up(pupil),
        done="Причина записана.",
        meta=f"{pupil.full_name}, {source}. Записанное вручную сильнее основания и следующих загрузок.",
        template="desk/absence_form.html",
        more={"remove": f"{reverse('desk:absence_remove', args=[pupil.pk, row.pk])}?was={row.reason}"},
    )

    def save() -> None:
        absence_set_reason(by=user, absence=row, **form.cleaned())

    return answer_form(request, page, form, save)


@require_POST
def remove(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """The lesson was not missed; the history keeps that it was said so."""
    user, pupil = _keeper(request, pk)
    row = get_object_or_404(Absence.objects.filter(pupil=pupil), pk=absence)
    was = request.GET.get("was", "")
    done = "Пропуск убран. Следующие загрузки его не вернут."
    return answer_deed(request, lambda: absence_remove(by=user, absence=row, was=was), done, _up(pupil)[1])


@form_view
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A missed lesson that the files do not tell of."""
    user, pupil = _keeper(request, pk)
    form = AbsenceAddForm(sent(request), school=pupil.school, initial={"day": pupil.school.today()})
    page = FormPage("Пропущенный урок", _up(pupil), "Добавить", "Пропуск добавлен.", meta=pupil.full_name)

    def save() -> None:
        absence_add(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


def _keeper(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """404 for a pupil whom the person does not see, 403 for who sees and keeps no absences."""
    pupil = get_object_or_404(pupils_with_school(request.user), pk=pk)
    user = request.user
    if not isinstance(user, User) or not can_keep_absences(user, pupil):
        raise PermissionDenied("Пропуски исправляют администрация школы и классный руководитель.")
    return user, pupil


def _up(pupil: Pupil) -> tuple[str, str]:
    return f"{pupil.full_name}: пропуски", reverse("desk:absences", args=[pupil.pk])

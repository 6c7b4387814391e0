"""People who answer for a pupil."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from school.forms.staff import EndForm, ResponsibilityForm
from school.models import Pupil, Responsibility
from school.services.people import (
    responsibility_add,
    responsibility_delete,
    responsibility_end,
)
from school.views.base import (
    FormPage,
    answer_deed,
    answer_form,
    edited_about_pupil,
    edited_pupil,
    sent,
)
from school.views.outdated import form_view


def _up(pupil: Pupil) -> tuple[str, str]:
    return pupil.full_name, reverse("school:pupil", args=[pupil.pk])


@form_view
def responsibility_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody answer for the pupil."""
    user, pupil = edited_pupil(request, pk)
    form = ResponsibilityForm(sent(request), pupil=pupil)
    page = FormPage(
        "Закрепить сотрудника", _up(pupil), "Закрепить", meta="закреплённый сотрудник видит этого обучающегося"
    )

    def save() -> None:
        responsibility_add(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def responsibility_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day on which the person answers for the pupil."""
    user, row = edited_about_pupil(request, Responsibility.objects.select_related("person", "pupil__school"), pk)
    form = EndForm(sent(request), initial={"ends": row.pupil.school.today()})
    page = FormPage(f"{row.person.short_name}: последний день", _up(row.pupil))
    return answer_form(
        request, page, form, lambda: responsibility_end(by=user, responsibility=row, **form.cleaned_data)
    )


@require_POST
def responsibility_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The person never answered for the pupil: it was written by mistake."""
    user, row = edited_about_pupil(request, Responsibility.objects.select_related("pupil"), pk)
    back = _up(row.pupil)[1]
    return answer_deed(request, lambda: responsibility_delete(by=user, responsibility=row), "Запись удалена.", back)

"""Guardians of a pupil, people who answer for them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from school.forms.pupils import GuardianForm, ShareGuardianForm
from school.forms.staff import EndForm, ResponsibilityForm
from school.models import Guardian, Guardianship, Pupil, Responsibility, User
from school.selectors_pupils import guardians_like
from school.services.people import (
    guardian_detach,
    guardian_save,
    guardian_share,
    responsibility_add,
    responsibility_delete,
    responsibility_end,
)
from school.views.base import (
    FormPage,
    answer_deed,
    answer_form,
    asked,
    edited_about_pupil,
    edited_pupil,
    sent,
)
from school.views.outdated import form_view


def _up(pupil: Pupil) -> tuple[str, str]:
    return pupil.full_name, reverse("school:pupil", args=[pupil.pk])


@form_view
def guardian_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a guardian."""
    user, pupil = edited_pupil(request, pk)
    form = GuardianForm(sent(request), instance=Guardian(school=pupil.school))
    page = FormPage("Новый законный представитель", _up(pupil), "Записать")
    return answer_form(request, page, form, lambda: _save(user, pupil, form, None))


def _save(user: User, pupil: Pupil, form: GuardianForm, tie: Guardianship | None) -> None:
    fields = {name: form.cleaned_data[name] for name in GuardianForm.Meta.fields}
    guardian_save(by=user, pupil=pupil, tie=tie, relation=form.cleaned_data["relation"], fields=fields)


def _own_tie(request: HttpRequest, pk: int) -> tuple[User, Pupil, Guardianship]:
    user, tie = edited_about_pupil(request, Guardianship.objects.select_related("guardian", "pupil__school"), pk)
    return user, tie.pupil, tie


@form_view
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a guardian; for all children of theirs."""
    user, pupil, tie = _own_tie(request, pk)
    form = GuardianForm(sent(request), instance=tie.guardian, initial={"relation": tie.relation})
    others = tie.guardian.pupils.exclude(pk=pupil.pk)
    meta = f"изменится и у детей: {', '.join(one.list_name for one in others)}" if others else ""
    page = FormPage(tie.guardian.full_name, _up(pupil), meta=meta)
    return answer_form(request, page, form, lambda: _save(user, pupil, form, tie))


@require_POST
def guardian_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is no longer this pupil's guardian."""
    user, pupil, tie = _own_tie(request, pk)
    return answer_deed(request, lambda: guardian_detach(by=user, tie=tie), "Представитель убран.", _up(pupil)[1])


@form_view
def guardian_known(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian whom the school knows already: a brother's or sister's parent."""
    user, pupil = edited_pupil(request, pk)
    text = asked(request, "text", pupil.last_name[:5])
    form = ShareGuardianForm(sent(request), found=guardians_like(pupil, text))
    page = FormPage(
        "Представитель из школьного списка",
        _up(pupil),
        "Добавить",
        template="school/guardian_known.html",
        more={"text": text},
    )

    def save() -> None:
        guardian_share(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


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

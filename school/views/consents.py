"""Consents: a pupil's, each of them, and who of a class lacks one."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.access import classes_for, pupils_for
from school.forms.consents import ConsentForm, NewConsentForm, WithdrawForm
from school.models import Consent, Pupil, User
from school.permissions import can_keep_consents, can_see_social_passport
from school.purposes import TERMS, Purpose
from school.selectors_consents import consent_rows, consents_of, pupils_for_consents
from school.services.consents import consent_correct, consent_delete, consent_record, consent_withdraw
from school.views.base import FormPage, answer_deed, answer_form, asked, pupil_for, reader, sent
from school.views.outdated import form_view

_PER_PAGE = 50
KEEPERS_ONLY = "Согласия ведут администрация, социально-психологическая служба и классный руководитель."


@require_GET
def consent_list(request: HttpRequest) -> HttpResponse:
    """By class: who has given which consent, and who lacks it."""
    user, _ = reader(request)
    if not can_see_social_passport(user):
        raise PermissionDenied(KEEPERS_ONLY)
    chosen, missing = asked(request, "class"), asked(request, "missing")
    missing = missing if missing in Purpose.values else ""
    page = Paginator(pupils_for_consents(user, school_class=chosen, missing=missing), _PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    told = {
        "page": shown,
        "rows": consent_rows(user, list(shown)),
        "purposes": [(purpose, TERMS[purpose].short) for purpose in Purpose],
        "classes": classes_for(user),
        "class": chosen,
        "missing": missing,
        "filtered": bool(chosen or missing),
    }
    return render(request, "school/consent_list.html", told)


def _kept_pupil(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    return pupil_for(request, pk, can_keep_consents, KEEPERS_ONLY)


def _kept(request: HttpRequest, pk: int) -> tuple[User, Consent]:
    user, _ = reader(request)
    rows = Consent.objects.select_related("pupil__school", "guardian")
    row = get_object_or_404(rows.filter(pupil__in=pupils_for(user).order_by()), pk=pk)
    if not can_keep_consents(user, row.pupil):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, row


def _up(pupil: Pupil) -> tuple[str, str]:
    return f"Согласия: {pupil.full_name}", reverse("school:pupil_consents", args=[pupil.pk])


@require_GET
def pupil_consents(request: HttpRequest, pk: int) -> HttpResponse:
    """What the pupil's guardians have consented to, and what was before."""
    _, pupil = _kept_pupil(request, pk)
    lines = consents_of(pupil, pupil.school.today())
    told = {"pupil": pupil, "lines": lines, "guardians": pupil.guardianships.exists()}
    return render(request, "school/pupil_consents.html", told)


@form_view
def consent_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a signed paper; `?purpose=health` chooses what for."""
    user, pupil = _kept_pupil(request, pk)
    form = NewConsentForm(sent(request), pupil=pupil, initial={"purpose": asked(request, "purpose")})
    page = FormPage("Записать согласие", _up(pupil), "Записать", "Согласие записано.")

    def save() -> None:
        consent_record(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was read wrong from the paper."""
    user, row = _kept(request, pk)
    form = ConsentForm(sent(request), pupil=row.pupil, consent=row)
    page = FormPage("Исправить согласие", _up(row.pupil), meta=row.get_purpose_display())

    def save() -> None:
        consent_correct(by=user, consent=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The guardian takes the consent back."""
    user, row = _kept(request, pk)
    form = WithdrawForm(sent(request), initial={"withdrawn_on": row.pupil.school.today()})
    page = FormPage(
        "Отозвать согласие",
        _up(row.pupil),
        "Отозвать",
        "Отзыв записан.",
        meta=f"{row.get_purpose_display()}, {row.signer}",
    )

    def save() -> None:
        consent_withdraw(by=user, consent=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def consent_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It was recorded by mistake."""
    user, row = _kept(request, pk)
    back = _up(row.pupil)[1]
    return answer_deed(request, lambda: consent_delete(by=user, consent=row), "Запись о согласии удалена.", back)

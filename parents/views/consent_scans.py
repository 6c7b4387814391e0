"""Scans of consents: attaching, taking back. They are opened as files, past the log."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from parents.forms_consents import ScanForm
from parents.services.consent_scans import scan_attach, scan_take_back
from school.access import pupils_for
from school.models import Consent, User
from school.permissions import can_keep_consents
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.consents import KEEPERS_ONLY
from school.views.outdated import form_view


def _kept(request: HttpRequest, pk: int) -> tuple[User, Consent]:
    user, _ = reader(request)
    rows = Consent.objects.select_related("pupil__school", "guardian")
    row = get_object_or_404(rows.filter(pupil__in=pupils_for(user).order_by()), pk=pk)
    if not can_keep_consents(user, row.pupil):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, row


def _up(row: Consent) -> tuple[str, str]:
    return f"Согласия: {row.pupil.full_name}", reverse("school:pupil_consents", args=[row.pupil_id])


@form_view
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the signed paper; one that stands already is replaced."""
    user, row = _kept(request, pk)
    form = ScanForm(sent(request), request.FILES or None)
    meta = f"{row.get_purpose_display()}, {row.signer}"
    page = FormPage("Скан согласия", _up(row), "Приложить", "Скан приложен.", meta=meta)

    def save() -> None:
        scan_attach(by=user, consent=row, content=form.cleaned_data["file"])

    return answer_form(request, page, form, save)


@require_POST
def scan_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the scan back with its file."""
    user, row = _kept(request, pk)
    return answer_deed(request, lambda: scan_take_back(by=user, consent=row), "Скан убран.", _up(row)[1])

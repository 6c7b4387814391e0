"""Causes of one entry: what stands, what was taken back; adding, correcting, taking back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common.errors import Refused
from common.russian import counted
from risk_registry.forms import CauseForm, CausesForm, DismissForm
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.permissions import can_write_causes
from risk_registry.selectors.causes import cause_to_correct, causes_page
from risk_registry.selectors.registry import OUT
from risk_registry.services.causes import cause_correct, cause_withdraw, causes_add
from risk_registry.views.registry import reader
from school.models import User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view

_WRITERS = "Причины записывают классный руководитель, психолог, социальный педагог и заместитель директора."


@form_view
def entry_causes(request: HttpRequest, pk: int) -> HttpResponse:
    """All causes of an entry that the person may see; a form for those who establish them."""
    user = reader(request)
    rows = RegistryEntry.objects.visible_to(user).select_related("pupil", "period__year", "school", "school_class")
    entry = get_object_or_404(rows, pk=pk)
    form = CausesForm(sent(request), today=entry.school.today(), needed=True)
    if request.method == "POST":
        if not can_write_causes(user, {entry.pupil_id}):
            raise PermissionDenied(_WRITERS)
        if form.is_valid() and _add(request, user, entry, form):
            return redirect("registry:causes", pk=entry.pk)
    told = {"entry": entry, "page": causes_page(user, entry), "form": form, "out": entry.state in OUT}
    return render(request, "risk_registry/causes.html", told, status=422 if form.errors else 200)


def _add(request: HttpRequest, user: User, entry: RegistryEntry, form: CausesForm) -> bool:
    try:
        added = causes_add(by=user, entries=[entry], codes=form.codes, told=form.established)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    stood = len(form.codes) - added
    words = [counted(added, "причина записана", "причины записаны", "причин записано")] if added else []
    words += [counted(stood, "уже стояла", "уже стояли", "уже стояли")] if stood else []
    messages.success(request, f"{', '.join(words)}.")
    return True


@form_view
def cause_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another cause, or other words, in the place of one that stands."""
    user, cause = _written(request, pk)
    initial = {"code": cause.code, "how": cause.how, "on": cause.on, "note": cause.note}
    form = CauseForm(sent(request), initial=initial)
    page = _page(cause, "Исправить причину", "Прежняя останется в истории записи.", "Причина исправлена.")
    return answer_form(request, page, form, lambda: _correct(user, cause, form))


def _correct(user: User, cause: EntryCause, form: CauseForm) -> None:
    cause_correct(by=user, cause=cause, code=form.cleaned_data["code"], told=form.established)


@form_view
def cause_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking a cause back, with the reason."""
    user, cause = _written(request, pk)
    form = DismissForm(sent(request))
    form.fields["reason"].label, form.fields["reason"].help_text = "Почему причина снимается", ""
    page = _page(cause, "Снять причину", "Она останется в истории записи.", "Причина снята.", "Снять")
    return answer_form(
        request, page, form, lambda: cause_withdraw(by=user, cause=cause, why=form.cleaned_data["reason"])
    )


def _page(cause: EntryCause, heading: str, meta: str, done: str, button: str = "Сохранить") -> FormPage:
    up = (f"Причины: {cause.entry.pupil.list_name}", reverse("registry:causes", args=[cause.entry_id]))
    return FormPage(heading, up, button, done, meta)


def _written(request: HttpRequest, pk: int) -> tuple[User, EntryCause]:
    """A cause of a visible pupil; 403 for whoever establishes none."""
    user = reader(request)
    if not EntryCause.objects.visible_to(user).filter(pk=pk).exists():
        raise Http404
    cause = cause_to_correct(user, pk)
    if cause is None:
        raise PermissionDenied(_WRITERS)
    return user, cause

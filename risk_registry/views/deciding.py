"""Deeds with one entry that ask for words: returning it, removing it, correcting its category."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from risk_registry.categories import Category
from risk_registry.forms import CommentForm, CorrectionForm, RemovalForm
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_do
from risk_registry.selectors.including import subjects_of
from risk_registry.selectors.registry import subject_names
from risk_registry.services.registry import entry_correct
from risk_registry.views.registry import back_to_list, decide, reader, said
from risk_registry.workflow import Deed
from school.models import User

_DEPUTYS = "Реестр утверждает заместитель директора."


def _entry(request: HttpRequest, pk: int, what: Deed) -> tuple[User, RegistryEntry]:
    """An entry of a visible pupil; 403 where the deed is not this person's."""
    user = reader(request)
    rows = RegistryEntry.objects.visible_to(user).select_related("pupil", "school_class", "period")
    entry = get_object_or_404(rows, pk=pk)
    if not can_do(user, what, [entry]):
        raise PermissionDenied(_DEPUTYS)
    return user, entry


@require_http_methods(["GET", "POST"])
def entry_reason(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A deed that needs a reason: returning an entry, removing it."""
    if what not in (Deed.RETURN, Deed.REMOVE):
        raise Http404
    user, entry = _entry(request, pk, Deed(what))
    return _return(request, user, entry) if what == Deed.RETURN else _remove(request, user, entry)


def _return(request: HttpRequest, user: User, entry: RegistryEntry) -> HttpResponse:
    form = CommentForm(request.POST or None, label="Что исправить", initial={"version": entry.version})

    def save(told: dict[str, Any]) -> str:
        decide(user, Deed.RETURN, {entry.pk: told["version"]}, told["comment"])
        return said(Deed.RETURN, 1)

    return _answer(request, entry, form, ("Вернуть с замечанием", "Вернуть"), save)


def _remove(request: HttpRequest, user: User, entry: RegistryEntry) -> HttpResponse:
    form = RemovalForm(request.POST or None, label="Подробнее", initial={"version": entry.version})

    def save(told: dict[str, Any]) -> str:
        decide(user, Deed.REMOVE, {entry.pk: told["version"]}, told["comment"], grounds=told["grounds"])
        return said(Deed.REMOVE, 1)

    return _answer(request, entry, form, ("Исключить из реестра", "Исключить"), save)


@require_http_methods(["GET", "POST"])
def entry_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Another category or other subjects than the marks say, with a reason."""
    user, entry = _entry(request, pk, Deed.CORRECT)
    standing = {"version": entry.version, "category": entry.category, "subjects": entry.subjects}
    form = CorrectionForm(request.POST or None, subjects=_subjects(entry), initial=standing)

    def save(told: dict[str, Any]) -> str:
        entry_correct(
            by=user,
            entry=entry,
            version=told["version"],
            category=Category(told["category"]),
            subjects=told["subjects"],
            reason=told["reason"],
        )
        return "категория исправлена, за отметками запись больше не следует."

    return _answer(request, entry, form, ("Исправить категорию", "Исправить"), save)


def _subjects(entry: RegistryEntry) -> list[tuple[int, str]]:
    """What the class is taught, and what stands in the entry already."""
    taught = {subject.pk for subject in subjects_of(entry.school_class)} | set(entry.subjects)
    return [(key, name) for key, name in subject_names(entry.school_id).items() if key in taught]


def _answer(
    request: HttpRequest,
    entry: RegistryEntry,
    form: Form,
    words: tuple[str, str],
    save: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Show the form, or do what it was sent for and go back to the list as it was filtered."""
    heading, button = words
    if request.method == "POST" and form.is_valid():
        try:
            told = save(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{entry.pupil.list_name}: {told}")
            return redirect(back_to_list(request))
    page = {"heading": f"{heading}: {entry.pupil.list_name}", "up": ("Реестр", back_to_list(request)), "button": button}
    return render(request, "school/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)

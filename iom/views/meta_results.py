"""Metasubject results of pupils: several at once, corrected, taken back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from iom.forms_achievements import MetaForm, MetasForm
from iom.models import MetaResult
from iom.permissions_programs import can_change_fact
from iom.permissions_progress import can_write_meta
from iom.services.pupil_facts import meta_add, meta_change
from iom.services.removing import fact_remove
from iom.views.choosing import choose_class, chosen_pupils
from iom.views.progress import sheet_reader
from risk_registry.forms_interviews import WhyForm
from school.models import Pupil, User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


def _up(pupil: Pupil | None = None) -> tuple[str, str]:
    if pupil is None:
        return "Листы продвижения", reverse("progress:list")
    return f"Лист продвижения: {pupil.short_name}", reverse("progress:pupil", args=[pupil.pk])


@form_view
def meta_new(request: HttpRequest) -> HttpResponse:
    """Write a result down for pupils of a class; `?cls=`, or `?pupil=` for one."""
    user, school = sheet_reader(request)
    if not can_write_meta(user):
        raise PermissionDenied("Метапредметные результаты записывают те, кто работает с учениками.")
    chosen = chosen_pupils(request, user)
    heading = "Метапредметный результат"
    if chosen is None:
        return choose_class(request, user, heading, _up())
    initial = {"on": school.today(), "pupils": [chosen.pupil.pk] if chosen.pupil else []}
    form = MetasForm(sent(request), pupils=chosen.pupils.select_related("school"), initial=initial)
    meta = f"{chosen.school_class} класс"

    def save() -> None:
        meta_add(by=user, pupils=list(form.cleaned_data["pupils"]), meta=form.meta())

    return answer_form(request, FormPage(heading, _up(chosen.pupil), "Записать", "Записано.", meta=meta), form, save)


def _changed(request: HttpRequest, pk: int) -> tuple[User, MetaResult]:
    user, _ = sheet_reader(request)
    rows = MetaResult.objects.visible_to(user).filter(removed_at__isnull=True)
    found = get_object_or_404(rows.select_related("pupil", "school"), pk=pk)
    if not can_change_fact(user, found):
        raise PermissionDenied("Запись исправляют тот, кто её сделал, классный руководитель и заместитель директора.")
    return user, found


@form_view
def meta_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written."""
    user, found = _changed(request, pk)
    names = ("area", "level", "on", "what", "how")
    form = MetaForm(sent(request), initial={name: getattr(found, name) for name in names})

    def save() -> None:
        meta_change(by=user, result=found, meta=form.meta())

    return answer_form(request, FormPage("Исправить результат", _up(found.pupil)), form, save)


@form_view
def meta_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a result back, with the reason."""
    user, found = _changed(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        fact_remove(by=user, row=found, why=form.cleaned_data["why"])

    return answer_form(request, FormPage("Отозвать результат", _up(found.pupil), "Отозвать"), form, save)

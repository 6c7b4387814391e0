"""The subject teacher's page: which of my pupils are in the registry, and how I mean to work with them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Refused
from common.look import Chip
from common.russian import counted
from risk_registry.forms import WorkFormForm
from risk_registry.models import RegistryEntry, WorkForm
from risk_registry.permissions import can_plan_work
from risk_registry.selectors.lists import period_choice
from risk_registry.selectors.work import entries_taught, own_phrases, taught_by, taught_entries, taught_rows
from risk_registry.services.work import entries_look, work_add, work_withdraw
from risk_registry.views.registry import reader
from school.models import Subject, User
from school.views.base import sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50


@form_view
def work_page(request: HttpRequest) -> HttpResponse:
    """Entries of the pupils whom the person teaches; a POST adds a form of work to the chosen or notes them as seen."""
    user = _teacher(request)
    choice = period_choice(user, whole_number(request.GET.get("period")))
    if choice.period is None:
        return render(request, "risk_registry/work.html", {"period": None})
    taught = taught_by(user)
    form = WorkFormForm(sent(request), subjects=list(taught.subjects.items()))
    if request.method == "POST" and _save(request, user, form):
        return redirect(f"{reverse('registry:work')}?{request.GET.urlencode()}")
    chosen = whole_number(request.GET.get("cls"))
    entries = taught_entries(user, choice.period, chosen)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "period": choice.period,
        "page": page,
        "rows": taught_rows(user, list(page.object_list), taught),
        "form": form,
        "phrases": own_phrases(user),
        "chips": _chips(choice.period.pk, taught.classes, chosen),
        "picked": set(request.POST.getlist("pick")),
    }
    return render(request, "risk_registry/work.html", told, status=422 if request.method == "POST" else 200)


def _teacher(request: HttpRequest) -> User:
    user = reader(request)
    if not can_plan_work(user):
        raise PermissionDenied("Эта страница для тех, кто ведёт предмет.")
    return user


def _chips(period: int, classes: Any, chosen: int | None) -> list[Chip]:
    told = [Chip("Все классы", f"?period={period}", chosen is None)]
    return [*told, *(Chip(name, f"?period={period}&cls={key}", key == chosen) for key, name in classes.items())]


def _save(request: HttpRequest, user: User, form: WorkFormForm) -> bool:
    entries = _chosen(request, user)
    if not entries:
        form.add_error(None, "Отметьте учеников в списке.")
        return False
    if request.POST.get("what") == "seen":
        entries_look(by=user, entries=entries)
        messages.success(request, f"Просмотрено: {counted(len(entries), 'запись', 'записи', 'записей')}.")
        return True
    if not form.is_valid():
        return False
    subject = Subject.objects.filter(school=user.school, pk=form.cleaned_data["subject"]).first()
    try:
        work_add(by=user, entries=entries, text=form.cleaned_data["text"], subject=subject)
    except Refused as refusal:
        form.add_error(None, [refusal.message, *refusal.details])
        return False
    messages.success(request, f"Форма работы записана: {counted(len(entries), 'ученик', 'ученика', 'учеников')}.")
    return True


def _chosen(request: HttpRequest, user: User) -> list[RegistryEntry]:
    """404 when somebody else's pupil is among them."""
    keys = {whole_number(pick) for pick in request.POST.getlist("pick")}
    found = entries_taught(user, [key for key in keys if key is not None])
    if len(found) != len(keys):
        raise Http404
    return found


@require_POST
def work_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own words."""
    user = _teacher(request)
    work = get_object_or_404(WorkForm.objects.visible_to(user).select_related("school", "entry"), pk=pk)
    if work.by_id != user.pk:
        raise PermissionDenied("Снять может тот, кто записал.")
    work_withdraw(by=user, work=work)
    messages.success(request, "Запись снята.")
    return redirect(f"{reverse('registry:work')}?period={work.entry.period_id}")

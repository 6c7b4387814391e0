"""A class teacher agrees to entries of the own class, one or many at once, with their causes: made for a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.errors import Refused
from common.russian import counted
from risk_registry.forms import CausesForm
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_agree, can_do
from risk_registry.selectors.agreeing import entries_to_agree
from risk_registry.selectors.lists import period_choice
from risk_registry.selectors.registry import RegistryRow, registry_rows, subject_names
from risk_registry.services.causes import entries_agree
from risk_registry.views.registry import reader
from risk_registry.workflow import Deed
from school.models import Period, User
from school.views.base import sent
from school.views.filtering import whole_number
from school.views.outdated import form_view


@dataclass(frozen=True)
class AgreeLine:
    """An entry that waits, with its box."""

    row: RegistryRow
    pick: str
    picked: bool


@form_view
def agree_page(request: HttpRequest) -> HttpResponse:
    """What waits in the own classes; `?pick=5:3` chooses some beforehand."""
    user = reader(request)
    if not can_agree(user):
        raise PermissionDenied("Записи своего класса согласует классный руководитель.")
    period = _period(request, user)
    if period is None:
        return render(request, "risk_registry/agree.html", {"period": None})
    waiting = entries_to_agree(user, period)
    form = CausesForm(sent(request), today=period.year.school.today(), needed=False)
    picks = request.POST.getlist("pick") if request.method == "POST" else request.GET.getlist("pick")
    if request.method == "POST" and form.is_valid() and _agree(request, user, form, picks):
        return redirect(f"{reverse('registry:agree')}?period={period.pk}")
    rows = registry_rows(user, waiting, subject_names(period.year.school_id))
    told = {"period": period, "lines": _lines(rows, picks), "form": form}
    return render(request, "risk_registry/agree.html", told, status=422 if request.method == "POST" else 200)


def _period(request: HttpRequest, user: User) -> Period | None:
    """The period that is asked for, or that of the chosen entries."""
    keys = [whole_number(pick.partition(":")[0]) for pick in request.GET.getlist("pick")]
    chosen = RegistryEntry.objects.visible_to(user).filter(pk__in=[key for key in keys if key is not None])
    key = whole_number(request.GET.get("period")) or chosen.values_list("period", flat=True).first()
    return period_choice(user, key).period


def _lines(rows: Iterable[RegistryRow], picks: Sequence[str]) -> list[AgreeLine]:
    chosen = {pick.partition(":")[0] for pick in picks}
    return [
        AgreeLine(row, f"{row.entry.pk}:{row.entry.version}", not picks or str(row.entry.pk) in chosen) for row in rows
    ]


def _agree(request: HttpRequest, user: User, form: CausesForm, picks: Sequence[str]) -> bool:
    versions = _versions(picks)
    if not versions:
        form.add_error(None, "Отметьте записи, которые согласуете.")
        return False
    entries = list(RegistryEntry.objects.visible_to(user).filter(pk__in=versions))
    if len(entries) != len(versions):
        raise Http404
    if not can_do(user, Deed.AGREE, entries):
        raise PermissionDenied("Записи согласует классный руководитель этого класса.")
    try:
        done = entries_agree(by=user, versions=versions, codes=form.codes, told=form.established)
    except Refused as refusal:
        form.add_error(None, [refusal.message, *refusal.details])
        return False
    messages.success(
        request, f"{counted(len(done), 'запись согласована', 'записи согласованы', 'записей согласовано')}."
    )
    return True


def _versions(picks: Sequence[str]) -> dict[int, int]:
    versions = {}
    for pick in picks:
        key, _, version = pick.partition(":")
        told = whole_number(key), whole_number(version)
        if told[0] is None or told[1] is None:
            raise Http404
        versions[told[0]] = told[1]
    return versions

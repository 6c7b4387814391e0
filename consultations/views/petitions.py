"""Petitions to councils: who asks about whom, and what became of it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from common.look import Chip
from consultations.councils import CouncilKind, Initiator, PetitionState
from consultations.forms_council_outcomes import PetitionForm
from consultations.models import Petition
from consultations.permissions_councils import can_change_petition, can_decline_petition, can_petition
from consultations.selectors.councils import kinds_to_ask
from consultations.selectors.petitions import petition_facts, petition_words
from consultations.services.petitions import (
    petition_change,
    petition_decline,
    petition_send,
    petition_withdraw,
)
from consultations.views.councils import council_reader
from consultations.views.opening import openable
from consultations.views.picking import PickPage, consented, pick
from risk_registry.forms_interviews import WhyForm
from school.access import pupils_for
from school.models import User
from school.permissions import can_keep_consents, leads_class_of
from school.selectors import current_year
from school.views.base import FormPage, answer_form, asked, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50
LIST = "Ходатайства"
_WRITERS = "Ходатайство меняет тот, кто его подал, и те, кто ведёт этот совет."


def seen_petition(request: HttpRequest, pk: int) -> tuple[User, Petition]:
    """404 for a petition that is not the person's to read."""
    user = council_reader(request)
    rows = Petition.objects.visible_to(user).select_related("school", "pupil", "by__staff", "year")
    return user, get_object_or_404(rows, pk=pk)


def _address(petition: Petition) -> str:
    return reverse("councils:petition", args=[petition.pk])


@require_GET
def petitions_page(request: HttpRequest) -> HttpResponse:
    """The petitions that the person may read: of this year, the newest first."""
    user = council_reader(request)
    year = current_year(user.school) if user.school is not None else None
    state = asked(request, "state")
    rows = Petition.objects.visible_to(user).filter(year=year).select_related("pupil", "by__staff")
    chosen = rows.filter(state=state) if state in PetitionState.codes() else rows
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("councils:petitions")
    chips = [Chip("Все", here, not state)]
    chips += [Chip(one.label, f"{here}?state={one.value}", one == state) for one in PetitionState]
    shown = {"page": page, "rows": page.object_list, "chips": chips, "state": state, "petitions": can_petition(user)}
    return render(request, "consultations/petitions.html", shown)


@sensitive_post_parameters()
@form_view
def petition_new(request: HttpRequest) -> HttpResponse:
    """Ask a council about `?pupil=`; without one, find the pupil first."""
    user = council_reader(request)
    if not can_petition(user):
        raise PermissionDenied("Ходатайства подают те, кто работает с обучающимися.")
    base = reverse("councils:petition_new")
    up = (LIST, reverse("councils:petitions"))
    if not request.GET.get("pupil"):
        told = "Покажем тех, кого вы видите."
        return pick(request, user, PickPage("Ходатайство: о ком", up, lambda one: f"{base}?pupil={one.pk}", told))
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=whole_number(request.GET["pupil"]))
    year = current_year(pupil.school)
    kinds = kinds_to_ask(user, year) if year is not None else []
    kind = asked(request, "kind")
    leads = leads_class_of(user, pupil)
    first = {
        "on": pupil.school.today(),
        "kind": kind,
        "initiator": Initiator.CLASS_TEACHER if leads else Initiator.TEACHER,
    }
    form = PetitionForm(sent(request), kinds=kinds, initial=first)
    warning = "" if kinds else "В этом году ещё нет ни одного совета: их создают директор и заместитель директора."
    page = FormPage(f"Ходатайство: {pupil.full_name}", up, "Подать", "Ходатайство подано.", warning=warning)

    def save() -> str:
        kind = CouncilKind(form.cleaned_data["kind"])
        return _address(petition_send(by=user, pupil=pupil, kind=kind, asked=form.asked()))

    return answer_form(request, page, form, save)


@sensitive_post_parameters()
@require_GET
def petition_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One petition with what the system knows of the pupil."""
    user, petition = seen_petition(request, pk)
    waits = petition.state == PetitionState.SENT
    seen, tried = petition_words(user, petition)
    shown = {
        "petition": petition,
        "opens": openable(user, [petition.pupil_id]),
        "seen": seen,
        "tried": tried,
        "facts": petition_facts(user, petition.pupil),
        "edits": petition.state in (PetitionState.SENT, PetitionState.ON_AGENDA)
        and can_change_petition(user, petition),
        "withdraws": waits and petition.by_id == user.pk,
        "declines": waits and can_decline_petition(user, petition),
        "ppk": petition.kind == CouncilKind.PPK,
        "consent": consented(petition.pupil, petition.school.today()),
        "keeps": can_keep_consents(user, petition.pupil),
        "questions": petition.questions.select_related("sitting__council"),
    }
    return render(request, "consultations/petition.html", shown)


def _changed(request: HttpRequest, pk: int) -> tuple[User, Petition]:
    user, petition = seen_petition(request, pk)
    if not can_change_petition(user, petition):
        raise PermissionDenied(_WRITERS)
    return user, petition


def _page(heading: str, petition: Petition, button: str) -> FormPage:
    up = (petition.pupil.list_name, _address(petition))
    return FormPage(heading, up, button, "Записано.", meta=petition.get_kind_display())


@sensitive_post_parameters()
@form_view
def petition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a petition."""
    user, petition = _changed(request, pk)
    words = petition_words(user, petition)
    kinds = [(petition.kind, petition.get_kind_display())]
    form = PetitionForm(sent(request), kinds=kinds, petition=petition, words=words)

    def save() -> None:
        petition_change(by=user, petition=petition, asked=form.asked())

    return answer_form(request, _page("Исправить ходатайство", petition, "Сохранить"), form, save)


@form_view
def petition_withdrawing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a petition back."""
    user, petition = seen_petition(request, pk)
    if petition.by_id != user.pk:
        raise PermissionDenied("Отозвать ходатайство может тот, кто его подал.")
    form = WhyForm(sent(request))

    def save() -> None:
        petition_withdraw(by=user, petition=petition, why=form.cleaned_data["why"][:300])

    return answer_form(request, _page("Отозвать ходатайство", petition, "Отозвать"), form, save)


@form_view
def petition_declining(request: HttpRequest, pk: int) -> HttpResponse:
    """The council will not consider it."""
    user, petition = seen_petition(request, pk)
    if not can_decline_petition(user, petition):
        raise PermissionDenied("Отклоняют ходатайство те, кто ведёт этот совет.")
    form = WhyForm(sent(request))

    def save() -> None:
        petition_decline(by=user, petition=petition, why=form.cleaned_data["why"][:300])

    return answer_form(request, _page("Отклонить ходатайство", petition, "Отклонить"), form, save)

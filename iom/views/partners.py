"""Partners of the network, with their agreements and terms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from iom.forms_programs import AgreementForm, PartnerForm
from iom.models import NetworkPartner, PartnerAgreement
from iom.permissions_programs import can_keep_programs
from iom.selectors.programs import partner_rows
from iom.services.programs import agreement_keep, partner_keep, partner_remove
from iom.services.removing import fact_remove
from iom.views.programs import program_keeper, program_reader, tabs_of
from risk_registry.forms_interviews import WhyForm
from school.models import User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view


@require_GET
def partners_page(request: HttpRequest) -> HttpResponse:
    """Partners by name; `?soon=1` those whose agreement ends."""
    user, school = program_reader(request)
    rows = partner_rows(user, school.today())
    soon = [row for row in rows if any(one.soon for one in row.agreements)]
    shown = {
        "tabs": tabs_of("partners"),
        "rows": soon if request.GET.get("soon") else rows,
        "soon": len(soon),
        "only": bool(request.GET.get("soon")),
        "keeps": can_keep_programs(user),
    }
    return render(request, "iom/partners.html", shown)


def _page(heading: str, meta: str = "") -> FormPage:
    return FormPage(heading, ("Партнёры", reverse("programs:partners")), done="Записано.", meta=meta)


def _partner(request: HttpRequest, pk: int) -> tuple[User, NetworkPartner]:
    user, school = program_keeper(request)
    rows = NetworkPartner.objects.filter(school=school, removed_at__isnull=True)
    return user, get_object_or_404(rows.select_related("school"), pk=pk)


def _agreement(request: HttpRequest, pk: int) -> tuple[User, PartnerAgreement]:
    user, school = program_keeper(request)
    rows = PartnerAgreement.objects.filter(school=school, removed_at__isnull=True, partner__removed_at__isnull=True)
    return user, get_object_or_404(rows.select_related("partner__school", "school"), pk=pk)


@form_view
def partner_new(request: HttpRequest) -> HttpResponse:
    """Write a partner down."""
    user, school = program_keeper(request)
    form = PartnerForm(sent(request))

    def save() -> None:
        partner_keep(by=user, school=school, **form.cleaned_data)

    return answer_form(request, _page("Новый партнёр"), form, save)


@form_view
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a partner."""
    user, partner = _partner(request, pk)
    form = PartnerForm(sent(request), initial={"name": partner.name, "gives": partner.gives})

    def save() -> None:
        partner_keep(by=user, school=partner.school, partner=partner, **form.cleaned_data)

    return answer_form(request, _page("Исправить партнёра", partner.name), form, save)


@form_view
def partner_removing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a partner back, with the reason."""
    user, partner = _partner(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        partner_remove(by=user, partner=partner, why=form.cleaned_data["why"])

    return answer_form(request, _page("Отозвать партнёра", partner.name), form, save)


@form_view
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an agreement down."""
    user, partner = _partner(request, pk)
    today = partner.school.today()
    form = AgreementForm(sent(request), initial={"signed_on": today, "starts": today})

    def save() -> None:
        agreement_keep(by=user, partner=partner, draft=form.draft())

    return answer_form(request, _page("Новый договор", partner.name), form, save)


@form_view
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an agreement."""
    user, found = _agreement(request, pk)
    names = ("number", "signed_on", "starts", "ends", "about")
    form = AgreementForm(sent(request), initial={name: getattr(found, name) for name in names})

    def save() -> None:
        agreement_keep(by=user, partner=found.partner, agreement=found, draft=form.draft())

    return answer_form(request, _page("Исправить договор", f"{found.partner}: {found}"), form, save)


@form_view
def agreement_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an agreement back, with the reason."""
    user, found = _agreement(request, pk)
    form = WhyForm(sent(request))

    def save() -> None:
        fact_remove(by=user, row=found, why=form.cleaned_data["why"])

    return answer_form(request, _page("Отозвать договор", f"{found.partner}: {found}"), form, save)

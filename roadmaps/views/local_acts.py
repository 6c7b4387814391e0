"""The register of local acts: what there is, what the sources ask for, one act, its files, drafts."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from common.russian import counted
from documents.services.reports import report_job_request
from iom.models import PartnerAgreement
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from roadmaps.act_words import ActDeed
from roadmaps.act_workflow import ACT, EDITABLE
from roadmaps.forms_acts import (
    ActFileForm,
    ActFilterForm,
    ActForm,
    ApproveActForm,
    EnactForm,
    GroundsForm,
    WithdrawForm,
)
from roadmaps.models import LocalAct, LocalActFile
from roadmaps.permissions_acts import can_keep_acts, can_see_acts
from roadmaps.registration_acts import DRAFT
from roadmaps.reports.act_drafts import REGISTRY_ORDER, draft_codes
from roadmaps.rules.demanded import BY_CODE
from roadmaps.selectors.local_acts import acts, acts_overview
from roadmaps.services.local_acts import (
    act_edit,
    act_enter,
    act_file_add,
    act_file_withdraw,
    act_step,
    agreement_mark,
)
from school.models import School, User
from school.selectors import current_year_of
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import chips_of, whole_number
from school.views.outdated import form_view

UP = "Локальные акты"
_LABELS = {"text": "Название", "kind": "Вид", "stage": "Состояние"}
_HEADINGS = {
    ActDeed.ADOPT: ("Принять", "Принят"),
    ActDeed.APPROVE: ("Утвердить", "Утверждён"),
    ActDeed.ENACT: ("Ввести в действие", "Действует"),
    ActDeed.REPEAL: ("Отметить утратившим силу", "Утратил силу"),
    ActDeed.RETURN: ("Вернуть в проект", "Вернуть"),
}


def acts_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_acts(user):
        raise PermissionDenied("Реестр локальных актов видят сотрудники школы.")
    return user, school


def acts_keeper(request: HttpRequest) -> tuple[User, School]:
    """The deputy and the director."""
    user, school = acts_reader(request)
    if not can_keep_acts(user):
        raise PermissionDenied("Реестр локальных актов ведут заместитель директора и директор.")
    return user, school


def seen_act(request: HttpRequest, pk: int) -> tuple[User, LocalAct]:
    """An act of the person's school."""
    user, _ = acts_reader(request)
    return user, get_object_or_404(LocalAct.objects.visible_to(user).select_related("school"), pk=pk)


def kept_act(request: HttpRequest, pk: int) -> tuple[User, LocalAct]:
    """The same for whoever keeps the register."""
    user, row = seen_act(request, pk)
    acts_keeper(request)
    return user, row


def up_to(row: LocalAct) -> tuple[str, str]:
    """Where the pages of an act belong."""
    return row.title, reverse("acts:act", args=[row.pk])


def _tabs(current: str) -> list[Tab]:
    pages = (("Реестр", "list"), ("Что требуется", "demands"))
    return [Tab(title, reverse(f"acts:{name}"), name == current) for title, name in pages]


@require_GET
def act_list(request: HttpRequest) -> HttpResponse:
    """The register, filtered."""
    user, school = acts_reader(request)
    form = ActFilterForm(request.GET)
    chosen = form.chosen()
    rows = acts(
        user, kind=str(chosen.get("kind", "")), state=str(chosen.get("stage", "")), text=str(chosen.get("text", ""))
    )
    found = rows.count()
    told = {
        "page": CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page")),
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "акт", "акта", "актов"),
        "today": school.today(),
        "tabs": _tabs("list"),
        "keeps": can_keep_acts(user),
    }
    return render(request, "roadmaps/acts/list.html", told)


@require_GET
def demand_list(request: HttpRequest) -> HttpResponse:
    """What the sources ask for with what there is; agreements; the indicators that follow."""
    user, school = acts_reader(request)
    told = {
        "overview": acts_overview(school, current_year_of(user), school.today()),
        "tabs": _tabs("demands"),
        "keeps": can_keep_acts(user),
        "drafts": draft_codes(),
        "registry_order": REGISTRY_ORDER,
    }
    return render(request, "roadmaps/acts/demands.html", told)


@require_GET
def act_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: what it is, its files, what was done with it."""
    user, row = seen_act(request, pk)
    keeps = can_keep_acts(user)
    told = {
        "act": row,
        "demand": BY_CODE.get(row.answers),
        "files": row.files.filter(withdrawn_at__isnull=True).select_related("by__staff"),
        "steps": row.steps.select_related("by__staff"),
        "deeds": [(what, _HEADINGS[ActDeed(what)][0]) for what in ACT.deeds(row.state)] if keeps else [],
        "keeps": keeps,
        "editable": keeps and row.state in EDITABLE,
        "expired": row.ends is not None and row.ends < row.school.today(),
        "draft": row.answers if keeps and row.answers in draft_codes() else "",
    }
    return render(request, "roadmaps/acts/act.html", told)


@form_view
def act_new(request: HttpRequest) -> HttpResponse:
    """Enter an act; `?answers=` begins with what is demanded."""
    user, school = acts_keeper(request)
    demand = BY_CODE.get(request.GET.get("answers", ""))
    begins = {"kind": demand.kind, "title": demand.title, "answers": demand.code} if demand is not None else {}
    form = ActForm(sent(request), initial=begins)
    page = FormPage("Новый акт", (UP, reverse("acts:list")), "Внести", "Внесён в реестр как проект.")

    def save() -> str:
        return up_to(act_enter(by=user, school=school, draft=form.draft()))[1]

    return answer_form(request, page, form, save)


@form_view
def act_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an act that is not in force yet."""
    user, row = kept_act(request, pk)
    form = ActForm(sent(request), act=row)

    def save() -> None:
        act_edit(by=user, act=row, version=row.version, draft=form.draft())

    return answer_form(request, FormPage("Исправить акт", up_to(row)), form, save)


@form_view
def act_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Adopt, approve, enact, repeal, return to a draft."""
    user, row = kept_act(request, pk)
    if what not in {deed.value for deed in _HEADINGS}:
        raise Http404("Так с актом не поступают.")
    deed = ActDeed(what)
    heading, button = _HEADINGS[deed]
    form = _form_of(request, row, deed)
    told = whole_number(request.POST.get("version"))
    version = row.version if told is None else told
    page = FormPage(
        heading, up_to(row), button, f"Записано: {deed.label}.", template="roadmaps/deed_form.html",
        more={"version": version},
    )  # fmt: skip

    def save() -> None:
        given: dict[str, Any] = form.cleaned_data
        act_step(by=user, act=row, version=version, what=deed, **given)

    return answer_form(request, page, form, save)


def _form_of(request: HttpRequest, row: LocalAct, deed: ActDeed) -> forms.Form:
    today = row.school.today()
    if deed == ActDeed.APPROVE:
        return ApproveActForm(sent(request), initial={"on": today})
    return EnactForm(sent(request), initial={"on": today}) if deed == ActDeed.ENACT else GroundsForm(sent(request))


@form_view
def file_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the act itself."""
    user, row = kept_act(request, pk)
    form = ActFileForm(sent(request), request.FILES or None)

    def save() -> None:
        act_file_add(by=user, act=row, title=form.cleaned_data["title"], content=form.cleaned_data["file"])

    return answer_form(request, FormPage("Приложить файл", up_to(row), "Приложить", "Файл приложен."), form, save)


@form_view
def file_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a file that was attached by mistake."""
    user, _ = acts_reader(request)
    rows = LocalActFile.objects.filter(act__in=LocalAct.objects.visible_to(user).order_by().values("pk"))
    row = get_object_or_404(rows.filter(withdrawn_at__isnull=True).select_related("act"), pk=pk)
    acts_keeper(request)
    form = WithdrawForm(sent(request))

    def save() -> None:
        act_file_withdraw(by=user, file=row, why=form.cleaned_data["why"])

    page = FormPage("Снять файл", up_to(row.act), "Снять", "Файл снят.", meta=row.title)
    return answer_form(request, page, form, save)


@require_POST
def draft_print(request: HttpRequest, code: str) -> HttpResponse:
    """Order a draft for Word."""
    user, school = acts_keeper(request)
    if code not in draft_codes():
        raise Http404("Такого проекта нет.")
    job = report_job_request(
        by=user, school=school, kind=DRAFT, period=0, format="docx",
        key=f"{DRAFT}:{code}:{request.POST.get('once', '')[:64]}", extra={"draft": code},
    )  # fmt: skip
    return redirect("documents:job", pk=job.pk)


@require_POST
def agreement_psych(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`add` or `remove`: the partner of the agreement helps psychologically."""
    user, school = acts_reader(request)
    row = get_object_or_404(PartnerAgreement.objects.filter(school=school, removed_at__isnull=True), pk=pk)
    acts_keeper(request)
    if what not in ("add", "remove"):
        raise Http404("Так с договором не поступают.")
    psych = what == "add"
    return answer_deed(
        request, lambda: agreement_mark(by=user, agreement=row, psych=psych), "Записано.", reverse("acts:demands")
    )

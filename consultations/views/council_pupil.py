"""Councils about one pupil; decisions that wait for a person; the journal of referrals to the ПМПК."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from common.look import Chip
from consultations.council_reading import PMPK
from consultations.councils import DecisionState
from consultations.forms_council_outcomes import ReferralForm
from consultations.forms_councils import AnswerForm
from consultations.models import CouncilDecision, PmpkReferral
from consultations.permissions_councils import can_answer_decision, can_keep_pmpk, can_petition, can_see_pmpk
from consultations.selectors.council_pupil import pupil_councils
from consultations.selectors.sittings import decisions_of, note_decisions
from consultations.services.conclusions import pmpk_change, pmpk_refer
from consultations.services.sitting_questions import decision_answer
from consultations.views.councils import council_reader
from consultations.views.opening import openable
from consultations.views.picking import PickPage, pick
from school.access import access_of, pupils_for
from school.models import User
from school.permissions import can_keep_consents
from school.selectors import current_year
from school.services.reading import log_reading
from school.views.base import FormPage, answer_form, asked, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50
JOURNAL = "Направления на ПМПК"


@sensitive_post_parameters()
@require_GET
def pupil_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What councils said of a pupil: as much as the person may know."""
    user = council_reader(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    shown = {
        "pupil": pupil,
        "page": pupil_councils(user, pupil),
        "petitions": can_petition(user),
        "keeps": can_keep_consents(user, pupil),
        "today": pupil.school.today(),
    }
    return render(request, "consultations/council_pupil.html", shown)


@sensitive_post_parameters()
@require_GET
def decisions_page(request: HttpRequest) -> HttpResponse:
    """Decisions that the person carries out or whose council the person is in: open ones, late ones, all."""
    user = council_reader(request)
    assert user.school is not None
    today, show = user.school.today(), asked(request, "show")
    rows = decisions_of(user).order_by("due", "pk")
    staff = access_of(user).staff
    kinds = {
        "": ("Выполняются", Q(state=DecisionState.OPEN)),
        "mine": ("Мои", Q(state=DecisionState.OPEN, responsible=staff)),
        "late": ("Срок прошёл", Q(state=DecisionState.OPEN, due__lt=today)),
        "closed": ("Закрытые", ~Q(state=DecisionState.OPEN)),
    }
    show = show if show in kinds else ""
    page = Paginator(rows.filter(kinds[show][1]), PER_PAGE).get_page(request.GET.get("page"))
    note_decisions(user, page.object_list)
    here = reverse("councils:decisions")
    chips = [Chip(words, f"{here}?show={key}" if key else here, key == show) for key, (words, _) in kinds.items()]
    shown = {
        "page": page,
        "rows": [(row, row.state == DecisionState.OPEN and row.due is not None and row.due < today) for row in page],
        "chips": chips,
        "show": show,
    }
    return render(request, "consultations/decisions.html", shown)


@sensitive_post_parameters()
@form_view
def decision_answering(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a decision."""
    user = council_reader(request)
    rows = CouncilDecision.objects.visible_to(user)
    more = ("question__sitting__council", "pupil", "responsible")
    decision = get_object_or_404(rows.select_related(*more), pk=pk)
    if not can_answer_decision(user, decision):
        raise PermissionDenied("Выполнение отмечают ответственный и те, кто ведёт совет.")
    note_decisions(user, [decision])
    form = AnswerForm(sent(request), decision=decision)
    page = FormPage(
        "Выполнение решения",
        ("Решения советов", reverse("councils:decisions")),
        "Записать",
        "Записано.",
        meta=decision.text,
    )

    def save() -> None:
        told = form.cleaned_data
        decision_answer(by=user, decision=decision, state=DecisionState(told["state"]), answer=told["answer"])

    return answer_form(request, page, form, save)


def _journal_reader(request: HttpRequest) -> User:
    user = council_reader(request)
    if not can_see_pmpk(user):
        raise PermissionDenied("Журнал направлений видят члены ППк, администрация и классные руководители.")
    return user


def _journal_keeper(request: HttpRequest) -> User:
    user = _journal_reader(request)
    if not can_keep_pmpk(user):
        raise PermissionDenied("Журнал направлений ведут председатель, заместитель и секретарь ППк.")
    return user


@sensitive_post_parameters()
@require_GET
def pmpk_page(request: HttpRequest) -> HttpResponse:
    """The journal of referrals of this year; the reading is logged for each pupil shown."""
    user = _journal_reader(request)
    year = current_year(user.school) if user.school is not None else None
    rows = PmpkReferral.objects.visible_to(user).filter(year=year).select_related("pupil", "by__staff")
    page = Paginator(rows.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    log_reading(by=user, pupils=[row.pupil_id for row in page], what=PMPK)
    shown = {
        "year": year,
        "page": page,
        "rows": page.object_list,
        "keeps": can_keep_pmpk(user),
        "opens": openable(user, [row.pupil_id for row in page.object_list]),
    }
    return render(request, "consultations/pmpk.html", shown)


@sensitive_post_parameters()
@form_view
def pmpk_new(request: HttpRequest) -> HttpResponse:
    """A new line: of `?pupil=`; without one, find the pupil first."""
    user = _journal_keeper(request)
    up, base = (JOURNAL, reverse("councils:pmpk")), reverse("councils:pmpk_new")
    if not request.GET.get("pupil"):
        return pick(request, user, PickPage("Направление на ПМПК: кто", up, lambda one: f"{base}?pupil={one.pk}"))
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=whole_number(request.GET["pupil"]))
    form = ReferralForm(sent(request), initial={"on": pupil.school.today(), "result": "waits"})

    def save() -> None:
        pmpk_refer(by=user, pupil=pupil, told=form.told())

    page = FormPage(f"Направление на ПМПК: {pupil.full_name}", up, "Записать", "Записано в журнал.")
    return answer_form(request, page, form, save)


@sensitive_post_parameters()
@form_view
def pmpk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a line, write its result down."""
    user = _journal_keeper(request)
    referral = get_object_or_404(PmpkReferral.objects.visible_to(user).select_related("pupil", "school"), pk=pk)
    log_reading(by=user, pupils=[referral.pupil], what=PMPK)
    form = ReferralForm(sent(request), referral=referral)

    def save() -> None:
        pmpk_change(by=user, referral=referral, told=form.told())

    page = FormPage(
        f"Направление № {referral.number}", (JOURNAL, reverse("councils:pmpk")), meta=referral.pupil.full_name
    )
    return answer_form(request, page, form, save)

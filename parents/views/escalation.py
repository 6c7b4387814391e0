"""Decisions about families that evade their duties: the list, a case, its steps, its end."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from common.look import Tab
from parents.escalation_words import CaseState, StepKind, StepState
from parents.forms_escalation import CaseForm, CloseForm, StepCorrectForm, StepEndForm, StepForm, WhyForm
from parents.models import FamilyCase, FamilyStep
from parents.permissions_escalation import (
    can_decide_family_step,
    can_open_family_case,
    can_see_family_cases,
    family_case_pupils,
)
from parents.selectors.escalation import (
    case_page,
    case_seen,
    facts_about,
    family_cases,
    kept_fact,
    list_logged,
)
from parents.services.escalation import (
    case_close,
    case_correct,
    case_open,
    case_withdraw,
    step_correct,
    step_decide,
    step_end,
    step_withdraw,
)
from school.models import User
from school.selectors import current_year
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

_PER_PAGE = 50
_READERS = "Решения по семьям видят администрация, социальный педагог, психологи и классный руководитель ученика."
_DECIDERS = "Это решают администрация, социальный педагог и классный руководитель ученика."
_TABS = ((CaseState.OPEN, "Идут"), (CaseState.CLOSED, "Завершены"), (CaseState.WITHDRAWN, "Отозваны"))


def family_reader(request: HttpRequest) -> User:
    """Whoever reads cases of anybody."""
    user, _ = reader(request)
    if not can_see_family_cases(user):
        raise PermissionDenied(_READERS)
    return user


def seen_case(request: HttpRequest, pk: int) -> tuple[User, FamilyCase]:
    """A case past the log; 404 for what is not the person's."""
    user = family_reader(request)
    case = case_seen(user, pk)
    if case is None:
        raise Http404
    return user, case


def _decided_case(request: HttpRequest, pk: int) -> tuple[User, FamilyCase]:
    user, case = seen_case(request, pk)
    if not can_open_family_case(user, case.pupil):
        raise PermissionDenied(_DECIDERS)
    return user, case


def _decided_step(request: HttpRequest, pk: int) -> tuple[User, FamilyStep]:
    user = family_reader(request)
    step = get_object_or_404(FamilyStep.objects.visible_to(user), pk=pk)
    seen, case = seen_case(request, step.case_id)
    if not can_decide_family_step(seen, case.pupil, StepKind(step.kind)):
        raise PermissionDenied(_DECIDERS)
    step.case = case
    return seen, step


def up_to(case: FamilyCase) -> tuple[str, str]:
    """Where its pages belong."""
    return f"Решения по семье: {case.pupil.list_name}", reverse("family:case", args=[case.pk])


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases by state; `?pupil=` of one pupil, with the button that opens one."""
    user = family_reader(request)
    key = whole_number(request.GET.get("pupil"))
    pupil = get_object_or_404(family_case_pupils(user), pk=key) if key is not None else None
    asked = request.GET.get("state", "")
    state = "" if pupil is not None else asked if asked in CaseState.codes() else CaseState.OPEN.value
    page = Paginator(family_cases(user, state=state, pupil=key), _PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    list_logged(user, rows)
    today = user.school.today() if user.school is not None else None
    going = any(row.state == CaseState.OPEN for row in rows)
    told = {
        "page": page,
        "rows": [(row, row.due is not None and today is not None and row.due < today) for row in rows],
        "tabs": [Tab(title, f"?state={one.value}", one.value == state) for one, title in _TABS] if not pupil else [],
        "pupil": pupil,
        "opens": pupil is not None and not going and can_open_family_case(user, pupil),
    }
    return render(request, "parents/family_list.html", told)


@sensitive_post_parameters("grounds")
@form_view
def case_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A person opens a case about a pupil's parents."""
    user = family_reader(request)
    pupil = get_object_or_404(family_case_pupils(user).select_related("school"), pk=pk)
    if not can_open_family_case(user, pupil):
        raise PermissionDenied(_DECIDERS)
    year = current_year(pupil.school)
    facts = facts_about(user, pupil, year, pupil.school.today()) if year is not None else []
    form = CaseForm(sent(request), facts=facts)
    up = (pupil.list_name, reverse("desk:pupil", args=[pupil.pk]))
    page = FormPage(
        f"Родители уклоняются от обязанностей: {pupil.list_name}",
        up,
        "Открыть",
        "Открыто. Теперь решите, к кому обратиться.",
        meta="Открывает человек, по основаниям. Система ничего не предлагает и никуда не отправляет.",
    )

    def save() -> str:
        made = case_open(by=user, pupil=pupil, grounds=form.cleaned_data["grounds"], facts=form.chosen())
        return reverse("family:case", args=[made.pk])

    return answer_form(request, page, form, save)


@require_GET
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with its facts, steps and prints."""
    user, case = seen_case(request, pk)
    return render(request, "parents/family_case.html", {"page": case_page(user, case), "case": case})


@sensitive_post_parameters("grounds")
@form_view
def case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the grounds and the ticked facts."""
    user, case = _decided_case(request, pk)
    kept = [kept_fact(row) for row in case.facts.all()]
    codes = [fact.code for fact in kept]
    fresh = facts_about(user, case.pupil, case.year, case.school.today())
    facts = [*kept, *(fact for fact in fresh if fact.code not in codes)]
    initial = {"grounds": case.grounds, "facts": codes}
    form = CaseForm(sent(request), facts=facts, corrects=True, initial=initial)

    def save() -> None:
        told = {"grounds": form.cleaned_data["grounds"], "facts": form.chosen()}
        case_correct(by=user, case=case, version=case.version, **told)

    return answer_form(request, FormPage("Исправить основания", up_to(case)), form, save)


@sensitive_post_parameters("grounds")
@form_view
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A person decides to whom the school turns."""
    user, case = _decided_case(request, pk)
    page_of_case = case_page(user, case)
    form = StepForm(sent(request), kinds=page_of_case.kinds)
    page = FormPage("К кому обратиться", up_to(case), "Решить", "Решение записано.", meta=case.pupil.full_name)

    def save() -> None:
        step_decide(by=user, case=case, version=case.version, decision=form.decision())

    return answer_form(request, page, form, save)


@sensitive_post_parameters("outcome")
@form_view
def step_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a step."""
    user, step = _decided_step(request, pk)
    form = StepEndForm(sent(request), initial={"on": step.case.school.today()})
    page = FormPage("Исход", up_to(step.case), "Записать", "Исход записан.", meta=step.get_kind_display())

    def save() -> None:
        told: dict[str, Any] = {"on": form.cleaned_data["on"], "outcome": form.cleaned_data["outcome"]}
        step_end(by=user, step=step, version=step.case.version, **told)

    return answer_form(request, page, form, save)


@sensitive_post_parameters("grounds")
@form_view
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the grounds and the term of a step."""
    user, step = _decided_step(request, pk)
    if step.state != StepState.OPEN:
        raise Http404
    form = StepCorrectForm(sent(request), initial={"grounds": step.grounds, "due": step.due})
    page = FormPage("Исправить шаг", up_to(step.case), meta=step.get_kind_display())

    def save() -> None:
        told: dict[str, Any] = {"grounds": form.cleaned_data["grounds"], "due": form.cleaned_data["due"]}
        step_correct(by=user, step=step, version=step.case.version, **told)

    return answer_form(request, page, form, save)


@form_view
def step_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a step off with the reason."""
    user, step = _decided_step(request, pk)
    form = WhyForm(sent(request))
    page = FormPage("Отменить шаг", up_to(step.case), "Отменить шаг", "Шаг отменён.", meta=step.get_kind_display())

    def save() -> None:
        step_withdraw(by=user, step=step, version=step.case.version, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@sensitive_post_parameters("text")
@form_view
def case_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the case with its outcome."""
    user, case = _decided_case(request, pk)
    form = CloseForm(sent(request))
    page = FormPage("Завершить", up_to(case), "Завершить", "Завершено.", meta=case.pupil.full_name)

    def save() -> None:
        told = form.cleaned_data
        case_close(by=user, case=case, version=case.version, outcome=told["outcome"], text=told["text"])

    return answer_form(request, page, form, save)


@form_view
def case_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a case opened by mistake."""
    user, case = _decided_case(request, pk)
    form = WhyForm(sent(request))
    warning = "Шаги без исхода отменятся, направления и ходатайства, за которые ещё не взялись, отзовутся."
    page = FormPage("Отозвать", up_to(case), "Отозвать", "Отозвано.", meta=case.pupil.full_name, warning=warning)

    def save() -> None:
        case_withdraw(by=user, case=case, version=case.version, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)

"""Support plans: that there is one for whoever sees the pupil, what it says for those whom its rule names."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from common.look import Chip, Tab
from consultations.forms_plans import ActionForm, FinishForm, GoalForm, PlanForm, SettleForm
from consultations.models import PlanAction, PlanGoal, SupportPlan
from consultations.permissions import specialists_of
from consultations.permissions_talks import can_see_referrals, is_of_service
from consultations.plan_printing import plan_request
from consultations.selectors.plan_words import action_to_change, goal_to_change, plan_words, reads_plan
from consultations.selectors.plans import plan_counts, plan_list
from consultations.services.plans import (
    action_add,
    action_remove,
    action_settle,
    goal_add,
    goal_remove,
    plan_drop,
    plan_edit,
    plan_finish,
    plan_make,
    plan_reopen,
    plan_start,
)
from consultations.talk_words import OPEN_PLANS, SUPPORT_PLAN, ActionState, PlanDeed, PlanOutcome, PlanState
from consultations.views.notes import notes_tabs
from consultations.views.opening import openable
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, pupil_for, reader, sent
from school.views.outdated import form_view

PER_PAGE = 50
_SERVICE = "Планы сопровождения ведёт служба."
_READERS = "План читают его ответственный, участники и руководитель службы."
Answer = HttpResponse


def _person(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not can_see_referrals(user):
        raise PermissionDenied(_SERVICE)
    return user


@require_GET
def plan_list_page(request: HttpRequest) -> Answer:
    """That there are plans, `?kind=` a state: those in force first; `?mine=1` one's own."""
    user = _person(request)
    if not is_of_service(user):
        raise PermissionDenied(_SERVICE)
    asked = request.GET.get("kind", "")
    state = asked if asked in PlanState.codes() else PlanState.FORCE.value
    mine = "mine" in request.GET
    counts, kept = plan_counts(user, mine=mine), "&mine=1" if mine else ""
    told = {
        "page": Paginator(plan_list(user, state, mine=mine), PER_PAGE).get_page(request.GET.get("page")),
        "tabs": notes_tabs("plans:list"),
        "states": [
            Tab(one.label, f"?kind={one.value}{kept}", one == state, counts.get(one.value, 0)) for one in PlanState
        ],
        "chips": [Chip("Вся служба", f"?kind={state}", not mine), Chip("Мои", f"?kind={state}&mine=1", mine)],
        "state": state,
    }
    return render(request, "consultations/plan_list.html", told)


def _seen(request: HttpRequest, pk: int) -> tuple[User, SupportPlan]:
    user = _person(request)
    rows = SupportPlan.objects.visible_to(user).select_related("pupil", "school", "responsible")
    return user, get_object_or_404(rows, pk=pk)


def _read(request: HttpRequest, pk: int) -> tuple[User, SupportPlan]:
    user, plan = _seen(request, pk)
    if not reads_plan(user, plan):
        raise PermissionDenied(_READERS)
    return user, plan


@sensitive_post_parameters()
@sensitive_variables()
@require_GET
def plan_page(request: HttpRequest, pk: int) -> Answer:
    """Facts for whoever sees the pupil; the words for those whom the rule names, and the reading is logged."""
    user, plan = _seen(request, pk)
    words = plan_words(user, plan)
    told = {
        "plan": plan,
        "words": words,
        "workers": plan.workers.all(),
        "steps": [(PlanDeed(one.deed).label, one) for one in plan.steps.select_related("by__staff")],
        "deeds": SUPPORT_PLAN.deeds(plan.state) if words is not None else [],
        "going": words is not None and plan.state in OPEN_PLANS,
        "form": GoalForm(),
        "today": plan.school.today(),
        "opens": openable(user, [plan.pupil_id]),
    }
    return render(request, "consultations/plan.html", told)


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def plan_new(request: HttpRequest, pk: int) -> Answer:
    """A plan of a visible pupil."""
    user, pupil = pupil_for(request, pk, lambda person, _: is_of_service(person), _SERVICE)
    today = pupil.school.today()
    form = PlanForm(sent(request), people=specialists_of(user), initial={"responsible": user.staff, "begins": today})
    up = (pupil.list_name, reverse("desk:pupil", args=[pupil.pk]))
    page = FormPage(f"План сопровождения: {pupil.list_name}", up, "Составить", "План составлен.", meta=_MANY)

    def save() -> str:
        return reverse("plans:plan", args=[plan_make(by=user, pupil=pupil, draft=form.draft()).pk])

    return answer_form(request, page, form, save)


_MANY = "Содержание читают ответственный, участники и руководитель службы; остальные видят, что план есть, и его срок."


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def plan_change(request: HttpRequest, pk: int) -> Answer:
    """The term, the people, the grounds."""
    user, plan = _read(request, pk)
    words = plan_words(user, plan)
    names = ("responsible", "begins", "ends", "review_on")
    initial: dict[str, Any] = {name: getattr(plan, name) for name in names}
    initial |= {"why": words.why if words is not None else "", "workers": list(plan.workers.all())}
    form = PlanForm(sent(request), people=specialists_of(user), initial=initial)

    def save() -> None:
        plan_edit(by=user, plan=plan, draft=form.draft())

    return answer_form(request, FormPage("Исправить план", _up(plan), meta=_MANY), form, save)


def _up(plan: SupportPlan) -> tuple[str, str]:
    return f"План: {plan.pupil.list_name}", reverse("plans:plan", args=[plan.pk])


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def plan_goal(request: HttpRequest, pk: int) -> Answer:
    """A new goal, from the plan's own page."""
    user, plan = _read(request, pk)
    page = FormPage("Новая цель", _up(plan), "Добавить цель", "Цель добавлена.")
    form = GoalForm(request.POST)

    def save() -> None:
        goal_add(by=user, plan=plan, words=form.cleaned_data["words"])

    return answer_form(request, page, form, save)


def _goal(request: HttpRequest, pk: int) -> tuple[User, PlanGoal]:
    user = _person(request)
    goal = goal_to_change(user, pk)
    if goal is None:
        raise Http404("Такой цели у вас нет.")
    return user, goal


def _action(request: HttpRequest, pk: int) -> tuple[User, PlanAction]:
    user = _person(request)
    action = action_to_change(user, pk)
    if action is None:
        raise Http404("Такого действия у вас нет.")
    return user, action


@require_POST
def plan_goal_remove(request: HttpRequest, pk: int) -> Answer:
    """Out of the plan."""
    user, goal = _goal(request, pk)
    return answer_deed(request, lambda: goal_remove(by=user, goal=goal), "Цель убрана.", _up(goal.plan)[1])


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def plan_action(request: HttpRequest, pk: int) -> Answer:
    """A new action towards a goal."""
    user, goal = _goal(request, pk)
    form = ActionForm(sent(request), people=specialists_of(user), initial={"who": user.staff})
    page = FormPage("Новое действие", _up(goal.plan), "Добавить", "Действие добавлено.")

    def save() -> None:
        told = form.cleaned_data
        action_add(by=user, goal=goal, what=told["what"], who=told["who"], due=told["due"])

    return answer_form(request, page, form, save)


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def plan_settle(request: HttpRequest, pk: int) -> Answer:
    """What became of an action."""
    user, action = _action(request, pk)
    state = action.state if action.state != ActionState.PLANNED else ActionState.DONE.value
    form = SettleForm(sent(request), initial={"state": state, "told": action.told})
    page = FormPage("Что вышло", _up(action.goal.plan), "Записать", "Записано.", meta=action.what)

    def save() -> None:
        told = form.cleaned_data
        action_settle(by=user, action=action, state=ActionState(told["state"]), told=told["told"])

    return answer_form(request, page, form, save)


@require_POST
def plan_action_remove(request: HttpRequest, pk: int) -> Answer:
    """Out of the plan, as long as it is only planned."""
    user, action = _action(request, pk)
    done, back = "Действие убрано.", _up(action.goal.plan)[1]
    return answer_deed(request, lambda: action_remove(by=user, action=action), done, back)


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def plan_end(request: HttpRequest, pk: int) -> Answer:
    """Finish with an outcome."""
    user, plan = _read(request, pk)
    form = FinishForm(sent(request))
    page = FormPage("Завершить план", _up(plan), "Завершить", "План завершён.")

    def save() -> None:
        told = form.cleaned_data
        plan_finish(by=user, plan=plan, outcome=PlanOutcome(told["outcome"]), words=told["words"])

    return answer_form(request, page, form, save)


def _deed(request: HttpRequest, pk: int, service: Callable[..., None], done: str) -> Answer:
    user, plan = _read(request, pk)
    return answer_deed(request, lambda: service(by=user, plan=plan), done, reverse("plans:plan", args=[pk]))


@require_POST
def plan_into_force(request: HttpRequest, pk: int) -> Answer:
    """Put it in force."""
    return _deed(request, pk, plan_start, "План действует.")


@require_POST
def plan_dropping(request: HttpRequest, pk: int) -> Answer:
    """A draft that came to nothing."""
    return _deed(request, pk, plan_drop, "План снят.")


@require_POST
def plan_back(request: HttpRequest, pk: int) -> Answer:
    """A finished plan goes on."""
    return _deed(request, pk, plan_reopen, "План снова действует.")


@require_POST
def plan_print(request: HttpRequest, pk: int) -> Answer:
    """Order it on paper."""
    user, plan = _read(request, pk)
    job = plan_request(by=user, plan=plan, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)

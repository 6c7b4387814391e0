"""Support plans: made, filled, put in force, finished; what their words are stays in tables of their own."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from common.authorship import deed
from common.errors import Refused
from consultations.models import PlanAction, PlanGoal, PlanText, SupportPlan, SupportPlanStep
from consultations.talk_words import OPEN_PLANS, SUPPORT_PLAN, ActionState, PlanDeed, PlanOutcome
from school.models import Pupil, Staff, User
from school.selectors import current_year

_OVER = "План уже не действует: верните его в работу, чтобы менять."


@dataclass(frozen=True)
class PlanDraft:
    """Who answers, who takes part, the term, and why the plan is made; the words never print."""

    responsible: Staff
    begins: date
    ends: date
    why: str = field(repr=False)
    workers: Collection[Staff] = ()
    review_on: date | None = None


@deed
@sensitive_variables()
def plan_make(*, by: User, pupil: Pupil, draft: PlanDraft) -> SupportPlan:
    """Begin a plan of a visible pupil. Raises `Refused` where one goes on, for days out of order, without a year."""
    year = current_year(pupil.school)
    if year is None:
        raise Refused("Сейчас нет учебного года: план можно составить, когда он откроется.")
    plan = SupportPlan(school=pupil.school, year=year, pupil=pupil, by=by, at=pupil.school.now())
    _fill(plan, draft)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Refused("У ученика уже есть план: завершите его или дополните.") from None
    plan.workers.set(draft.workers)
    PlanText.objects.create(plan=plan, why=draft.why.strip())
    return plan


@deed
@sensitive_variables()
def plan_edit(*, by: User, plan: SupportPlan, draft: PlanDraft) -> SupportPlan:
    """Correct the term, the people and the grounds of a plan that goes on."""
    row = _going(plan)
    _fill(row, draft)
    row.version += 1
    row.save()
    row.workers.set(draft.workers)
    PlanText.objects.filter(plan=row).update(why=draft.why.strip())
    return row


@deed
@sensitive_variables()
def goal_add(*, by: User, plan: SupportPlan, words: str) -> PlanGoal:
    """A goal of a plan that goes on. Raises `Refused` for an empty one."""
    if not words.strip():
        raise Refused("Напишите цель.")
    return PlanGoal.objects.create(plan=_going(plan), words=words.strip())


@deed
def goal_remove(*, by: User, goal: PlanGoal) -> None:
    """Take a goal out, with what was planned for it. Raises `Refused` when something of it is done."""
    plan = _going(goal.plan)
    actions = PlanAction.objects.filter(goal=goal, removed_at__isnull=True)
    if actions.exclude(state=ActionState.PLANNED).exists():
        raise Refused("По этой цели уже есть итоги: она остаётся в плане.")
    now = plan.school.now()
    actions.update(removed_at=now)
    PlanGoal.objects.filter(pk=goal.pk).update(removed_at=now)


@deed
@sensitive_variables()
def action_add(*, by: User, goal: PlanGoal, what: str, who: Staff | None, due: date | None) -> PlanAction:
    """What is done towards a goal."""
    if not what.strip():
        raise Refused("Напишите, что будет сделано.")
    _going(goal.plan)
    return PlanAction.objects.create(goal=goal, what=what.strip(), who=who, due=due)


@deed
@sensitive_variables()
def action_settle(*, by: User, action: PlanAction, state: ActionState, told: str) -> None:
    """What became of an action. Raises `Refused` for one not done without its reason."""
    if state == ActionState.NOT_DONE and not told.strip():
        raise Refused("Напишите, почему не выполнено.")
    _going(action.goal.plan)
    PlanAction.objects.filter(pk=action.pk).update(state=state, told=told.strip())


@deed
def action_remove(*, by: User, action: PlanAction) -> None:
    """Take out what is only planned."""
    plan = _going(action.goal.plan)
    if action.state != ActionState.PLANNED:
        raise Refused("У действия уже есть итог: оно остаётся в плане.")
    PlanAction.objects.filter(pk=action.pk).update(removed_at=plan.school.now())


@deed
def plan_start(*, by: User, plan: SupportPlan) -> None:
    """Put a draft in force. Raises `Refused` without a goal."""
    row = _locked(plan)
    if not PlanGoal.objects.filter(plan=row, removed_at__isnull=True).exists():
        raise Refused("В плане нет ни одной цели: сначала запишите, чего хотите достичь.")
    _step(row, PlanDeed.START, by)


@deed
@sensitive_variables()
def plan_finish(*, by: User, plan: SupportPlan, outcome: PlanOutcome, words: str) -> None:
    """Finish it with its outcome, and why so in words."""
    row = _locked(plan)
    row.outcome, row.review_on = outcome, None
    PlanText.objects.filter(plan=row).update(outcome=words.strip())
    _step(row, PlanDeed.FINISH, by)


@deed
def plan_drop(*, by: User, plan: SupportPlan) -> None:
    """A draft that came to nothing."""
    _step(_locked(plan), PlanDeed.DROP, by)


@deed
def plan_reopen(*, by: User, plan: SupportPlan) -> None:
    """A finished plan goes on. Raises `Refused` where the pupil has another."""
    row = _locked(plan)
    others = SupportPlan.objects.filter(pupil=row.pupil_id, state__in=[state.value for state in OPEN_PLANS])
    if others.exclude(pk=row.pk).exists():
        raise Refused("У ученика уже есть другой план.")
    row.outcome = ""
    _step(row, PlanDeed.REOPEN, by)


def _fill(plan: SupportPlan, draft: PlanDraft) -> None:
    if draft.ends < draft.begins:
        raise Refused("План кончается раньше, чем начинается. Проверьте даты.")
    if draft.review_on is not None and not draft.begins <= draft.review_on <= draft.ends:
        raise Refused("Пересмотр должен быть внутри срока плана.")
    if not draft.why.strip():
        raise Refused("Напишите, на каком основании составлен план.")
    plan.responsible, plan.begins, plan.ends = draft.responsible, draft.begins, draft.ends
    plan.review_on = draft.review_on


def _locked(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.select_for_update(of=("self",)).select_related("school").get(pk=plan.pk)


def _going(plan: SupportPlan) -> SupportPlan:
    row = _locked(plan)
    if row.state not in OPEN_PLANS:
        raise Refused(_OVER)
    return row


def _step(row: SupportPlan, what: PlanDeed, by: User) -> None:
    before, target = row.state, SUPPORT_PLAN.step(what, row.state).target
    row.state, row.version = target, row.version + 1
    row.save()
    SupportPlanStep.objects.create(
        plan=row, deed=what, from_state=before, to_state=target, by=by, at=row.school.now(), version=row.version
    )

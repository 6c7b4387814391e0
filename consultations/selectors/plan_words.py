"""The one way to what support plans say. Whoever is given it is written down first (docs/trust.md, 5, 16)."""

from dataclasses import dataclass

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from consultations.models import PlanAction, PlanGoal, PlanText, SupportPlan
from consultations.note_reading import PLAN
from consultations.permissions_talks import talk_scope
from school.models import User
from school.services.reading import log_reading


@dataclass(frozen=True, repr=False)
class GoalWords:
    """A goal with what is done towards it."""

    goal: PlanGoal
    actions: tuple[PlanAction, ...]


@dataclass(frozen=True, repr=False)
class PlanWords:
    """What a plan says."""

    why: str
    outcome: str
    goals: tuple[GoalWords, ...]


def reads_plan(user: User, plan: SupportPlan) -> bool:
    """Who answers for it, who takes part, who wrote it, the head of the service; of the service today in any case."""
    scope = talk_scope(user)
    if not scope.service or scope.school != plan.school_id:
        return False
    if scope.head or plan.by_id == user.pk or scope.staff == plan.responsible_id:
        return True
    return scope.staff is not None and plan.workers.filter(pk=scope.staff).exists()


@sensitive_variables()
def plan_words(user: User, plan: SupportPlan, what: str = PLAN) -> PlanWords | None:
    """The words of a plan that was found through `visible_to`; None for whoever may not have them.

    The reading is in the log before the words are fetched, in one transaction with the fetch.
    """
    if not reads_plan(user, plan):
        return None
    with transaction.atomic():
        log_reading(by=user, pupils=[plan.pupil_id], what=what)
        text = PlanText.objects.get(plan=plan)
        goals = list(PlanGoal.objects.filter(plan=plan, removed_at__isnull=True))
        actions = PlanAction.objects.filter(goal__in=goals, removed_at__isnull=True).select_related("who")
        rows = list(actions.order_by("due", "pk"))
        told = tuple(GoalWords(goal, tuple(row for row in rows if row.goal_id == goal.pk)) for goal in goals)
        return PlanWords(text.why, text.outcome, told)


def goal_to_change(user: User, key: int) -> PlanGoal | None:
    """A goal of a plan that the person reads and that goes on; the reading is in the log."""
    goal = PlanGoal.objects.filter(pk=key, removed_at__isnull=True).defer("words").first()
    plan = _plan(user, goal.plan_id) if goal is not None else None
    if goal is None or plan is None or plan_words(user, plan) is None:
        return None
    goal.plan = plan
    return goal


def action_to_change(user: User, key: int) -> PlanAction | None:
    """The same of an action."""
    rows = PlanAction.objects.filter(pk=key, removed_at__isnull=True).select_related("goal", "who")
    action = rows.first()
    plan = _plan(user, action.goal.plan_id) if action is not None else None
    if action is None or plan is None or plan_words(user, plan) is None:
        return None
    action.goal.plan = plan
    return action


def _plan(user: User, key: int) -> SupportPlan | None:
    return SupportPlan.objects.visible_to(user).select_related("pupil", "school").filter(pk=key).first()

"""That there are support plans: lists and the agenda. Never what they say."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from consultations.models import PlanAction, SupportPlan
from consultations.permissions_talks import talk_scope
from consultations.talk_words import ActionState, PlanState
from school.access import Viewer


def plan_list(user: Viewer, state: str = "", *, mine: bool = False) -> QuerySet[SupportPlan]:
    """Of visible pupils, those that end first; `mine`: for which one answers or in which one works. One query."""
    rows = _plans(user, mine=mine)
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("pupil", "responsible").order_by("ends", "pk")


def _plans(user: Viewer, *, mine: bool) -> QuerySet[SupportPlan]:
    rows = SupportPlan.objects.visible_to(user)
    if not mine:
        return rows
    staff = talk_scope(user).staff
    return rows.filter(Q(responsible=staff) | Q(pk__in=rows.filter(workers=staff).order_by().values("pk")))


def plan_counts(user: Viewer, *, mine: bool = False) -> dict[str, int]:
    """How many there are in each state; one query."""
    rows = _plans(user, mine=mine).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def reviews_due(user: Viewer, until: date) -> QuerySet[SupportPlan]:
    """Own plans in force whose review, or whose end, has come by that day; one query when read."""
    mine = SupportPlan.objects.visible_to(user).filter(responsible=talk_scope(user).staff, state=PlanState.FORCE)
    return mine.filter(Q(review_on__lte=until) | Q(ends__lte=until)).select_related("pupil").order_by("ends", "pk")


def actions_due(user: Viewer, until: date) -> QuerySet[PlanAction]:
    """Own actions of plans in force that are not recorded, by their day; their words are not for the agenda."""
    rows = PlanAction.objects.filter(who=talk_scope(user).staff, state=ActionState.PLANNED, removed_at__isnull=True)
    rows = rows.filter(due__lte=until, goal__removed_at__isnull=True, goal__plan__state=PlanState.FORCE)
    seen = SupportPlan.objects.visible_to(user).order_by().values("pk")
    return rows.filter(goal__plan__in=seen).order_by("due", "pk")

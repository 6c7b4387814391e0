"""The way of a route: draft, agreed by teachers, by parents, approved and in progress, finished."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from iom.words import RouteState


class RouteDeed(StrEnum):
    """What a person does with a route as a whole. Plans, controls, deeds and reviews leave its state as it is."""

    AGREE = "agree"
    PARENTS = "parents"
    APPROVE = "approve"
    RETURN = "return"
    CHANGE = "change"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    RESUME = "resume"


# Steps that are no deed of the table: how it came to be, what is agreed in part, what is reviewed.
ADDED, PART, REVIEW = "added", "part", "review"

# AGREE follows by itself when the last part is agreed; a refusal of the parents leads on like their agreement: it is
# recorded, and whoever approves sees it.
ROUTE = Workflow(
    [
        Transition(RouteDeed.AGREE, RouteState.DRAFT, RouteState.WITH_PARENTS),
        Transition(RouteDeed.PARENTS, RouteState.WITH_PARENTS, RouteState.AGREED),
        Transition(RouteDeed.APPROVE, RouteState.AGREED, RouteState.ACTIVE),
        # A teacher's route has no parents to ask.
        Transition(RouteDeed.APPROVE, RouteState.WITH_PARENTS, RouteState.ACTIVE),
        Transition(RouteDeed.RETURN, RouteState.WITH_PARENTS, RouteState.DRAFT, needs_comment=True),
        Transition(RouteDeed.RETURN, RouteState.AGREED, RouteState.DRAFT, needs_comment=True),
        Transition(RouteDeed.CHANGE, RouteState.ACTIVE, RouteState.DRAFT, needs_comment=True),
        Transition(RouteDeed.FINISH, RouteState.ACTIVE, RouteState.FINISHED, needs_comment=True),
        Transition(RouteDeed.WITHDRAW, RouteState.DRAFT, RouteState.WITHDRAWN, needs_comment=True),
        Transition(RouteDeed.WITHDRAW, RouteState.WITH_PARENTS, RouteState.WITHDRAWN, needs_comment=True),
        Transition(RouteDeed.WITHDRAW, RouteState.AGREED, RouteState.WITHDRAWN, needs_comment=True),
        Transition(RouteDeed.RESUME, RouteState.FINISHED, RouteState.ACTIVE, needs_comment=True),
    ]
)

"""Individual routes, what they plan, and the journals of the work."""

from iom.models.extra import ExtraAttendance, ExtraGroup, ExtraMember, ExtraSession, ExtraTable
from iom.models.journals import JournalComment, JournalEdit
from iom.models.mentoring import MentoringPair, PairAssessment, PairMeeting, PairStep
from iom.models.plans import Gap, GapControl, PlanStep
from iom.models.programs import (
    Achievement,
    CourseSeat,
    MetaResult,
    NetworkPartner,
    PartnerAgreement,
    Program,
)
from iom.models.route_templates import RouteTemplate, RouteTemplateRow
from iom.models.routes import (
    GapReview,
    Route,
    RouteAgreement,
    RoutePart,
    RouteReview,
    RouteStep,
    RouteVersion,
)
from iom.models.talks import PupilTalk
from iom.models.work import WorkEntry, WorkEntryPupil

__all__ = [
    "Achievement",
    "CourseSeat",
    "ExtraAttendance",
    "ExtraGroup",
    "ExtraMember",
    "ExtraSession",
    "ExtraTable",
    "Gap",
    "GapControl",
    "GapReview",
    "JournalComment",
    "JournalEdit",
    "MentoringPair",
    "MetaResult",
    "NetworkPartner",
    "PairAssessment",
    "PairMeeting",
    "PairStep",
    "PartnerAgreement",
    "PlanStep",
    "Program",
    "PupilTalk",
    "Route",
    "RouteAgreement",
    "RoutePart",
    "RouteReview",
    "RouteStep",
    "RouteTemplate",
    "RouteTemplateRow",
    "RouteVersion",
    "WorkEntry",
    "WorkEntryPupil",
]

"""The service: hours, meetings, notes, support plans, referrals and advice, councils."""

from consultations.models.advice import Recommendation, RecommendationRead
from consultations.models.bringing import LessonVisit, MeetingNotice, NoticeAnswer
from consultations.models.councils import Council, CouncilMember, Petition, PetitionWords
from consultations.models.councils_outcomes import (
    CaseParty,
    CaseWords,
    Conclusion,
    ConclusionReader,
    ConclusionWords,
    MediationCase,
    PmpkReferral,
)
from consultations.models.councils_sittings import (
    CouncilDecision,
    QuestionWords,
    Sitting,
    SittingPerson,
    SittingProtocol,
    SittingQuestion,
    SittingStep,
)
from consultations.models.hours import HoursException, ServiceHours
from consultations.models.meetings import (
    Appointment,
    AppointmentPupil,
    AppointmentQuerySet,
    AppointmentStep,
    UrgentGrounds,
)
from consultations.models.notes import (
    ConfidentialNote,
    NoteOpening,
    NoteOpeningSeen,
    NoteReading,
    NoteRevision,
    NoteRuleChange,
    NoteShare,
    NoteText,
)
from consultations.models.referrals import Referral, ReferralStep
from consultations.models.schedule import ServiceSchedule
from consultations.models.support import PlanAction, PlanGoal, PlanText, SupportPlan, SupportPlanStep

__all__ = [
    "Appointment",
    "AppointmentPupil",
    "AppointmentQuerySet",
    "AppointmentStep",
    "CaseParty",
    "CaseWords",
    "Conclusion",
    "ConclusionReader",
    "ConclusionWords",
    "ConfidentialNote",
    "Council",
    "CouncilDecision",
    "CouncilMember",
    "HoursException",
    "LessonVisit",
    "MediationCase",
    "MeetingNotice",
    "NoteOpening",
    "NoteOpeningSeen",
    "NoteReading",
    "NoteRevision",
    "NoteRuleChange",
    "NoteShare",
    "NoteText",
    "NoticeAnswer",
    "Petition",
    "PetitionWords",
    "PlanAction",
    "PlanGoal",
    "PlanText",
    "PmpkReferral",
    "QuestionWords",
    "Recommendation",
    "RecommendationRead",
    "Referral",
    "ReferralStep",
    "ServiceHours",
    "ServiceSchedule",
    "Sitting",
    "SittingPerson",
    "SittingProtocol",
    "SittingQuestion",
    "SittingStep",
    "SupportPlan",
    "SupportPlanStep",
    "UrgentGrounds",
]

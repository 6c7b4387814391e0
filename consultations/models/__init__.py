"""The service: hours of specialists, meetings, notes, support plans, referrals and advice."""

from consultations.models.advice import Recommendation, RecommendationRead
from consultations.models.bringing import LessonVisit, MeetingNotice, NoticeAnswer
from consultations.models.hours import HoursException, ServiceHours
from consultations.models.meetings import Appointment, AppointmentPupil, AppointmentStep, UrgentGrounds
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
    "AppointmentStep",
    "ConfidentialNote",
    "HoursException",
    "LessonVisit",
    "MeetingNotice",
    "NoteOpening",
    "NoteOpeningSeen",
    "NoteReading",
    "NoteRevision",
    "NoteRuleChange",
    "NoteShare",
    "NoteText",
    "NoticeAnswer",
    "PlanAction",
    "PlanGoal",
    "PlanText",
    "Recommendation",
    "RecommendationRead",
    "Referral",
    "ReferralStep",
    "ServiceHours",
    "ServiceSchedule",
    "SupportPlan",
    "SupportPlanStep",
    "UrgentGrounds",
]

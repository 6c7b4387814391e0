"""Judgements about pupils, what the school decided on them, signals and what answered them."""

from risk_registry.models.about import AboutPupilsQuerySet, rank
from risk_registry.models.admission import FinalTrial
from risk_registry.models.brought import BroughtRegistry, BroughtState
from risk_registry.models.causes import EntryCause
from risk_registry.models.complaints import ComplaintStep, HomeworkComplaint
from risk_registry.models.debts import AcademicDebt, DebtAttempt, DebtPause, DebtStep
from risk_registry.models.interviews import Interview, InterviewStep
from risk_registry.models.judgements import Calibration, Classification, Judged, PupilCategory
from risk_registry.models.registry import RegistryEntry, RegistryStep
from risk_registry.models.reminders import ApprovalReminder
from risk_registry.models.signals import Deed, Signal, SignalResponse, SignalStep
from risk_registry.models.work import EntryLook, WorkForm
from risk_registry.models.works import WorkNote, WorksReview

__all__ = [
    "AboutPupilsQuerySet",
    "AcademicDebt",
    "ApprovalReminder",
    "BroughtRegistry",
    "BroughtState",
    "Calibration",
    "Classification",
    "ComplaintStep",
    "DebtAttempt",
    "DebtPause",
    "DebtStep",
    "Deed",
    "EntryCause",
    "EntryLook",
    "FinalTrial",
    "HomeworkComplaint",
    "Interview",
    "InterviewStep",
    "Judged",
    "PupilCategory",
    "RegistryEntry",
    "RegistryStep",
    "Signal",
    "SignalResponse",
    "SignalStep",
    "WorkForm",
    "WorkNote",
    "WorksReview",
    "rank",
]

"""Facts from outside: marks, absences, results of periods and of external works; and what imports remember."""

from gradebook.models.brought import BroughtTimetable
from gradebook.models.facts import Absence, Mark, PeriodMean, PeriodResult, ResultKind
from gradebook.models.grounds import AbsenceGround
from gradebook.models.imports import Coverage, FactChange, FactKind, HandCorrection, ImportProfile, NameMatch
from gradebook.models.procedures import (
    OWN_KINDS,
    AssessmentResult,
    ParticipantCode,
    Procedure,
    ProcedureKind,
    ProcedureState,
    ProcedureStep,
)
from gradebook.models.reasons import AbsenceReason

__all__ = [
    "OWN_KINDS",
    "Absence",
    "AbsenceGround",
    "AbsenceReason",
    "AssessmentResult",
    "BroughtTimetable",
    "Coverage",
    "FactChange",
    "FactKind",
    "HandCorrection",
    "ImportProfile",
    "Mark",
    "NameMatch",
    "ParticipantCode",
    "PeriodMean",
    "PeriodResult",
    "Procedure",
    "ProcedureKind",
    "ProcedureState",
    "ProcedureStep",
    "ResultKind",
]

"""Facts from outside: marks, absences, results of periods and of external works."""

from gradebook.models.facts import Absence, AbsenceReason, Mark, PeriodMean, PeriodResult, ResultKind
from gradebook.models.procedures import AssessmentResult, Procedure

__all__ = [
    "Absence",
    "AbsenceReason",
    "AssessmentResult",
    "Mark",
    "PeriodMean",
    "PeriodResult",
    "Procedure",
    "ResultKind",
]

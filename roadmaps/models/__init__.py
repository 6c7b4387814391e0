"""Tables of the roadmap."""

from roadmaps.models.activities import Activity, Evidence, Occurrence, OccurrenceStep
from roadmaps.models.brought import RoadmapTable
from roadmaps.models.duties import DutyMark, DutyOff, OwnDuty
from roadmaps.models.local_acts import LocalAct, LocalActFile, LocalActStep, PsychAgreement
from roadmaps.models.program import (
    Program,
    ProgramDirection,
    ProgramIndicator,
    ProgramLine,
    ProgramStep,
    ProgramVersion,
)
from roadmaps.models.roadmap import Direction, Roadmap, RoadmapStep, RoadmapVersion
from roadmaps.models.sitting_decisions import StaffDecision, StaffDecisionStep
from roadmaps.models.sittings import (
    SittingRhythm,
    StaffProtocol,
    StaffQuestion,
    StaffSitting,
    StaffSittingPerson,
    StaffSittingStep,
)

__all__ = [
    "Activity",
    "Direction",
    "DutyMark",
    "DutyOff",
    "Evidence",
    "LocalAct",
    "LocalActFile",
    "LocalActStep",
    "Occurrence",
    "OccurrenceStep",
    "OwnDuty",
    "Program",
    "ProgramDirection",
    "ProgramIndicator",
    "ProgramLine",
    "ProgramStep",
    "ProgramVersion",
    "PsychAgreement",
    "Roadmap",
    "RoadmapStep",
    "RoadmapTable",
    "RoadmapVersion",
    "SittingRhythm",
    "StaffDecision",
    "StaffDecisionStep",
    "StaffProtocol",
    "StaffQuestion",
    "StaffSitting",
    "StaffSittingPerson",
    "StaffSittingStep",
]

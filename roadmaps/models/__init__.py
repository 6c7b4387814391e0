"""Tables of the roadmap."""

from roadmaps.models.activities import Activity, Evidence, Occurrence, OccurrenceStep
from roadmaps.models.brought import RoadmapTable
from roadmaps.models.duties import DutyMark, DutyOff, OwnDuty
from roadmaps.models.program import (
    Program,
    ProgramDirection,
    ProgramIndicator,
    ProgramLine,
    ProgramStep,
    ProgramVersion,
)
from roadmaps.models.roadmap import Direction, Roadmap, RoadmapStep, RoadmapVersion

__all__ = [
    "Activity",
    "Direction",
    "DutyMark",
    "DutyOff",
    "Evidence",
    "Occurrence",
    "OccurrenceStep",
    "OwnDuty",
    "Program",
    "ProgramDirection",
    "ProgramIndicator",
    "ProgramLine",
    "ProgramStep",
    "ProgramVersion",
    "Roadmap",
    "RoadmapStep",
    "RoadmapTable",
    "RoadmapVersion",
]

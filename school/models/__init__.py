"""The school, its people and its calendar."""

from school.models.calendar import START, AcademicYear, Holiday, Period, PeriodSystem
from school.models.classes import Enrolment, Level, MarksStart, SchoolClass, Subgroup
from school.models.consents import Consent
from school.models.history import HistoryEvent
from school.models.imports import ImportBatch, ImportChange, ImportFile
from school.models.once import SentForm
from school.models.organisation import Attestation, Municipality, School, SchoolSettings
from school.models.people import Guardian, Guardianship, Pupil, Sex, SocialRecord, Staff, StaffPosition
from school.models.readings import RestrictedRead
from school.models.social import SocialFact
from school.models.teaching import Responsibility, Subject, SubjectAlias, TeachingAssignment
from school.models.timetable import Bell, BusRider, BusRun, LessonSlot, Weekday
from school.models.users import User
from school.models.visits import Visit
from school.models.year_change import ClassPlan, PupilPlan, YearChange, YearPlan

__all__ = [
    "START",
    "AcademicYear",
    "Attestation",
    "Bell",
    "BusRider",
    "BusRun",
    "ClassPlan",
    "Consent",
    "Enrolment",
    "Guardian",
    "Guardianship",
    "HistoryEvent",
    "Holiday",
    "ImportBatch",
    "ImportChange",
    "ImportFile",
    "LessonSlot",
    "Level",
    "MarksStart",
    "Municipality",
    "Period",
    "PeriodSystem",
    "Pupil",
    "PupilPlan",
    "Responsibility",
    "RestrictedRead",
    "School",
    "SchoolClass",
    "SchoolSettings",
    "SentForm",
    "Sex",
    "SocialFact",
    "SocialRecord",
    "Staff",
    "StaffPosition",
    "Subgroup",
    "Subject",
    "SubjectAlias",
    "TeachingAssignment",
    "User",
    "Visit",
    "Weekday",
    "YearChange",
    "YearPlan",
]

"""Tables of the bank of practices and of teachers' growth."""

from teaching.models.base import Confirmable, Record
from teaching.models.communities import Community, CommunityMeeting, CommunityMember
from teaching.models.practices import Practice, PracticeFile, PracticeUse
from teaching.models.trainings import Training
from teaching.models.visits import LessonVisit, SetValue, TeacherGap

__all__ = [
    "Community",
    "CommunityMeeting",
    "CommunityMember",
    "Confirmable",
    "LessonVisit",
    "Practice",
    "PracticeFile",
    "PracticeUse",
    "Record",
    "SetValue",
    "TeacherGap",
    "Training",
]

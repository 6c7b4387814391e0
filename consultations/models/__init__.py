"""The service: hours of specialists, meetings and who takes part in them."""

from consultations.models.bringing import LessonVisit, MeetingNotice, NoticeAnswer
from consultations.models.hours import HoursException, ServiceHours
from consultations.models.meetings import Appointment, AppointmentPupil, AppointmentStep, UrgentGrounds
from consultations.models.schedule import ServiceSchedule

__all__ = [
    "Appointment",
    "AppointmentPupil",
    "AppointmentStep",
    "HoursException",
    "LessonVisit",
    "MeetingNotice",
    "NoticeAnswer",
    "ServiceHours",
    "ServiceSchedule",
    "UrgentGrounds",
]

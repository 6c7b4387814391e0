from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "consultations.ServiceHours": "часы специалиста",
    "consultations.HoursException": "исключение из часов специалиста",
    "consultations.Appointment": "встреча со специалистом",
    "consultations.AppointmentPupil": "участник встречи",
    "consultations.AppointmentStep": "шаг встречи",
    "consultations.UrgentGrounds": "основание срочной встречи",
    "consultations.ServiceSchedule": "график психологической помощи",
    "consultations.MeetingNotice": "график встреч обучающегося",
    "consultations.NoticeAnswer": "ознакомление с графиком встреч",
    "consultations.LessonVisit": "посещение занятия родителями",
}


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Служба"

    def ready(self) -> None:
        """Say how history calls the tables."""
        name_things(_NAMES)

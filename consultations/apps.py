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
    "consultations.Referral": "направление к специалисту",
    "consultations.ReferralStep": "шаг направления",
    "consultations.Recommendation": "рекомендация специалиста",
    "consultations.RecommendationRead": "ознакомление с рекомендацией",
    "consultations.NoteRuleChange": "правило заметок службы",
    "consultations.ConfidentialNote": "запись службы",
    "consultations.NoteText": "текст записи службы",
    "consultations.NoteRevision": "прежний текст записи службы",
    "consultations.NoteShare": "коллега, допущенный к записи службы",
    "consultations.NoteOpening": "вскрытие записи службы",
    "consultations.NoteOpeningSeen": "ознакомление со вскрытием",
    "consultations.NoteReading": "чтение записи службы",
    "consultations.SupportPlan": "план сопровождения",
    "consultations.SupportPlan_workers": "участник плана сопровождения",
    "consultations.SupportPlanStep": "шаг плана сопровождения",
    "consultations.PlanText": "текст плана сопровождения",
    "consultations.PlanGoal": "цель плана сопровождения",
    "consultations.PlanAction": "действие плана сопровождения",
    "consultations.ServiceSchedule": "график психологической помощи",
    "consultations.MeetingNotice": "график встреч обучающегося",
    "consultations.NoticeAnswer": "ознакомление с графиком встреч",
    "consultations.LessonVisit": "посещение занятия родителями",
}


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Служба"

    def ready(self) -> None:
        """Offer papers to the floors below, say how history calls the tables."""
        from consultations import (  # after the models
            registration_bringing,
            registration_councils,
            registration_load,
            registration_schedule,
            registration_talks,
        )

        registration_bringing.register()
        registration_councils.register()
        registration_load.register()
        registration_schedule.register()
        registration_talks.register()
        name_things(_NAMES)

from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "roadmaps.Roadmap": "дорожная карта",
    "roadmaps.RoadmapStep": "шаг дорожной карты",
    "roadmaps.RoadmapVersion": "редакция дорожной карты",
    "roadmaps.RoadmapTable": "загруженная дорожная карта",
    "roadmaps.Direction": "направление дорожной карты",
    "roadmaps.Activity": "мероприятие дорожной карты",
    "roadmaps.Occurrence": "проведение мероприятия",
    "roadmaps.OccurrenceStep": "шаг мероприятия",
    "roadmaps.Evidence": "подтверждение мероприятия",
    "roadmaps.Program": "программа профилактики",
    "roadmaps.ProgramDirection": "направление программы",
    "roadmaps.ProgramLine": "строка паспорта программы",
    "roadmaps.ProgramIndicator": "показатель программы",
    "roadmaps.ProgramVersion": "редакция программы",
    "roadmaps.ProgramStep": "шаг программы",
    "roadmaps.DutyMark": "отметка об обязанности",
    "roadmaps.OwnDuty": "обязанность, добавленная школой",
    "roadmaps.DutyOff": "выключенная обязанность",
    "roadmaps.StaffSitting": "заседание",
    "roadmaps.StaffSittingStep": "шаг заседания",
    "roadmaps.StaffSittingPerson": "участник заседания",
    "roadmaps.StaffQuestion": "вопрос повестки заседания",
    "roadmaps.StaffDecision": "решение заседания",
    "roadmaps.StaffDecisionStep": "шаг решения заседания",
    "roadmaps.StaffProtocol": "протокол заседания",
    "roadmaps.SittingRhythm": "ритм заседаний",
    "roadmaps.LocalAct": "локальный акт",
    "roadmaps.LocalActStep": "шаг локального акта",
    "roadmaps.LocalActFile": "файл локального акта",
    "roadmaps.PsychAgreement": "отметка о договоре",
}


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = "Дорожная карта"

    def ready(self) -> None:
        """Follow the calendar, offer papers to the floors below, say how history calls the tables."""
        from roadmaps import (  # after the models
            handlers,
            registration,
            registration_acts,
            registration_duties,
            registration_sittings,
        )

        handlers.subscribe_all()
        registration.register()
        registration_acts.register()
        registration_duties.register()
        registration_sittings.register()
        name_things(_NAMES)

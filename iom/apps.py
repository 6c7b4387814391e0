from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {
    "iom.Route": "маршрут",
    "iom.RouteStep": "шаг маршрута",
    "iom.RoutePart": "часть маршрута",
    "iom.RouteVersion": "версия маршрута",
    "iom.RouteAgreement": "согласование маршрута",
    "iom.RouteReview": "пересмотр маршрута",
    "iom.GapReview": "итог по дефициту",
    "iom.Gap": "дефицит",
    "iom.GapControl": "повторный контроль",
    "iom.PlanStep": "шаг плана",
    "iom.MentoringPair": "наставническая пара",
    "iom.PairStep": "шаг наставнической пары",
    "iom.PairMeeting": "встреча наставнической пары",
    "iom.PairAssessment": "оценка наставнической пары",
    "iom.NetworkPartner": "партнёр сети",
    "iom.PartnerAgreement": "договор с партнёром",
    "iom.Program": "программа",
    "iom.CourseSeat": "запись на курс",
    "iom.Achievement": "участие в конкурсе",
    "iom.MetaResult": "метапредметный результат",
    "iom.ExtraGroup": "группа дополнительных занятий",
    "iom.ExtraMember": "участник дополнительных занятий",
    "iom.ExtraSession": "дополнительное занятие",
    "iom.ExtraAttendance": "посещение дополнительного занятия",
    "iom.ExtraTable": "загруженное расписание",
    "iom.RouteTemplate": "шаблон маршрута",
    "iom.RouteTemplateRow": "шаг шаблона",
    "iom.WorkEntry": "запись индивидуальной работы",
    "iom.WorkEntryPupil": "ученик записи индивидуальной работы",
    "iom.JournalEdit": "правка записи журнала",
    "iom.JournalComment": "замечание к записи журнала",
    "iom.PupilTalk": "беседа с учеником",
}


class IomConfig(AppConfig):
    name = "iom"
    verbose_name = "Маршруты"

    def ready(self) -> None:
        """Offer papers to the floors below, say how history calls the tables."""
        from iom import (  # after the models
            registration_extra,
            registration_programs,
            registration_routes,
            registration_work,
        )

        registration_programs.register()
        registration_extra.register()
        registration_routes.register()
        registration_work.register()
        name_things(_NAMES)

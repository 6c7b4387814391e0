from django.apps import AppConfig

from school.history_words import name_things


class GradebookConfig(AppConfig):
    name = "gradebook"
    verbose_name = "Отметки"

    def ready(self) -> None:
        """Offer imports to the floors below, listen to them, and say how history calls the facts."""
        from gradebook import handlers, registration  # not before the models

        handlers.listen()
        registration.register()
        name_things(
            {
                "gradebook.Mark": "отметка",
                "gradebook.Absence": "пропуск",
                "gradebook.AbsenceGround": "основание пропуска",
                "gradebook.PeriodResult": "итог",
                "gradebook.PeriodMean": "средняя",
                "gradebook.Procedure": "оценочная процедура",
                "gradebook.ProcedureStep": "что сделано с оценочной процедурой",
                "gradebook.BroughtTimetable": "загруженный график работ",
                "gradebook.ParticipantCode": "код участника",
                "gradebook.AssessmentResult": "результат оценочной процедуры",
                "gradebook.ImportProfile": "коды журнала",
                "gradebook.NameMatch": "чьё имя в файлах",
                "gradebook.HandCorrection": "исправление вручную",
            }
        )

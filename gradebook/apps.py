from django.apps import AppConfig

from school.history_words import name_things


class GradebookConfig(AppConfig):
    name = "gradebook"
    verbose_name = "Отметки"

    def ready(self) -> None:
        """Say how history calls the facts."""
        name_things(
            {
                "gradebook.Mark": "отметка",
                "gradebook.Absence": "пропуск",
                "gradebook.PeriodResult": "итог",
                "gradebook.PeriodMean": "средняя",
                "gradebook.Procedure": "внешняя работа",
                "gradebook.AssessmentResult": "результат внешней работы",
            }
        )

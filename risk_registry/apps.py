from django.apps import AppConfig

from school.history_words import name_things


class RiskRegistryConfig(AppConfig):
    name = "risk_registry"
    verbose_name = "Реестр"

    def ready(self) -> None:
        """Listen to the floors below, offer them the computation, say how history calls the registry's tables."""
        from risk_registry import handlers, registration, transfer, year_handlers, year_notes  # not before the models

        handlers.listen()
        year_handlers.listen()
        transfer.advise()
        year_notes.tell()
        registration.register()
        name_things(
            {
                "risk_registry.PupilCategory": "категория",
                "risk_registry.RegistryStep": "шаг реестра",
                "risk_registry.EntryCause": "причина",
                "risk_registry.WorkForm": "форма работы",
                "risk_registry.EntryLook": "просмотр записи",
                "risk_registry.BroughtRegistry": "загруженный реестр школы",
                "risk_registry.ApprovalReminder": "напоминание о реестре",
                "risk_registry.Signal": "сигнал",
                "risk_registry.SignalStep": "шаг сигнала",
                "risk_registry.SignalResponse": "ответ на сигнал",
                "risk_registry.Deed": "краткая запись",
                "risk_registry.WorksReview": "рассмотрение внешних работ",
                "risk_registry.WorkNote": "причины низких результатов",
                "risk_registry.AcademicDebt": "академическая задолженность",
                "risk_registry.DebtStep": "шаг задолженности",
                "risk_registry.DebtAttempt": "пересдача",
                "risk_registry.FinalTrial": "итоговое собеседование или сочинение",
                "risk_registry.DebtPause": "продление срока задолженности",
                "risk_registry.Calibration": "калибровка",
                "risk_registry.Interview": "собеседование",
                "risk_registry.Interview_pupils": "о ком говорили на собеседовании",
                "risk_registry.InterviewStep": "шаг собеседования",
                "risk_registry.HomeworkComplaint": "жалоба на объём заданий",
                "risk_registry.HomeworkComplaint_subjects": "предмет жалобы",
                "risk_registry.ComplaintStep": "шаг жалобы",
            }
        )

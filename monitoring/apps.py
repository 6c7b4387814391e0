from django.apps import AppConfig

from school.history_words import name_things

# How history calls the tables.
_NAMES = {"monitoring.ManualValue": "значение показателя, внесённое вручную"}


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from monitoring import registration

        registration.register()
        name_things(_NAMES)

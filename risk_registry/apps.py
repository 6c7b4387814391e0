from django.apps import AppConfig

from school.history_words import name_things


class RiskRegistryConfig(AppConfig):
    name = "risk_registry"
    verbose_name = "Реестр"

    def ready(self) -> None:
        """Say how history calls what is kept here."""
        name_things(
            {
                "risk_registry.PupilCategory": "категория",
                "risk_registry.RegistryStep": "шаг по записи реестра",
                "risk_registry.Signal": "сигнал",
                "risk_registry.Calibration": "калибровка",
            }
        )

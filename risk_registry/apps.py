from django.apps import AppConfig


class RiskRegistryConfig(AppConfig):
    name = "risk_registry"
    verbose_name = "Реестр"

    def ready(self) -> None:
        """Listen to the floors below."""
        from risk_registry import handlers  # not before the models

        handlers.listen()

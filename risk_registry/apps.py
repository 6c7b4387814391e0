from django.apps import AppConfig


class RiskRegistryConfig(AppConfig):
    name = "risk_registry"
    verbose_name = "Реестр"

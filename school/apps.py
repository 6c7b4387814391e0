from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = "Школа"

    def ready(self) -> None:
        """Every app may add to logins (`doorstep.py`), navigation, agenda, cards (`parts.py`), times (`busy.py`)."""
        autodiscover_modules("doorstep", "nav", "agenda", "parts", "busy")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = "Школа"

    def ready(self) -> None:
        """Every app may add to navigation (`nav.py`), logins (`doorstep.py`) and pupils' cards (`parts.py`)."""
        autodiscover_modules("doorstep", "nav", "parts")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = "Школа"

    def ready(self) -> None:
        """Every app adds its entries to the navigation in its `nav.py`, and what follows a login in `doorstep.py`."""
        autodiscover_modules("doorstep", "nav")

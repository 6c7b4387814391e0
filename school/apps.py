from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = "Школа"

    def ready(self) -> None:
        """Let every app add its entries to the navigation: they stand in its `nav.py`."""
        autodiscover_modules("nav")

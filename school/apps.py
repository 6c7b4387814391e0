from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import autodiscover_modules

from school.sessions import session_begin


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = "Школа"

    def ready(self) -> None:
        """Sessions know when they began; every app adds its entries to the navigation: they stand in its `nav.py`."""
        user_logged_in.connect(session_begin, dispatch_uid="session begins")
        autodiscover_modules("nav")

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from common.authorship import sign_connection


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Общее"

    def ready(self) -> None:
        """Every connection tells the database who writes."""
        connection_created.connect(sign_connection, dispatch_uid="authorship")

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Рабочий стол"

    def ready(self) -> None:
        """Offer the desk's background work."""
        from desk import registration  # not before the models

        registration.register()

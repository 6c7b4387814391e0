from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Отчёты"

    def ready(self) -> None:
        from monitoring import registration

        registration.register()

from django.apps import AppConfig

from school.history_words import name_things


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Any report registered by the floors above is a job and a file here."""
        from documents import kinds  # not before the models

        kinds.register()
        name_things({"documents.NumberRegister": "нумерация документов"})

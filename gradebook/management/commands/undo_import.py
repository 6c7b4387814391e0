from typing import Any

from django.core.management.base import CommandParser

from common.errors import Refused
from common.headless import HeadlessCommand
from gradebook.services.undo import gradebook_undo
from school.models import ImportBatch
from school.services.imports import undo as school_undo


class Command(HeadlessCommand):
    help = "Undo a batch: what it changed returns, unless a later batch says the same."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("batch", type=int)

    def answer(self, **options: Any) -> dict[str, Any]:
        batch = ImportBatch.objects.filter(pk=options["batch"]).select_related("school").first()
        if batch is None:
            raise Refused(f"Пачки № {options['batch']} нет.")
        undo = gradebook_undo if batch.kind == ImportBatch.Kind.GRADEBOOK else school_undo
        return {"batch": batch.pk, "undone": undo(by=None, batch=batch)}

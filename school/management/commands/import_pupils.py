from typing import Any

from school.management.school_files import SchoolFileCommand
from school.models import ImportBatch


class Command(SchoolFileCommand):
    help = "Import the contingent: pupils, classes, guardians."
    kind = ImportBatch.Kind.PUPILS

    def answer(self, **options: Any) -> dict[str, Any]:
        return self.imported(**options)

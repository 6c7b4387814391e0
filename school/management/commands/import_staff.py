from typing import Any

from school.management.school_files import SchoolFileCommand
from school.models import ImportBatch


class Command(SchoolFileCommand):
    help = "Import the staff: positions, teaching assignments, class teachers. Nobody gets a login by it."
    kind = ImportBatch.Kind.STAFF

    def answer(self, **options: Any) -> dict[str, Any]:
        return self.imported(**options)

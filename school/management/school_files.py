"""What the commands that import one file into a school share."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from common.errors import Refused
from common.headless import HeadlessCommand
from common.paths import unreadable
from common.tabular import UnreadableFile
from school.models import School
from school.services.imports import counts_of, file_import


class FileRefused(Refused):
    """A file is refused, and the call with it. `files` says why, as the contract wants it."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(message)
        self.files = [{"file": file, "error": message}]


class SchoolFileCommand(HeadlessCommand):
    """FILE --school CODE. Subclasses name the `kind` of batch."""

    kind: str

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", required=True)

    def imported(self, *, file: Path, school: str, **_: Any) -> dict[str, Any]:
        """Import the file and answer with its counts."""
        found = School.objects.filter(code=school).first()
        if found is None:
            raise Refused(f"Школы с кодом «{school}» нет.")
        try:
            batch = file_import(by=None, school=found, kind=self.kind, name=file.name, content=_read(file))
        except UnreadableFile as refusal:
            raise FileRefused(refusal.file, refusal.message) from refusal
        return counts_of(batch)


def _read(file: Path) -> bytes:
    if problem := unreadable(file):
        raise FileRefused(file.name, problem)
    return file.read_bytes()

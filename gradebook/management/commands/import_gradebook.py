from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from common.errors import Refused
from common.headless import HeadlessCommand
from common.paths import unreadable
from common.tabular import SourceFile
from gradebook.services.imports import FilesRefused, gradebook_import
from school.models import School


class Command(HeadlessCommand):
    help = "Import files of the e-journal: marks, absences, results, external works."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--school", required=True, metavar="CODE")
        parser.add_argument("--year", type=int, help="for files that do not name it; default: the current one")
        parser.add_argument("--period", type=int, help="for files that do not name it")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--accept-changes", action="store_true")

    def answer(self, **options: Any) -> dict[str, Any]:
        paths = [Path(name) for name in options["files"]]
        closed = [(path.name, problem) for path in paths if (problem := unreadable(path))]
        if closed:
            raise FilesRefused(closed)
        school = School.objects.filter(code=options["school"]).first()
        if school is None:
            raise Refused(f"Школы с кодом «{options['school']}» нет.")
        done = gradebook_import(
            by=None,
            school=school,
            files=[SourceFile(path.name, path) for path in paths],
            year_start=options["year"],
            period=options["period"],
            dry_run=options["dry_run"],
            accept_changes=options["accept_changes"],
        )
        return done.as_json()

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from common.errors import Refused
from common.headless import HeadlessCommand
from common.paths import reason_of
from documents.formats import TITLES
from documents.registry import ReportQuery, report_kinds
from documents.services.reports import report_render
from school.models import School


class Command(HeadlessCommand):
    """Answers `{"report": "quarterly", "format": "pdf", "output": "…", "size": 48213}`."""

    help = "Make a report and write it to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kind", choices=[offered.kind for offered in report_kinds()])
        parser.add_argument("--school", required=True)
        parser.add_argument("--period", type=int, required=True)
        parser.add_argument("--year", type=int)
        parser.add_argument("--pupil", default="")
        parser.add_argument("--format", choices=list(TITLES), required=True)
        parser.add_argument("--output", type=Path, required=True)

    def answer(self, **options: Any) -> dict[str, Any]:
        school = School.objects.filter(code=options["school"]).first()
        if school is None:
            raise Refused(f"Школы с кодом «{options['school']}» нет.")
        query = ReportQuery(school, options["period"], options["year"], options["pupil"])
        made = report_render(kind=options["kind"], query=query, format=options["format"])
        _write(options["output"], made.content)
        return {
            "report": options["kind"],
            "format": options["format"],
            "output": str(options["output"]),
            "size": len(made.content),
        }


def _write(target: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"Не удалось записать {target}: {reason_of(error)}.") from None

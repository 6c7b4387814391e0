from typing import Any

from django.core.management.base import CommandParser

from common.headless import HeadlessCommand
from school.models import PeriodSystem
from school.services.organisation import school_create


class Command(HeadlessCommand):
    help = "Create a school with default periods."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--code", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--periods", choices=PeriodSystem.values, required=True)
        parser.add_argument("--upper", choices=["halfyears", "same"], default="halfyears")
        parser.add_argument("--municipality", default="")

    def answer(self, **options: Any) -> dict[str, Any]:
        school = school_create(
            by=None,
            code=options["code"],
            name=options["name"],
            start=options["year"],
            periods=options["periods"],
            upper=options["upper"],
            municipality=options["municipality"],
        )
        year = school.years.get()
        return {
            "school": school.code,
            "year": year.start,
            "periods": year.periods.filter(system=year.main_system).count(),
        }

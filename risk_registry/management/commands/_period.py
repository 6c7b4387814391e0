"""What `classify` and `signals` ask for."""

from typing import Any

from django.core.management.base import CommandParser

from common.headless import HeadlessCommand
from risk_registry.selectors.periods import main_period, registry_period, school_by_code, year_of
from school.models import Period, School


class PeriodCommand(HeadlessCommand):
    """A command about one period of one school; `begins`: the beginning of the year (0) may be asked for too."""

    begins = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--school", required=True, metavar="CODE")
        parser.add_argument("--period", type=int, required=True, metavar="N")
        parser.add_argument("--year", type=int, help="the year in which the academic year began; default: the current")

    def asked(self, options: dict[str, Any]) -> tuple[School, Period]:
        """The school and its period; `Refused` when there is no such thing."""
        school = school_by_code(options["school"])
        found = registry_period if self.begins else main_period
        return school, found(year_of(school, options["year"]), options["period"])

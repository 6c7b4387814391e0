import time
from typing import Any

from django.core.management.base import CommandParser

from common.headless import HeadlessCommand
from demo.services import Plan, demo_load


class Command(HeadlessCommand):
    help = "Load the demo school with its cast; more schools and pupils for measurements."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--schools", type=int, default=Plan.schools)
        parser.add_argument("--pupils", type=int, default=Plan.pupils)
        parser.add_argument("--seed", type=int, default=Plan.seed)
        parser.add_argument(
            "--whole-year", action="store_true", help="marks through May, dense: 2,000 pupils have a million"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        began = time.monotonic()
        plan = Plan(options["schools"], options["pupils"], options["seed"], options["whole_year"])
        schools = demo_load(plan, lambda text: self.stderr.write(text))
        return {"schools": [school.code for school in schools], "seconds": round(time.monotonic() - began, 1)}

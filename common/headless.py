"""What all headless commands share: one JSON object on standard output, and the contract's exit statuses."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.authorship import acting
from common.errors import Refused


class HeadlessCommand(BaseCommand):
    """A thin wrapper of a service. Subclasses implement `answer(**options)`, which returns the JSON object.

    Exit status: 0 done; 1 refused, with {"error": …, "files": […]} on standard output; 2 wrong usage.
    """

    requires_system_checks: list[str] = []  # they would be printed for automation to trip over

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Do the deed and return what is printed."""
        raise TypeError(f"{type(self).__name__} answers nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with acting(None, f"команда {type(self).__module__.rpartition('.')[2]}"):
                told = self.answer(**options)
        except Refused as refusal:
            self._print(_answer_of(refusal))
            sys.exit(1)
        self._print(told)

    def _print(self, told: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _answer_of(refusal: Refused) -> dict[str, Any]:
    """Refusals may name the files at fault, and an undo what was changed since."""
    told = {"error": refusal.message, "files": getattr(refusal, "files", [])}
    changed = getattr(refusal, "changed", None)
    return told if changed is None else {**told, "changed": changed}

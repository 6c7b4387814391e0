from typing import Any

from django.core.management.base import CommandParser

from common.headless import HeadlessCommand
from school.services.administrators import administrator_create


class Command(HeadlessCommand):
    """Answers `{"login": "admin", "password": "…"}`; the password works until it is changed at the first login."""

    help = "Create an administrator with a one-time password, which is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--login", default="admin")
        parser.add_argument("--one-time", action="store_true", required=True, help="print a password for one login")

    def answer(self, **options: Any) -> dict[str, Any]:
        password = administrator_create(by=None, username=options["login"])
        return {"login": options["login"], "password": password}

from typing import Any

from common.headless import HeadlessCommand
from demo import cast
from school.models import School


class Command(HeadlessCommand):
    help = "The demo's logins by role; an empty list where the demo is not loaded."

    def answer(self, **options: Any) -> dict[str, Any]:
        if not School.objects.filter(code=cast.CODE).exists():
            return {"logins": []}
        rows = [(c.login, c.shown_as) for c in cast.STAFF if c.login] + list(cast.OTHER_LOGINS)
        return {
            "logins": [{"login": login, "password": cast.PASSWORD, "role": role} for login, role in rows],
        }

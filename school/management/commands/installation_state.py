from typing import Any

from common.headless import HeadlessCommand
from school.models import School, User


class Command(HeadlessCommand):
    """Answers `{"schools": 0, "users": 0}`."""

    help = "Count schools and logins, so that the launcher knows what a new installation begins with."

    def answer(self, **options: Any) -> dict[str, Any]:
        return {"schools": School.objects.count(), "users": User.objects.count()}

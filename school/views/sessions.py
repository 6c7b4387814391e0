"""Where a person is logged in at present."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView

from school.browsers import browser_words


@dataclass(frozen=True)
class SessionRow:
    """One session as the page shows it."""

    began: datetime
    address: str
    browser: str
    current: bool


class OwnSessions(ListUserSessionsView):  # type: ignore[misc]
    """allauth's list, the present session always in it, browsers in words; POST ends the others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Newest first, the present one on top."""
        UserSession.objects.create_from_request(self.request)
        told: dict[str, Any] = super().get_context_data(**kwargs)
        rows = [SessionRow(s.created_at, s.ip, browser_words(s.user_agent), s.is_current()) for s in told["sessions"]]
        told["rows"] = sorted(rows, key=lambda row: (row.current, row.began), reverse=True)
        return told

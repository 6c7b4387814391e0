"""Sessions that end by themselves (docs/trust.md, 8). Moments are kept in the session, in seconds since 1970."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from school.models import User
from school.services.visits import visit_note

GetResponse = Callable[[HttpRequest], HttpResponse]

_OPENED, _SEEN, _BEFORE = "opened_at", "seen_at", "visit_before"
_SEEN_STEP = 60  # seconds: writing the session at every request would cost a query each


def session_begin(request: HttpRequest, user: User, **_: Any) -> None:
    """Receiver of `user_logged_in`: the clocks start at the door, and the visit before is remembered."""
    request.session[_OPENED] = request.session[_SEEN] = time.time()
    before = visit_note(by=user)
    request.session[_BEFORE] = before.isoformat() if before is not None else ""


def visit_before(session: SessionBase) -> datetime | None:
    """When the person was last at work here before this session; None at the first visit."""
    told = session.get(_BEFORE, "")
    return datetime.fromisoformat(told) if told else None


def session_timeouts(get_response: GetResponse) -> GetResponse:
    """End a session in which nobody has worked for a while, and any session after its longest time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if _is_over(request.session, now):
                logout(request)
                messages.info(request, "Сеанс закончился: в нём давно не работали. Войдите снова.")
            else:
                _touch(request, request.user, now)
        return get_response(request)

    return middleware


def _is_over(session: SessionBase, now: float) -> bool:
    idle = now - session.get(_SEEN, now)
    whole = now - session.get(_OPENED, now)
    return bool(idle > settings.SESSION_IDLE_SECONDS or whole > settings.SESSION_ABSOLUTE_SECONDS)


def _touch(request: HttpRequest, user: Any, now: float) -> None:
    """What a page asks by itself (see static/opora.js) is nobody's work."""
    session = request.session
    session.setdefault(_OPENED, now)
    if "X-Unattended" not in request.headers and now - session.get(_SEEN, 0) > _SEEN_STEP:
        session[_SEEN] = now
        visit_note(by=user)

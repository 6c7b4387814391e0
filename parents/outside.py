"""The public face: pages for people without an account (docs/decisions/0035-personal-links.md).

Such a page opens by a secret in its address, `…?k=SECRET`: logs keep paths and leave out what follows «?»
(`common/logs.py`, `config/gunicorn.py`). The secret is signed, so that most guesses never reach the database; only its
SHA-256 is kept. A browser that is told to send no referrer calls itself «null» when it sends a form, so Django's check
of the sender cannot be asked here; nobody can forge a form to an address that they do not know.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit  # the public one does not count what is only looked at
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

PARAM = "k"  # the name of the secret in an address
_RANDOM, _SIGNATURE = 18, 12  # bytes: 144 random bits, a signature of 96
_LONGEST = 64
_APP, _ACTION = "allauth.account", "outside_failed"  # of ACCOUNT_RATE_LIMITS

View = Callable[..., HttpResponse]


def public_address(path: str) -> str | None:
    """The address by which people outside reach a path of ours; None where the school has none."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else None


def only_here() -> bool:
    """Whether the address that is set opens on this computer alone: paper with it would lead parents nowhere."""
    return urlsplit(settings.PUBLIC_URL).hostname in ("localhost", "127.0.0.1", "::1")


def secret_new(purpose: str) -> str:
    """A secret for an address, of 40 signs. `purpose` parts links from surveys: a secret of one opens no other."""
    random = _text(secrets.token_bytes(_RANDOM))
    return random + _signature(purpose, random)


def secret_hash(secret: str) -> str:
    """What is kept of a secret: SHA-256, 64 hexadecimal signs."""
    return sha256(secret.encode()).hexdigest()


def secret_of(request: HttpRequest, purpose: str) -> str:
    """The secret of the address where it is signed by us for this purpose; else empty."""
    told = request.GET.get(PARAM, "")
    random = told[: _RANDOM * 4 // 3]
    signed = len(told) <= _LONGEST and constant_time_compare(told, random + _signature(purpose, random))
    return told if signed and random else ""


def _signature(purpose: str, random: str) -> str:
    mac = salted_hmac(f"parents.outside.{purpose}", random, algorithm="sha256")
    return _text(mac.digest()[:_SIGNATURE])


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def outside_view(view: View) -> View:
    """A page of the public face: no login, never kept, never indexed, no referrer; nobody who guesses too often.

    Answers «closed» where the school has no public address, and to whoever has used up their tries.
    """
    return _guarded(view, lambda request: not settings.PUBLIC_URL or _used_up(request))


def anywhere_view(view: View) -> View:
    """The same for a page that also serves the school's own computers, where there is no public address: nothing of
    it opens without a code that somebody was handed on paper."""
    return _guarded(view, _used_up)


def _guarded(view: View, shut: Callable[[HttpRequest], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = closed(request) if shut(request) else view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    limited: View = require_http_methods(["GET", "HEAD", "POST"])(guarded)
    return csrf_exempt(login_not_required(limited))


def closed(request: HttpRequest) -> HttpResponse:
    """What is unknown, over, withdrawn or shut looks the same (404) and says what to do."""
    return render(request, "parents/outside/closed.html", status=404)


def failed(request: HttpRequest) -> None:
    """Count a wrong secret or a wrong check word against the computer that sent it."""
    ratelimit.consume(request, app=_APP, action=_ACTION, limit_get=True)


def _used_up(request: HttpRequest) -> bool:
    return ratelimit.consume(request, app=_APP, action=_ACTION, limit_get=True, dry_run=True) is None

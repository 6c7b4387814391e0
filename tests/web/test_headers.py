"""What every answer carries, and how production is set: docs/trust.md, 9."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from school.models import User
from tests.web.conftest import LogIn

PRODUCTION = {
    "OPORA_DEBUG": "",
    "PUBLIC_URL": "https://opora.example",
    "SECRET_KEY": "q7-a-key-for-the-check-only-Zx93kd02hh21mmPq58sKw-vbn64-tyu",
}
PAGES = ["account_login", "usersessions_list", "school:logins", "account_change_password", "start"]


def _ask_production(code: str, **more: str) -> str:
    """What a fresh process with production's environment prints."""
    command = [
        sys.executable,
        *(["manage.py", "check", "--deploy", "--fail-level", "WARNING"] if not code else ["-c", code]),
    ]
    environment = {**os.environ, **PRODUCTION, **more}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: Client, deputy: User, name: str) -> None:
    client.force_login(deputy)
    policy = client.get(reverse(name))["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("name", PAGES)
def test_no_page_stays_in_the_computer(client: Client, deputy: User, name: str) -> None:
    client.force_login(deputy)

    assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_the_other_headers_are_there(client: Client, db: None) -> None:
    answer = client.get(reverse("account_login"))

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, deputy: User, log_in: LogIn) -> None:
    client.get(reverse("account_login"))
    log_in(client, "ermolaeva")

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["httponly"]


def test_djangos_own_check_of_production_is_clean() -> None:
    _ask_production("")


_TELL = """
import django, json; django.setup()
from django.conf import settings as s
names = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG"]
print(json.dumps({n: bool(getattr(s, n)) for n in names}), s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS)
"""


def test_an_address_with_tls_demands_tls() -> None:
    told = _ask_production(_TELL, DJANGO_SETTINGS_MODULE="config.settings")

    assert '"SECURE_SSL_REDIRECT": true, "SECURE_HSTS_SECONDS": true, "SESSION_COOKIE_SECURE": true' in told
    assert "'opora.example'" in told
    assert "['https://opora.example']" in told


def test_a_school_network_without_tls_still_works() -> None:
    told = _ask_production(_TELL, DJANGO_SETTINGS_MODULE="config.settings", PUBLIC_URL="http://opora.school")

    assert '"SECURE_SSL_REDIRECT": false, "SECURE_HSTS_SECONDS": false, "SESSION_COOKIE_SECURE": false' in told
    assert "'opora.school'" in told


def test_production_refuses_to_start_without_a_key_of_its_own() -> None:
    environment = {**os.environ, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "config.settings"}
    del environment["SECRET_KEY"]
    command = [sys.executable, "-c", "import django; django.setup()"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_health_is_told_without_a_name(client: Client, db: None) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")

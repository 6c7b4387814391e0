"""Journeys in Chromium against a live server on a real PostgreSQL.

Fixtures: `page` (one tab, 1280 × 720; with `@at_both_widths` also a phone of 375 px), `site` (the server's address),
`log_in(user)` (a tab that is logged in). Every journey fails when a request leaves the machine, when a script fails or
when the content policy stops something. A failed journey leaves its screenshot in the data folder, under `browser/`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from launcher.system import chromium
from school.models import User

HEIGHTS = {1280: 720, 375: 812}
INSIDE = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
# By the browser's own rule: a rule of ours for each request would cost time, and its cache with it.
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
_HERE = Path(__file__).parent
_FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey and needs tables that other connections see."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Remember for the fixtures whether the test failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def _chromium() -> str | None:
    return os.environ.get("OPORA_CHROMIUM") or chromium()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for this folder.

    Its driver keeps an event loop in this thread, in which Django sees connections of its own and wants to be told
    that nothing runs beside the test's code. Both end with the folder: other tests do without.
    """
    path = _chromium()
    if path is None:
        pytest.skip("Chromium не найден: установите пакет chromium")
    flags = [ONLY_THIS_MACHINE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = driver.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()
        connections.close_all()


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of the running application."""
    return str(live_server.url)


@pytest.fixture
def width() -> int:
    """Pixels across; `@at_both_widths` tries the phone too."""
    return 1280


@pytest.fixture
def complaints() -> list[str]:
    """Errors that the page's console told; a journey that looks for one takes it out."""
    return []


@pytest.fixture
def page(
    browser: Browser, site: str, width: int, complaints: list[str], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A tab that speaks with this machine only."""
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": HEIGHTS[width]}, locale="ru-RU", has_touch=width < 700
    )
    left: list[str] = []
    context.on("request", lambda asked: None if asked.url.startswith(INSIDE) else left.append(asked.url))
    tab = context.new_page()
    tab.set_default_timeout(15_000)
    tab.on("console", lambda message: _listen(message, complaints))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    if request.node.stash.get(_FAILED, False):
        _keep_picture(tab, request.node.name)
    context.close()
    assert not left, "requests left the machine"
    assert not complaints, "the page complained"


def _listen(message: ConsoleMessage, wrong: list[str]) -> None:
    """Answers of 400 and above are what some journeys look for; the rest is a fault."""
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        wrong.append(message.text)


def _keep_picture(tab: Page, name: str) -> None:
    folder = settings.OPORA_DATA / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=folder / f"{name}.png", full_page=True)


@pytest.fixture
def log_in(page: Page, site: str) -> Callable[[User], Page]:
    """Give the tab a session of this person, without the door."""

    def enter(user: User) -> Page:
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        return page

    return enter

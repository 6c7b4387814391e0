"""Every page that links lead to, role by role: it opens, fits a phone, is accessible and speaks Russian."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from school.models import School, User
from tests.browser.looks import assert_accessible, assert_fits
from tests.browser.walking import Fetch, Seen, fetched_by, walk

# The narrowest phone, a phone, and the narrowest window beside the column of navigation.
WIDTHS = (320, 375, 905, 1280)
# Axe looks at every cell; the rows of a long table are alike.
CUT_ROWS = (
    "document.querySelectorAll('tbody > tr:nth-child(n + 6), .o-plain > li:nth-child(n + 26)').forEach(e => e.remove())"
)
PATIENCE = 60_000
# The deputy has most of the pages; of the others only what differs is looked at again.
LOGINS = ("zavuch", "klass", "predmet", "psiholog", "socped", "director", "municipal")
# Programs, formats of files, words on keys; names of people's logins and of the demo school.
NOT_RUSSIAN = re.compile(
    r"\b(?!(?:XLSX?|CSV|ODS|HTML|PDF|ZIP|JPEG|PNG|Excel|Word|ID|Enter|Tab|Backspace|Esc|PageUp|PageDown)\b)[A-Za-z]{3,}"
)
ADDRESS = re.compile(r"https?://\S+")
WITH_LOGINS = re.compile(r"^/school/(?:logins/.*|staff/\d+/|municipalit.*)?$|/readers/$|^/keys/$")


def check(page: Page, address: str, *, closely: bool) -> None:
    """The page that is open; `closely` where it has parts that no page before it had."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        assert_fits(page)
    if closely:
        page.evaluate(CUT_ROWS)
        assert_accessible(page)
    if not WITH_LOGINS.search(address.split("?")[0]):
        assert NOT_RUSSIAN.findall(ADDRESS.sub("", page.inner_text("main"))) == []


def fetched_in(page: Page) -> Fetch:
    """How a walk in the browser gets a page, which then is open."""

    def fetch(address: str) -> tuple[int, str]:
        answer = page.goto(address)
        assert answer is not None
        return answer.status, answer.text()

    return fetch


@pytest.mark.parametrize("width", [1280])
def test_every_page_of_every_role_opens_fits_a_phone_is_accessible_and_russian(
    log_in: Callable[[User], Page], width: int, demo_school: School
) -> None:
    """All pages of the first login in the browser; of the others those that have something not seen before."""
    seen = Seen()
    faults: list[str] = []
    for login in LOGINS:
        user = User.objects.get(username=login)
        page = log_in(user)
        page.set_default_timeout(PATIENCE)
        show = fetched_in(page)
        first = login == LOGINS[0]
        for one in walk(show if first else fetched_by(session_of(user))):
            closely = seen.lacks(one)
            if not seen.adds(one) and not first and one.code == 200:
                continue
            try:
                assert (one.code if first else show(one.address)[0]) == 200
                check(page, one.address, closely=closely)
            except AssertionError as fault:
                faults.append(f"{login} {one.address}: {fault}")
    assert not faults, "\n".join(faults)
    assert len(seen.widest) > 45


def session_of(user: User) -> Client:
    """A client that is logged in."""
    client = Client()
    client.force_login(user)
    return client

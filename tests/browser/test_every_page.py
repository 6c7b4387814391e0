"""Every page that links lead to, role by role: it opens, fits a phone, is accessible and speaks Russian.

Opening and Russian are asked of the HTML of each. Fitting and accessibility are the browser's to say: it looks at every
page that has an element, a row's length or a table's headings that no page before it had; the others consist of these.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from school.models import School, User
from tests.browser.looks import FRAME, assert_accessible, assert_fits
from tests.browser.walking import Seen, Visited, fetched_by, walk

# The narrowest phone, the narrowest window beside the column of navigation, a wide one. No rule of ours begins between
# 320 and other phones: what fits the narrowest fits them.
WIDTHS = (320, 905, 1280)
# Axe looks at every cell; the rows of a long table are alike, and so are those whom a form lets choose.
LONG = "tbody > tr:nth-child(n + 6), .o-plain > li:nth-child(n + 26), option:nth-child(n + 9)"
CUT_ROWS = f"document.querySelectorAll('{LONG}').forEach(e => e.remove())"
PATIENCE = 60_000
# The deputy has most of the pages; of the others only what differs is looked at.
LOGINS = ("zavuch", "klass", "predmet", "psiholog", "socped", "director", "municipal")
# Programs, formats of files, words on keys; names of people's logins and of the demo school.
NOT_RUSSIAN = re.compile(
    r"\b(?!(?:XLSX?|CSV|ODS|HTML|PDF|ZIP|JPEG|PNG|Excel|Word|ID|Enter|Tab|Backspace|Esc|PageUp|PageDown)\b)[A-Za-z]{3,}"
)
ADDRESS = re.compile(r"https?://\S+")
WITH_LOGINS = re.compile(r"^/school/(?:logins/.*|staff/\d+/|municipalit.*)?$|/readers/$|^/keys/$")


def look(page: Page, address: str, *, without: str) -> None:
    """Open a page in the browser; at every width of its window. `without`: what axe need not look at again."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        assert_fits(page)
    page.evaluate(CUT_ROWS)
    assert_accessible(page, without=without)


def read(one: Visited) -> None:
    """A page that was fetched: it opened, and speaks Russian."""
    assert one.code == 200
    if not WITH_LOGINS.search(one.address.split("?")[0]):
        assert NOT_RUSSIAN.findall(ADDRESS.sub("", one.words)) == []


@pytest.mark.parametrize("width", [1280])
def test_every_page_of_every_role_opens_fits_a_phone_is_accessible_and_russian(
    log_in: Callable[[User], Page], width: int, demo_school: School
) -> None:
    seen = Seen()
    faults: list[str] = []
    for login in LOGINS:
        user = User.objects.get(username=login)
        page = log_in(user)
        page.set_default_timeout(PATIENCE)
        looked_at = ""
        for one in walk(fetched_by(session_of(user))):
            try:
                read(one)
                if seen.adds(one):
                    look(page, one.address, without=looked_at)
                    looked_at = FRAME
            except AssertionError as fault:
                faults.append(f"{login} {one.address}: {fault}")
    assert not faults, "\n".join(faults)
    assert len(seen.kinds) > 300


def session_of(user: User) -> Client:
    """A client that is logged in."""
    client = Client()
    client.force_login(user)
    return client

"""Every page that links lead to, role by role: it opens, fits a phone, is accessible and speaks Russian."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from demo.services import Plan, demo_load
from school.models import User
from tests.browser.looks import assert_accessible, assert_fits

# The narrowest phone, a phone, and the narrowest window beside the column of navigation.
WIDTHS = (320, 375, 905, 1280)
# Axe looks at every cell; the rows of a long table are alike.
CUT_ROWS = (
    "document.querySelectorAll('tbody > tr:nth-child(n + 6), .o-plain > li:nth-child(n + 26)').forEach(e => e.remove())"
)
PATIENCE = 60_000
# Files, and what belongs to the browser or to the person rather than to us.
NOT_A_PAGE = re.compile(r"/(?:static|logout|sessions|files)\b|/export|\.ics$|/rejected/")
# Programs and formats of files; names of people's logins and of the demo school.
NOT_RUSSIAN = re.compile(r"\b(?!(?:XLSX?|CSV|ODS|HTML|PDF|ZIP|JPEG|PNG|Excel|ID)\b)[A-Za-z]{3,}")
WITH_LOGINS = re.compile(r"^/school/(?:logins/.*|staff/\d+/|municipalit.*)?$|/readers/$|^/keys/$")


def kind_of(address: str) -> str:
    """Pages that differ in what they are about, but not in how they are made."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "N", address.partition("?")[0])


def pages(page: Page) -> Iterator[tuple[str, int]]:
    """Go from the first page wherever links lead, to one page of each kind; the address and the answer's code."""
    queue, kinds = ["/"], set[str]()
    while queue:
        address = queue.pop(0)
        if kind_of(address) in kinds or NOT_A_PAGE.search(address):
            continue
        kinds.add(kind_of(address))
        answer = page.goto(address)
        assert answer is not None
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href').split('#')[0])")
        yield address, answer.status
        queue += links


def check(page: Page, address: str, *, first: bool) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        assert_fits(page)
    if not first:
        return
    page.evaluate(CUT_ROWS)
    assert_accessible(page)
    if not WITH_LOGINS.search(address.split("?")[0]):
        assert NOT_RUSSIAN.findall(page.inner_text("main")) == []


@pytest.mark.parametrize("width", [1280])
def test_every_page_opens_fits_a_phone_is_accessible_and_russian(log_in: Callable[[User], Page], width: int) -> None:
    demo_load(Plan(pupils=70))
    seen: set[str] = set()
    faults: list[str] = []
    for login in ("zavuch", "klass"):
        page = log_in(User.objects.get(username=login))
        page.set_default_timeout(PATIENCE)
        for address, code in pages(page):
            try:
                assert code == 200
                check(page, address, first=kind_of(address) not in seen)
            except AssertionError as fault:
                faults.append(f"{login} {address}: {fault}")
            seen.add(kind_of(address))
    assert not faults, "\n".join(faults)
    assert len(seen) > 45

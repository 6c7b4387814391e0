"""What every page of the interface is asked."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

at_both_widths = pytest.mark.parametrize("width", [1280, 375])

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# No rule of these asks for what axe would fetch again beforehand.
_QUICK = {"resultTypes": ["violations"], "preload": False}
FRAME = ".o-side"


def assert_accessible(page: Page, *, without: str = "") -> None:
    """Axe finds nothing serious or critical, and nothing scrolls sideways. `without`: what was looked at before."""
    context = {"exclude": [[without]]} if without else None
    found = Axe().run(page, context, options={**_RULES, **_QUICK}).response["violations"]
    grave = [_told(one) for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, grave
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """The page is no wider than its window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{wide} px of page in a window of {window} px"


def _told(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {violation['help']} {[node['html'][:200] for node in violation['nodes']]}"

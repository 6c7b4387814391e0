"""docs/trust.md names tests that exist."""

import re

from django.conf import settings

_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_promise_names_a_test_that_exists() -> None:
    page = (settings.BASE_DIR / "docs/trust.md").read_text()
    lines = [line for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    missing = [
        f"{path}::{name}"
        for path, name in _NAMED.findall(page)
        if not re.search(rf"^def {name}\(", (settings.BASE_DIR / path).read_text(), re.MULTILINE)
    ]

    assert lines
    assert all(_NAMED.search(line) for line in lines)
    assert not missing

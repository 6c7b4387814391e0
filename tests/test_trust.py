"""docs/trust.md names tests that exist."""

import re

from django.conf import settings

# Promises that hold since there is a registry to keep: a line of theirs is never dropped.
_DUE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 20, 21, 22, 24, 25}
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_promise_names_a_test_that_exists() -> None:
    page = (settings.BASE_DIR / "docs/trust.md").read_text()
    lines = [line for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    missing = [
        f"{path}::{name}"
        for path, name in _NAMED.findall(page)
        if not re.search(rf"^def {name}\(", (settings.BASE_DIR / path).read_text(), re.MULTILINE)
    ]

    assert {int(line.split("|")[1]) for line in lines} >= _DUE
    assert all(_NAMED.search(line) for line in lines)
    assert not missing

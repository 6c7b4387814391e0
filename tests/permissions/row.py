"""One line of the table: an address, and the code that each column gets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.permissions.world import COLUMNS, World


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """`codes` are in the order of `COLUMNS`. One address may have several rows: another object, another method.

    `at`: the arguments of the address; `data`: what is sent. Both are asked of the world when the row is tried.
    """

    name: str
    codes: str
    at: Callable[[World], dict[str, Any]] = _nothing
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = _nothing
    about: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> dict[str, int]:
        """Code by column."""
        codes = [int(code) for code in self.codes.split()]
        assert len(codes) == len(COLUMNS), f"{self.name}: {len(codes)} codes for {len(COLUMNS)} columns"
        return dict(zip(COLUMNS, codes, strict=True))

    def __str__(self) -> str:
        return " ".join(part for part in (self.method.upper(), self.name, self.about) if part)

"""Who a row is about."""

import re
from collections.abc import Iterable

from common.tabular.dates import read_date
from common.tabular.grid import Grid
from common.tabular.text import key
from gradebook.layouts.words import NAME_PARTS, TITLES, TOTALS, Role, role_of
from gradebook.parsed import PupilRef

NAME_LIKE = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_(][\w'’.()-]*){1,5}")
LEAST_CAPITALS = 2
FIRST_NUMBER = re.compile(r"^\d{1,3}[.)]?\s+(?=\D)")


class PupilReader:
    """Reads a row's pupil from the columns of a table's heading."""

    def __init__(self, grid: Grid, identity: dict[Role, list[int]], class_name: str | None) -> None:
        self.grid = grid
        self.class_name = class_name
        parts = [column for role in NAME_PARTS for column in identity.get(role, [])]
        self.names = parts if Role.SURNAME in identity else identity.get(Role.NAME, [])
        self.ids = identity.get(Role.ID, [])
        self.classes = identity.get(Role.CLASS, [])[:1]
        self.births = identity.get(Role.BIRTH, [])[:1]
        self.numbers = identity.get(Role.NUMBER, [])
        self.numbered = False  # whether pupils of the table have numbers
        self.first = (self.names or self.ids or [0])[0]

    def name(self, row: int) -> str:
        """The name as written, its parts in the order surname, name, patronymic; empty if there is none."""
        origins = [self.grid.origins.get((row, column), (row, column)) for column in self.names]
        texts = (self.grid.text(*origin) for origin in dict.fromkeys(origins))
        return FIRST_NUMBER.sub("", " ".join(filter(None, texts)))

    def pupil(self, row: int) -> PupilRef | None:
        """The pupil of the row, or None where it names nobody."""
        name, external_id = self.name(row), self._text(row, self.ids)
        if not external_id and not any(map(str.isalpha, name)):
            return None
        return PupilRef(
            external_id=external_id or None,
            name=name,
            class_name=self._text(row, self.classes) or self.class_name,
            birth_date=read_date(self.grid.at(row, self.births[0])) if self.births else None,
            sheet=self.grid.name,
            cell=self.grid.address(row, self.first),
        )

    def coded(self, row: int, column: int, code: str) -> PupilRef:
        """Whoever wrote under a participant's code."""
        return PupilRef(
            external_id=None,
            name=code,
            class_name=self._text(row, self.classes) or self.class_name,
            birth_date=None,
            sheet=self.grid.name,
            cell=self.grid.address(row, column),
            coded=True,
        )

    def is_numbered(self, row: int) -> bool:
        """Whether the row has a number in the column «№»."""
        return any(self.grid.text(row, column).rstrip(".)").isdigit() for column in self.numbers)

    def is_foot(self, row: int) -> bool:
        """Whether a row without a number names no person though pupils of its table are numbered: «КЗ, %», «5»."""
        if not self.numbered or self.is_numbered(row) or self._text(row, self.ids):
            return False
        name = self.name(row)
        return bool(name) and sum(word[0].isupper() for word in name.split()) < LEAST_CAPITALS

    def _text(self, row: int, columns: Iterable[int]) -> str:
        return next(filter(None, (self.grid.text(row, column) for column in columns)), "")


def looks_like_name(text: str) -> bool:
    """Two words and more, of letters, beginning with a capital."""
    return bool(NAME_LIKE.fullmatch(text)) and text[:1].isupper()


def is_service_row(text: str) -> bool:
    """Whether a text in the column of names is a total, a signature or a repeated heading and no person."""
    words = key(text)
    return bool(TOTALS.match(words) or role_of(words) or (TITLES.match(words) and not looks_like_name(text)))

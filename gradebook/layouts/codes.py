"""The file that says whose code is whose: a participant's code, a name, a class."""

import re
from pathlib import Path

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.text import shown
from gradebook.layouts.listing import Listing, find_listing
from gradebook.layouts.people import PupilReader, is_service_row
from gradebook.layouts.words import NAMES, Role
from gradebook.parsed import CodedPupil, ParsedCodes, RejectedCell

FIVE_DIGITS = re.compile(r"[0-9]{5}")
NOT_CODES = ("в нём нет таблицы кодов", "нужны столбцы «Код участника», «ФИО» и «Класс»")


def parse_codes(path: Path, name: str, limits: Limits) -> ParsedCodes:
    """Rows of all sheets; a code that is not of five digits is rejected with its cell. Raises `Problem`."""
    rows: list[CodedPupil] = []
    rejected: list[RejectedCell] = []
    found = False
    for sheet in read_sheets(path, name, limits):
        grid = Grid(sheet)
        listing = None if sheet.blank else find_listing(grid, _names_codes)
        if listing is not None:
            found = True
            _read(grid, listing, rows, rejected)
    if not found:
        raise Problem(*NOT_CODES)
    return ParsedCodes(name, tuple(rows), tuple(rejected))


def _names_codes(roles: set[Role]) -> bool:
    return Role.CODE in roles and bool(roles & NAMES)


def _read(grid: Grid, listing: Listing, rows: list[CodedPupil], rejected: list[RejectedCell]) -> None:
    people = PupilReader(grid, listing.columns, None)
    column = listing.columns[Role.CODE][0]
    for row in range(listing.bottom + 1, len(grid)):
        code = shown(grid.at(row, column)).strip()
        pupil = people.pupil(row)
        if is_service_row(people.name(row)) or (pupil is None and not code):
            continue
        cell = grid.address(row, column)
        if pupil is None:
            rejected.append(RejectedCell(grid.name, cell, code[:60], "не указан ученик"))
        elif not FIVE_DIGITS.fullmatch(code):
            rejected.append(RejectedCell(grid.name, cell, code[:60], "код участника — пять цифр"))
        else:
            rows.append(CodedPupil(code, pupil, cell))

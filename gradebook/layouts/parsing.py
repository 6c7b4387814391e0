"""A file of any layout → `ParsedFile`. Runs in the child process of `common.tabular`."""

from collections.abc import Mapping
from pathlib import Path

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.sheets import Sheet
from gradebook.layouts.assessment import read_assessment
from gradebook.layouts.collecting import Context
from gradebook.layouts.flat import read_flat
from gradebook.layouts.matrix import read_matrix
from gradebook.layouts.tokens import LessonReader
from gradebook.parsed import ParsedBlock, ParsedFile
from gradebook.profiles import ImportProfile

EMPTY = ("в нём нет ни одной заполненной ячейки", "выгрузите его из журнала ещё раз")
HINT = "выгрузите журнал, отчёт об успеваемости, сводную ведомость, табель, список отметок или протокол работы"


def parse_file(
    path: Path,
    name: str,
    limits: Limits,
    *,
    profile: ImportProfile,
    year: int | None,
    chosen: Mapping[str, ImportProfile] | None = None,
) -> ParsedFile:
    """All sheets of a file. `year` (the school year's first) serves files that name none.

    Raises `Problem`: a sheet of no known layout refuses the file, because losing it silently would lose marks.
    """
    context = Context(LessonReader(profile), year)
    blocks: list[ParsedBlock] = []
    sheets = 0
    for sheet in read_sheets(path, name, limits):
        if sheet.blank:
            continue
        found = blocks_of(sheet, context)
        own = (chosen or {}).get(found[0].layout) if found and not blocks else None
        if own is not None and own != profile:
            context = Context(LessonReader(own), year)
            found = blocks_of(sheet, context)
        sheets += bool(found)
        blocks += found
    if not blocks:
        raise Problem(*EMPTY)
    return ParsedFile(
        name,
        blocks[0].layout,
        sheets,
        tuple(blocks),
        tuple(context.rejected),
        context.found_codes(),
        context.lessons.profile.code,
    )


def blocks_of(sheet: Sheet, context: Context) -> list[ParsedBlock]:
    grid = Grid(sheet)
    blocks = read_assessment(grid, context) or read_flat(grid, context) or read_matrix(grid, context)
    if not blocks and not sheet.hidden:
        where = f"лист «{sheet.name}»" if sheet.titled else "таблица"
        raise Problem(f"{where} не похож{'' if sheet.titled else 'а'} ни на одну известную выгрузку", HINT)
    return blocks

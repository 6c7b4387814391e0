"""Tables with lessons or results across: journal and summary (a pupil a row), progress and report card (a subject a
row, the pupil above)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.sheets import Cell, is_filled
from common.tabular.text import key
from gradebook.layouts.collecting import Context, Facts, days_of, said
from gradebook.layouts.columns import Column, Meaning, NoSchoolYear, TableHead, heading_rows, read_head, roles_in
from gradebook.layouts.heading import Heading, class_of_title, has_label, read_heading
from gradebook.layouts.legend import is_legend, read_legend
from gradebook.layouts.people import PupilReader, is_service_row, looks_like_name
from gradebook.layouts.tokens import NOTHING, Lesson, read_number, read_result
from gradebook.layouts.words import NAMES, SUBJECTS, TITLES, TOTALS, Role
from gradebook.parsed import Coverage, Layout, ParsedBlock, PupilRef, StatedPeriod

LAST_HEADING = 40
SHORTEST_LABEL = 5
NO_YEAR = ("в нём не указан учебный год", "добавьте над таблицей строку «Учебный год: 2026/2027»")
NO_SUBJECT = ("в нём не указан предмет", "добавьте над таблицей строку «Предмет: …»")
NO_PUPIL = ("в нём не указан ученик", "добавьте над таблицей строку «Ученик: …»")


@dataclass(slots=True)
class Table:
    """A table found in a sheet: its heading's rows and the first row after the table before it."""

    anchor: int
    rows: list[int]
    after: int = 0
    end: int = 0


def read_matrix(grid: Grid, context: Context) -> list[ParsedBlock]:
    """All tables of a sheet, one below another; an empty list if it has none that we know. Raises `Problem`."""
    return _read(grid, context, _by_subject, _subject_block) or _read(grid, context, _by_pupil, _pupil_block)


def _by_subject(roles: dict[int, Role]) -> list[int]:
    if NAMES.intersection(roles.values()):
        return []
    return [column for column, role in roles.items() if role is Role.SUBJECT][:1]


def _by_pupil(roles: dict[int, Role]) -> list[int]:
    return [column for column, role in roles.items() if role in NAMES or role is Role.ID]


BlockReader = Callable[[Grid, Context, Table, TableHead, Heading], ParsedBlock | None]


def _read(
    grid: Grid, context: Context, by: Callable[[dict[int, Role]], list[int]], block_of: BlockReader
) -> list[ParsedBlock]:
    blocks, heading = [], Heading()
    for table in _tables(grid, by):
        above = range(table.after, table.rows[0])
        heading = read_heading(grid, above, heading, context.default_year)
        try:
            head = read_head(grid, table.rows, heading.year or context.default_year)
        except NoSchoolYear as error:
            raise Problem(*NO_YEAR) from error
        block = block_of(grid, context, table, head, heading)
        if block:
            blocks.append(block)
    return blocks


def _tables(grid: Grid, by: Callable[[dict[int, Role]], list[int]]) -> list[Table]:
    tables: list[Table] = []
    for row in range(len(grid)):
        if row > LAST_HEADING and not tables:
            return []
        if tables and row <= tables[-1].rows[-1]:
            continue
        columns = by(roles_in(grid, row))
        if columns and not any(has_label(grid.text(row, column)) for column in grid.filled(row)):
            tables.append(Table(row, heading_rows(grid, row, columns)))
    for table, following in pairwise(tables):
        table.end, following.after = following.rows[0], table.rows[-1] + 1
    if tables:
        tables[-1].end = len(grid)
    return tables


def _pupil_block(grid: Grid, context: Context, table: Table, head: TableHead, heading: Heading) -> ParsedBlock | None:
    """Journal or summary: a pupil a row."""
    class_name = heading.class_name or (class_of_title(grid.name) if grid.sheet.titled else None)
    people = PupilReader(grid, head.identity, class_name)
    rows = range(table.rows[-1] + 1, table.end)
    people.numbered = any(map(people.is_numbered, rows))
    if head.has_lessons:
        head.columns = [column for column in head.columns if not column.bare]
        subject = heading.subject or _sheet_subject(grid)
        if not subject:
            raise Problem(*NO_SUBJECT)
    else:
        head.columns = [column for column in head.columns if _is_result_column(grid, column, rows, heading)]
        subject = heading.subject or ""
    if not head.columns:
        return None
    grid.show_formulas(rows, _stating(head))
    facts = Facts(context, grid)
    for row in rows:
        _read_pupil(facts, people, head, row, subject, heading.period)
    layout = Layout.JOURNAL if head.has_lessons else Layout.SUMMARY
    return _block(layout, facts, head, heading, class_name, rows)


def _stating(head: TableHead) -> list[int]:
    """Columns whose cells are lost when they read as empty: all but plain means, which follow from the marks."""
    return [column.number for column in head.columns if column.meaning is not Meaning.MEAN]


def _sheet_subject(grid: Grid) -> str | None:
    """A sheet's own name serves where no heading names the subject."""
    generic = key(grid.name).startswith(("лист", "sheet", "table", "таблица")) or class_of_title(grid.name)
    return grid.name.strip() if grid.sheet.titled and not generic else None


def _is_result_column(grid: Grid, column: Column, rows: range, heading: Heading) -> bool:
    """Whether a column of a summary belongs to a subject: by its name, else by what stands in it."""
    if not column.subject:
        return bool(heading.subject)
    if not column.bare or SUBJECTS.fullmatch(key(column.subject)):
        return True
    return any(read_result(grid.raw(row)[column.number]).value for row in rows)


def _read_pupil(
    facts: Facts, people: PupilReader, head: TableHead, row: int, subject: str, period: StatedPeriod | None
) -> None:
    grid, name = facts.grid, people.name(row)
    cells = [column for column in head.columns if said(grid.raw(row)[column.number])]
    if is_service_row(name) or people.is_foot(row) or _is_heading_row(grid, row):
        return
    pupil = people.pupil(row)
    if pupil is None:
        if cells and _is_nameless(facts, people, row, cells):
            facts.context.reject(grid, row, people.first, "в строке с отметками не указан ученик")
        return
    if cells or people.is_numbered(row) or looks_like_name(name):
        _read_cells(facts, head, row, facts.add_pupil(pupil), subject, period)


def _is_heading_row(grid: Grid, row: int) -> bool:
    texts = [value for value in grid.raw(row) if isinstance(value, str) and len(value) >= SHORTEST_LABEL]
    return any(has_label(text) or is_legend(text) for text in texts)


def _is_nameless(facts: Facts, people: PupilReader, row: int, cells: list[Column]) -> bool:
    """A row of marks whose pupil is missing, and neither totals nor the row that numbers the columns."""
    grid = facts.grid
    known = {column.number for column in cells}
    others = [grid.text(row, column) for column in grid.filled(row) if column not in known]
    if any(any(map(str.isalpha, text)) for text in others):
        return False
    values = [grid.raw(row)[column] for column in grid.filled(row)]
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) == len(values) > 2 and all(after - before == 1 for before, after in pairwise(numbers)):
        return False
    return people.is_numbered(row) or any(
        column.meaning is Meaning.LESSON and facts.context.lessons.read(grid.raw(row)[column.number]).marks
        for column in cells
    )


def _read_cells(facts: Facts, head: TableHead, row: int, pupil: int, subject: str, period: StatedPeriod | None) -> None:
    """All columns of one row; a column's own subject and period win over the row's and the block's."""
    means: dict[tuple[str, StatedPeriod | None], dict[Meaning, int]] = {}
    cells, has_lessons = facts.grid.raw(row), head.has_lessons
    for column in head.columns:
        about = (not has_lessons and column.subject) or subject
        if not is_filled(cells[column.number]) or not about:
            continue
        if column.meaning is Meaning.LESSON:
            facts.lesson(pupil, facts.subject(about), column.day, row, column.number)
        elif column.meaning is Meaning.RESULT:
            facts.result(pupil, facts.subject(about), column.period or period, row, column.number)
        else:
            means.setdefault((about, column.period or period), {}).setdefault(column.meaning, column.number)
    for (about, when), found in means.items():
        plain, weighted = found.get(Meaning.MEAN), found.get(Meaning.WEIGHTED)
        facts.mean(pupil, facts.subject(about), when, row, plain, weighted)
    if has_lessons:
        facts.subject(subject)


def _subject_block(grid: Grid, context: Context, table: Table, head: TableHead, heading: Heading) -> ParsedBlock | None:
    """Progress or report card: one pupil, a subject a row."""
    head.columns = [column for column in head.columns if not column.bare]
    if not head.columns:
        return None
    facts = Facts(context, grid)
    facts.add_pupil(_pupil_above(grid, table, heading))
    rows = range(table.rows[-1] + 1, table.end)
    grid.show_formulas(rows, _stating(head))
    for row in rows:
        _read_subject(facts, head, row, heading.period)
    layout = Layout.PROGRESS if head.has_lessons else Layout.REPORT_CARD
    return _block(layout, facts, head, heading, heading.class_name, rows)


def _pupil_above(grid: Grid, table: Table, heading: Heading) -> PupilRef:
    name, cell = heading.pupil, heading.pupil_cell
    if not name:
        name, cell = next(_lone_names(grid, range(table.after, table.rows[0])), (None, None))
    if not (name and cell) and not heading.external_id:
        raise Problem(*NO_PUPIL)
    row, column = cell or (table.anchor, 0)
    return PupilRef(
        heading.external_id, name or "", heading.class_name, heading.birth, grid.name, grid.address(row, column)
    )


def _lone_names(grid: Grid, rows: range) -> Iterator[tuple[str, tuple[int, int]]]:
    """Names that stand above a table without a label."""
    for row in reversed(rows):
        for column in grid.filled(row):
            text = grid.text(row, column)
            if looks_like_name(text) and not TITLES.match(key(text)) and all(map(str.istitle, text.split())):
                yield text, (row, column)


def _read_subject(facts: Facts, head: TableHead, row: int, period: StatedPeriod | None) -> None:
    grid = facts.grid
    columns = head.columns_of(Role.SUBJECT)
    name = grid.text(row, columns[0]) if columns else ""
    cells = [column for column in head.columns if said(grid.raw(row)[column.number])]
    if _is_heading_row(grid, row) or TOTALS.match(key(name)):
        return
    if not any(map(str.isalpha, name)):
        if cells and not name and _is_nameless(facts, PupilReader(grid, head.identity, None), row, cells):
            facts.context.reject(grid, row, columns[0], "в строке с отметками не указан предмет")
        return
    if cells or _is_subject_row(grid, head, row, name):
        facts.subject(name)
        _read_cells(facts, head, row, 0, name, period)


def _is_subject_row(grid: Grid, head: TableHead, row: int, name: str) -> bool:
    """A row without marks is a subject's if it is numbered or the name is a subject's; else it is a title."""
    if TITLES.match(key(name)):
        return False
    numbered = PupilReader(grid, head.identity, None).is_numbered(row)
    return numbered or bool(SUBJECTS.fullmatch(key(name)))


def _reject_nameless(facts: Facts, head: TableHead, rows: range) -> None:
    """Marks in a column without a heading cannot be placed: the column is named once, by its first mark."""
    if not head.has_lessons:
        return
    grid = facts.grid
    own = [row for row in rows if not _is_heading_row(grid, row)] if head.nameless else []
    for column in head.nameless:
        cells = [(row, grid.raw(row)[column]) for row in own if is_filled(grid.raw(row)[column])]
        marked = [row for row, value in cells if facts.context.lessons.read(value) not in (NOTHING, Lesson())]
        if marked and not _counts_up([value for _, value in cells]):
            facts.context.reject(grid, marked[0], column, "над столбцом нет даты: его отметки не прочитаны")


def _counts_up(values: list[Cell]) -> bool:
    """Whether these are the numbers of rows: each one more than the one before, or the first again."""
    numbers = [read_number(value) for value in values]
    return all(number == 1 or before == number - 1 for before, number in pairwise([0.0, *(n or -1 for n in numbers)]))


def _block(
    layout: Layout,
    facts: Facts,
    head: TableHead,
    heading: Heading,
    class_name: str | None,
    rows: range,
) -> ParsedBlock:
    for row, column, reason in head.problems:
        facts.context.reject(facts.grid, row, column, reason)
    _reject_nameless(facts, head, rows)
    days = {column.day for column in head.columns if column.meaning is Meaning.LESSON}
    return ParsedBlock(
        layout=layout,
        sheet=facts.grid.name,
        class_name=class_name,
        year_start=heading.year,
        period=heading.period,
        pupils=tuple(facts.pupils),
        subjects=tuple(facts.subjects),
        coverage=Coverage.LESSON_DAYS if head.has_lessons else Coverage.NOTHING,
        covered_days=days_of(days),
        unsure=frozenset(facts.unsure),
        marks=facts.marks,
        absences=facts.absences,
        results=tuple(facts.results),
        means=tuple(facts.means),
        legend=read_legend(facts.grid, rows, facts.context.lessons),
    )

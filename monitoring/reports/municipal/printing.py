"""Schools of a municipality as a workbook and as PDF: two looks at one `Municipal`."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from common.russian import date_short
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell as XlsxCell
from documents.rendering.xlsx import Row, Sheet, render_xlsx
from monitoring.reports.municipal.report import Cell, Line, Municipal
from monitoring.reports.municipal.words import HEADS, SOURCE
from monitoring.rules.municipal import BY_SCHOOL, COUNTS, SHARES

TITLE = "Школы муниципалитета"


def municipal_name(board: Municipal) -> str:
    """«Школы муниципалитета за 1-ю четверть 2026-27»."""
    return f"{TITLE} за {board.period_accusative} {board.year.replace('/', '-')}"


def municipal_pdf(board: Municipal) -> bytes:
    """Landscape: categories, indicators, what they count."""
    return render_pdf(render_to_string("monitoring/municipal_print.html", {"board": board, "source": SOURCE}))


def municipal_xlsx(board: Municipal) -> bytes:
    """A row a school, the sums and the region's values below; shares are numbers, in percent."""
    note = ". ".join([board.name, municipal_name(board)]) + ". " + " ".join(board.notes)
    says = [(one.code, one.head, one.title, one.says) for one in board.columns]
    return render_xlsx(
        [
            Sheet(TITLE, list(_headings()), _rows(board), note=note, landscape=True),
            Sheet("Что считается", ("Код", "В таблице", "Показатель", "Из чего"), says, note=SOURCE, landscape=True),
        ]
    )


def _headings() -> Iterator[str]:
    yield from ("Школа", "Период", "Данные на", "Состояние")
    yield from (HEADS[code] for code in COUNTS)
    for code in SHARES:
        yield f"{code} {HEADS[code]}" if code in BY_SCHOOL else f"{code} {HEADS[code]}, %"
        yield "Из чего"


def _rows(board: Municipal) -> Iterator[Row]:
    for line in (*board.lines, *([board.total] if board.total is not None else [])):
        yield [*_about(line), *map(_value, line.counts), *_pairs(line.shares)]
    yield ["По региону", *[None] * (3 + len(COUNTS)), *_pairs(board.region)]


def _about(line: Line) -> list[XlsxCell]:
    return [line.name, line.period, date_short(line.day) if line.day is not None else None, "; ".join(line.states)]


def _pairs(cells: tuple[Cell, ...] | list[Cell]) -> Iterator[XlsxCell]:
    for cell in cells:
        yield _value(cell)
        yield "; ".join(part for part in (cell.of, cell.change, cell.why) if part) or None


def _value(cell: Cell) -> XlsxCell:
    """A number where one is told; «да», «скрыто», «нет данных» otherwise."""
    if cell.value is None or cell.words in ("да", "нет"):
        return cell.words
    return int(cell.value) if cell.code in COUNTS else cell.value


RENDERERS = {"xlsx": municipal_xlsx, "pdf": municipal_pdf}

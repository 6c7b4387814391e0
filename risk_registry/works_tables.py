"""Assessment procedures as a workbook: the same rows as the page."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.rules.works import Shares
from risk_registry.selectors.works import WorkRow
from school.models import AcademicYear

HEADINGS = (
    "Работа",
    "Предмет",
    "Дата",
    "Класс",
    "Писали",
    "«2»",
    "«2», %",
    "«3»",
    "«4»",
    "«5»",
    "Сравнили с журналом",
    "Ниже отметки",
    "Подтвердили",
    "Выше отметки",
)


def works_workbook(year: AcademicYear, rows: Iterable[WorkRow]) -> bytes:
    """A row for each class of a work, and one for all who wrote it where the reader sees all."""
    note = f"{year.school.name}. Оценочные процедуры, {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Оценочные процедуры", HEADINGS, _cells(rows), note=note, landscape=True)])


def _cells(rows: Iterable[WorkRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        head = (row.work.title, row.work.subject.name, row.work.date)
        for part in row.parts:
            yield (*head, part.name, *_numbers(part.shares))
        if row.total is not None:
            yield (*head, f"все {row.work.grade} классы", *_numbers(row.total))


def _numbers(shares: Shares) -> tuple[Cell, ...]:
    percent = shares.twos_percent
    return (
        shares.participants,
        shares.twos,
        None if percent is None else percent.quantize(Decimal("0.1")),
        shares.threes,
        shares.fours,
        shares.fives,
        shares.compared,
        shares.lowered,
        shares.confirmed,
        shares.raised,
    )

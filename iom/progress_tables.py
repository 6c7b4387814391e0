"""What sheets of progress hold, as a workbook: the same rows as the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from school.models import School

HEADINGS = (
    "Класс",
    "Обучающийся",
    "Отметки",
    "Дефицитов в работе",
    "Дефицитов закрыто",
    "Конкурсов",
    "Курсов",
    "Метапредметных",
)


def sheets_workbook(school: School, rows: Iterable[Any]) -> bytes:
    """Sheets as they are filtered."""
    note = f"{school.name}. Листы продвижения: что в них есть. На {date_short(school.today())}"
    return render_xlsx([Sheet("Листы продвижения", HEADINGS, _cells(rows), note=note, landscape=True)])


def _cells(rows: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            str(row.school_class),
            row.pupil.list_name,
            "есть" if row.marks else "нет",
            row.gaps_open,
            row.gaps_closed,
            row.won,
            row.courses,
            row.meta,
        )

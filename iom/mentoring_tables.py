"""Pairs as a workbook: the same rows as the page."""

from collections.abc import Iterable, Iterator

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.selectors.mentoring import PairRow
from school.models import AcademicYear

HEADINGS = (
    "Форма",
    "Наставник",
    "Класс наставника",
    "Наставляемый",
    "Класс",
    "Предмет",
    "Программа",
    "Цели",
    "Встречаются",
    "С",
    "По",
    "Состояние",
    "Окончена",
    "Куратор",
    "Ассистент учителя",
    "Встреч состоялось",
    "Плановых без записи",
)


def pairs_workbook(year: AcademicYear, rows: Iterable[PairRow]) -> bytes:
    """Pairs as they are filtered."""
    note = f"{year.school.name}. Наставнические пары, {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Пары", HEADINGS, _cells(rows), note=note, landscape=True)])


def _cells(rows: Iterable[PairRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        pair = row.pair
        yield (
            pair.get_form_display(),
            pair.mentor_name,
            row.mentor_class,
            pair.led_name,
            row.led_class,
            str(pair.subject or ""),
            pair.program,
            pair.goals,
            pair.schedule,
            pair.begins,
            pair.ends,
            pair.get_state_display(),
            pair.ended_on,
            pair.curator.short_name if pair.curator else "",
            "да" if pair.assistant else "",
            row.held,
            len(row.silent),
        )

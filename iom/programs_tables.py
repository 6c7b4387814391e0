"""Programs and competitions as workbooks: the same rows as the pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.models import Program
from school.models import AcademicYear, School

PROGRAMS = (
    "Вид",
    "Название",
    "Уровни",
    "Предмет",
    "Сетевая форма",
    "Партнёр",
    "Функциональная грамотность",
    "Где, если не в школе",
    "Ведёт",
    "Часов в неделю",
    "Приказ",
    "Утверждена",
    "Действует с",
    "По",
    "Ходят",
)
ACHIEVEMENTS = ("Когда", "Класс", "Обучающийся", "Конкурс", "Уровень", "Предмет", "Результат", "Документ")


def programs_workbook(school: School, rows: Iterable[Program]) -> bytes:
    """Programs as they are filtered."""
    note = f"{school.name}. Реестр программ. На {date_short(school.today())}"
    return render_xlsx([Sheet("Программы", PROGRAMS, _programs(rows), note=note, landscape=True)])


def _programs(rows: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
    for one in rows:
        yield (
            one.get_kind_display(),
            one.title,
            one.level_words,
            str(one.subject or ""),
            "да" if one.network else "",
            str(one.partner or ""),
            "да" if one.literacy else "",
            one.where,
            one.leader.short_name if one.leader else "",
            one.hours,
            one.paper_number,
            one.approved_on,
            one.starts,
            one.ends,
            one.going,
        )


def achievements_workbook(year: AcademicYear, rows: Iterable[Any]) -> bytes:
    """Competitions as they are filtered."""
    note = f"{year.school.name}. Конкурсы, {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Конкурсы", ACHIEVEMENTS, _achievements(rows), note=note, landscape=True)])


def _achievements(rows: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
    for one in rows:
        yield (
            one.on,
            "".join(one.seat),
            one.pupil.list_name,
            one.title,
            one.get_reach_display(),
            str(one.subject or ""),
            one.get_place_display(),
            "есть" if one.scan_id else "",
        )

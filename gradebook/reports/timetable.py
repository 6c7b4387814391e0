"""The timetable of assessment procedures, printed and as a workbook: fit for the school's site, it names nobody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from common.errors import Refused
from common.names import NBSP
from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from gradebook.selectors_procedures import Timetable, half_of, timetable
from school.models import School
from school.selectors import current_year
from school.selectors_staff import school_heads

HEADINGS = ("Класс", "Дата", "Урок", "Предмет", "Работа", "Вид")
_LOADS = ("Класс", "Предмет", "Процедур за год", "Часов в году", "Доля времени, %")
_HALVES = {0: "на", 1: "на 1-е полугодие", 2: "на 2-е полугодие"}


@dataclass(frozen=True)
class PrintedTimetable:
    """The table with what its paper needs. `half`: 1, 2, or 0 for the year."""

    school: School
    half: int
    table: Timetable
    director: str

    @property
    def span(self) -> str:
        """«на 1-е полугодие 2026/27 учебного года»."""
        return f"{_HALVES[self.half]} {self.table.year} " + ("учебного года" if self.half else "учебный год")


def build_for_query(query: ReportQuery) -> PrintedTimetable:
    """Period 1 or 2 is a half of the year, 0 the whole of it. Raises `Refused` for another one."""
    if query.period not in _HALVES:
        raise Refused("График составляют на полугодие (1 или 2) или на год (0).")
    years = query.school.years
    year = current_year(query.school) if query.year is None else years.filter(start=query.year).first()
    if year is None:
        raise Refused("Такого учебного года в школе нет.")
    first, last = half_of(year, query.period)
    director = school_heads(query.school).director
    return PrintedTimetable(query.school, query.period, timetable(year, first=first, last=last), director)


def file_name(printed: PrintedTimetable) -> str:
    """«График оценочных процедур на 1-е полугодие 2026-27 учебного года»."""
    return f"График оценочных процедур {printed.span}".replace("/", "-")


def to_pdf(printed: PrintedTimetable) -> bytes:
    """A row a class, a column a month."""
    surname, _, letters = printed.director.partition(NBSP)
    signed = f"{letters}{NBSP}{surname}" if letters else surname
    told = {
        "printed": printed,
        "table": printed.table,
        "right": ["УТВЕРЖДАЮ", "Директор школы", f"______________ {signed}", f"«___» ___________ {_now(printed)} г."],
    }
    return render_pdf(render_to_string("gradebook/timetable_print.html", told))


def _now(printed: PrintedTimetable) -> int:
    return printed.school.today().year


def to_xlsx(printed: PrintedTimetable) -> bytes:
    """A row for each procedure of a class, and the share of the subject's time."""
    school = printed.school
    note = f"{school.official_name}. График оценочных процедур {printed.span}. На {date_short(school.today())}"
    return render_xlsx(
        [
            Sheet("График", HEADINGS, _rows(printed.table), note=note, landscape=True),
            Sheet("Доля времени", _LOADS, _loads(printed.table), note=note),
        ]
    )


def _rows(table: Timetable) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        for slot in (slot for month in row.months for slot in month):
            work = slot.procedure
            kind = work.get_kind_display()
            yield (str(row.school_class), work.date, work.lesson, work.subject.name, work.title, kind)


def _loads(table: Timetable) -> Iterator[tuple[Cell, ...]]:
    for one in table.loads:
        percent = one.load.percent
        hours = one.load.hours if one.load.hours is not None else "часы не указаны"
        share = None if percent is None else round(percent, 1)
        yield (str(one.school_class), one.subject, one.load.procedures, hours, share)


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx}

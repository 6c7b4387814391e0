"""The week of extra lessons, printed and as a workbook: it names teachers, classes and rooms, no pupil."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from common.errors import Refused
from common.names import NBSP
from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.selectors.extra import By, Timetable, timetable
from school.models import School, User, Weekday
from school.selectors import current_year
from school.selectors_staff import school_heads

WAYS = (By.TEACHER, By.CLASS, By.ROOM)
HEADINGS = (
    "День недели",
    "Начало",
    "Конец",
    "Группа",
    "Предмет",
    "Учитель",
    "Классы",
    "Кабинет",
    "Учеников",
    "С",
    "По",
)
_ROWS = {By.TEACHER: "Учитель", By.CLASS: "Класс", By.ROOM: "Кабинет"}


@dataclass(frozen=True)
class PrintedWeek:
    """The table with what its paper needs; `first` heads the rows."""

    school: School
    table: Timetable
    director: str

    @property
    def first(self) -> str:
        """«Учитель», «Класс», «Кабинет»."""
        return _ROWS[self.table.by]


def build_for_query(query: ReportQuery) -> PrintedWeek:
    """Period 1: by teachers, 2: by classes, 3: by rooms; of today. Raises `Refused` for another one."""
    if not 1 <= query.period <= len(WAYS):
        raise Refused("Расписание печатают по учителям (1), по классам (2) или по кабинетам (3).")
    years = query.school.years
    year = current_year(query.school) if query.year is None else years.filter(start=query.year).first()
    if year is None:
        raise Refused("Такого учебного года в школе нет.")
    day = min(max(query.school.today(), year.starts), year.ends)
    table = timetable(query.user or User(), year, day, WAYS[query.period - 1])
    return PrintedWeek(query.school, table, school_heads(query.school).director)


def file_name(printed: PrintedWeek) -> str:
    """«Расписание дополнительных занятий на 21.11.2026»."""
    return f"Расписание дополнительных занятий на {date_short(printed.table.day)}"


def to_pdf(printed: PrintedWeek) -> bytes:
    """A row a teacher (class, room), a column a weekday."""
    surname, _, letters = printed.director.partition(NBSP)
    signed = f"{letters}{NBSP}{surname}" if letters else surname
    year = printed.table.day.year
    told = {
        "printed": printed,
        "table": printed.table,
        "right": ["УТВЕРЖДАЮ", "Директор школы", f"______________ {signed}", f"«___» ___________ {year} г."],
    }
    return render_pdf(render_to_string("iom/extra_timetable_print.html", told))


def to_xlsx(printed: PrintedWeek) -> bytes:
    """A row a group."""
    note = f"{printed.school.official_name}. {file_name(printed)}"
    return render_xlsx([Sheet("Занятия", HEADINGS, _rows(printed.table), note=note, landscape=True)])


def _rows(table: Timetable) -> Iterator[tuple[Cell, ...]]:
    slots = {slot.group.pk: slot for row in table.rows for day in row.days for slot in day}
    for slot in sorted(slots.values(), key=lambda slot: (slot.group.weekday, slot.group.time_from, slot.group.title)):
        group = slot.group
        yield (
            Weekday(group.weekday).label,
            f"{group.time_from:%H:%M}",
            f"{group.time_to:%H:%M}",
            group.title,
            group.subject.name if group.subject is not None else "",
            group.teacher.short_name,
            ", ".join(slot.classes),
            group.room,
            slot.pupils,
            group.begins,
            group.ends,
        )


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx}

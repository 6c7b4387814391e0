"""What the columns and cells of a school's own timetable probably mean: a guess that a person sees and corrects.

Two shapes of the timetable of lessons are read: a row a lesson, and a grid whose columns are classes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from common.names import name_key
from common.tabular.heads import heading_kind
from common.tabular.limits import Limits
from common.tabular.table import Table, fullest_table
from school.naming import class_parts

DEFAULT_LENGTH = 40  # minutes, where the table names the beginning alone


class Column(StrEnum):
    """What a column may hold."""

    TITLE = "title"
    SUBJECT = "subject"
    TEACHER = "teacher"
    CLASS = "class"
    PUPILS = "pupils"
    WEEKDAY = "weekday"
    TIME = "time"
    TIME_TO = "time_to"
    ROOM = "room"
    NUMBER = "number"
    GROUP = "group"
    SHIFT = "shift"
    GRID = "grid"


COLUMN_WORDS = {
    Column.TITLE: "Название занятия",
    Column.SUBJECT: "Предмет",
    Column.TEACHER: "Учитель",
    Column.CLASS: "Класс",
    Column.PUPILS: "Ученики",
    Column.WEEKDAY: "День недели",
    Column.TIME: "Время или начало",
    Column.TIME_TO: "Конец",
    Column.ROOM: "Кабинет",
    Column.NUMBER: "Номер урока",
    Column.GROUP: "Подгруппа",
    Column.SHIFT: "Смена",
    Column.GRID: "Уроки этого класса",
}
# The first that fits decides.
_HEADS = (
    (Column.PUPILS, re.compile(r"учени[кц]|обучающ|учащ|список|состав")),
    (Column.TEACHER, re.compile(r"учител|педагог|преподав|ф\.? ?и\.? ?о|вед[её]т")),
    (Column.WEEKDAY, re.compile(r"день|дни")),
    (Column.TIME_TO, re.compile(r"^(конец|окончан|до)\b|время окончания")),
    (Column.NUMBER, re.compile(r"урок|^№$|номер урока|пара")),
    (Column.TIME, re.compile(r"врем|начал|^с$|часы")),
    (Column.ROOM, re.compile(r"каб|ауд|место|помещ")),
    (Column.SHIFT, re.compile(r"смен")),
    (Column.GROUP, re.compile(r"подгрупп")),
    (Column.SUBJECT, re.compile(r"предмет|дисципл")),
    (Column.TITLE, re.compile(r"назван|заняти|кружок|курс|тема|групп")),
    (Column.CLASS, re.compile(r"класс")),
)
_CARRIED = (Column.WEEKDAY, Column.TEACHER, Column.CLASS, Column.SHIFT)
_DAYS = {"пн": 1, "по": 1, "вт": 2, "ср": 3, "чт": 4, "че": 4, "пт": 5, "пя": 5, "сб": 6, "су": 6}
_CLOCK = re.compile(r"(\d{1,2})\s*[.:\-]\s*(\d{2})(?!\d)")
_BETWEEN = re.compile(r"[,;\n]+")


def parse_timetable(path: Path, name: str, limits: Limits) -> Table:
    """The fullest sheet of a file, read in a process of its own. Raises `Problem` when no sheet is a table."""
    return fullest_table(path, name, limits, heading_of, "строки с занятиями")


def heading_of(text: str) -> object | None:
    """What a heading names; each class that heads a column of a grid is a kind of its own."""
    parts = class_parts(text)
    return parts if parts is not None and parts[1] else heading_kind(text, _HEADS)


def guess_columns(head: Sequence[str], *, lessons: bool) -> dict[int, Column]:
    """By the headings; each kind once, but for classes that head the columns of a grid of lessons."""
    found: dict[int, Column] = {}
    for place, text in enumerate(head):
        parts = class_parts(text)
        if lessons and parts is not None and parts[1]:
            found[place] = Column.GRID
            continue
        kind = heading_kind(text, _HEADS)
        if kind is not None and kind not in found.values():
            found[place] = kind
    return found


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row of extra lessons in words of the file; times are minutes, None where they are not understood."""

    number: int
    title: str
    subject: str
    teacher: str
    classes: tuple[str, ...]
    pupils: tuple[str, ...]
    weekday: int | None
    time_from: int | None
    time_to: int | None
    room: str


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of a class in words of the file; `text` is a cell of a grid («Алгебра, 12»)."""

    number: int
    class_name: str
    weekday: int | None
    lesson: int | None
    text: str
    shift: int = field(default=1)


def extra_rows(rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int) -> list[ExtraRow]:
    """Rows that name a teacher and a day. Days, teachers and classes left empty are those of the row above."""
    found = []
    for number, told in _carried(rows, columns, first):
        if not (told[Column.TEACHER] or told[Column.TITLE] or told[Column.SUBJECT]) or not told[Column.TIME]:
            continue
        begins, ends = read_times(told[Column.TIME], told[Column.TIME_TO])
        classes = tuple(split(told[Column.CLASS]))
        subject = told[Column.SUBJECT]
        title = told[Column.TITLE] or ", ".join(part for part in (subject, " ".join(classes)) if part)
        found.append(
            ExtraRow(
                number,
                title or told[Column.TEACHER],
                subject,
                told[Column.TEACHER],
                classes,
                tuple(split(told[Column.PUPILS])),
                read_weekday(told[Column.WEEKDAY]),
                begins,
                ends,
                told[Column.ROOM],
            )
        )
    return found


def lesson_rows(
    rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int, head: Sequence[str]
) -> list[LessonRow]:
    """Every lesson of the table, of either shape."""
    grid = [place for place, column in columns.items() if column == Column.GRID]
    found = []
    for number, told in _carried(rows, columns, first):
        weekday, lesson = read_weekday(told[Column.WEEKDAY]), read_number(told[Column.NUMBER])
        shift = read_number(told[Column.SHIFT]) or 1
        cells = [(head[place], rows[number - first][place]) for place in grid if place < len(rows[number - first])]
        if not grid and told[Column.SUBJECT]:
            group = f" ({told[Column.GROUP]})" if told[Column.GROUP] else ""
            room = f", {told[Column.ROOM]}" if told[Column.ROOM] else ""
            cells = [(told[Column.CLASS], f"{told[Column.SUBJECT]}{group}{room}")]
        found += [LessonRow(number, name, weekday, lesson, text, shift) for name, text in cells if text]
    return found


def _carried(
    rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int
) -> Iterable[tuple[int, dict[Column, str]]]:
    above: dict[Column, str] = {}
    for number, row in enumerate(rows, first):
        if not any(row):
            continue
        told = dict.fromkeys(Column, "")
        for place, column in columns.items():
            if place < len(row) and row[place]:
                told[column] = row[place]
        for column in _CARRIED:
            told[column] = told[column] or above.get(column, "")
            above[column] = told[column]
        yield number, told


def read_weekday(text: str) -> int | None:
    """«Вторник», «вт.» → 2; None when it is no day of school."""
    return _DAYS.get(name_key(text)[:2])


def read_times(text: str, until: str = "") -> tuple[int | None, int | None]:
    """«14.00–14.40», or beginning and end apart; the end is 40 minutes later where none is named."""
    found = [int(hour) * 60 + int(minute) for hour, minute in _CLOCK.findall(f"{text} {until}".replace("–", " – "))]
    times = [minute for minute in found if minute < 24 * 60]
    if not times:
        return None, None
    return times[0], times[1] if len(times) > 1 and times[1] > times[0] else times[0] + DEFAULT_LENGTH


def read_number(text: str) -> int | None:
    """«6-й» → 6."""
    digits = re.match(r"\s*(\d{1,2})", text)
    return int(digits.group(1)) if digits is not None else None


def split(text: str) -> list[str]:
    """«7А, 7Б» → two."""
    return [part.strip(" .") for part in _BETWEEN.split(text) if part.strip(" .")]

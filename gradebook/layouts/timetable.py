"""A school's own timetable of works as its table states it: a row is a work. Pure; read in a child process."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from common.names import name_key
from common.tabular.dates import read_date
from common.tabular.heads import guess_by_heads, heading_kind
from common.tabular.limits import Limits
from common.tabular.table import Table, fullest_table
from school.naming import class_parts

ClassKey = tuple[int, str]  # (7, "А"); (7, "") is all of grade 7
_BETWEEN = re.compile(r"[,;/\n]+|\s+и\s+")
_SPAN = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")
_ENDING = re.compile(r"(?<=\d)\s*-?\s*(?:е|х|ые|ых)\b|\bкл(?:асс\w*)?\b\.?", re.IGNORECASE)
_LESSON = re.compile(r"\d{1,2}")


class WorkColumn(StrEnum):
    """What a column may hold."""

    PLACE = "place"
    SUBJECT = "subject"
    DAY = "day"
    TITLE = "title"
    KIND = "kind"
    LESSON = "lesson"


WORK_COLUMN_WORDS = {
    WorkColumn.PLACE: "Класс или параллель",
    WorkColumn.SUBJECT: "Предмет",
    WorkColumn.DAY: "Дата",
    WorkColumn.TITLE: "Название работы",
    WorkColumn.KIND: "Вид работы",
    WorkColumn.LESSON: "Номер урока",
}

# The first that fits decides: «Вид оценочной процедуры», «Дата проведения работы», «№ урока».
_HEADS = (
    (WorkColumn.DAY, re.compile(r"дата|день|срок|число")),
    (WorkColumn.LESSON, re.compile(r"урок")),
    (WorkColumn.PLACE, re.compile(r"класс|параллел|^кл\.?$")),
    (WorkColumn.SUBJECT, re.compile(r"предмет|дисциплин")),
    (WorkColumn.KIND, re.compile(r"^вид|^тип|^форма|^уровень")),
    (WorkColumn.TITLE, re.compile(r"назван|наименов|работ|процедур|мероприят|тема")),
)


def work_heading_of(text: str) -> WorkColumn | None:
    """What a heading names; None when it is nothing that is known."""
    return heading_kind(text, _HEADS)


def parse_timetable(path: Path, name: str, limits: Limits) -> Table:
    """The fullest sheet of a file. Raises `Problem` when no sheet is a table."""
    return fullest_table(path, name, limits, work_heading_of, "строки с работами")


def guess_work_columns(head: Sequence[str]) -> dict[int, WorkColumn]:
    """By the headings; of two that name the same the first."""
    return guess_by_heads(head, _HEADS)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row that names a work, as texts of the file. `number` as a person counts it; `day` is None where unreadable."""

    number: int
    place: str
    subject: str
    day: date | None
    day_text: str
    title: str
    kind: str
    lesson: int | None

    @property
    def word(self) -> str:
        """By what its kind is told: the column of kinds, else the title."""
        return self.kind or self.title


def work_rows(
    rows: Sequence[Sequence[str]], columns: Mapping[int, WorkColumn], first: int, year_start: int
) -> list[WorkRow]:
    """Rows that say anything of a class, a subject and a day: at least two of the three."""
    at = {column: place for place, column in columns.items()}
    found = []
    for number, cells in enumerate(rows, first):
        told = {what: cells[at[what]] if what in at and at[what] < len(cells) else "" for what in WorkColumn}
        if sum(bool(told[what]) for what in (WorkColumn.PLACE, WorkColumn.SUBJECT, WorkColumn.DAY)) < 2:
            continue
        day_text, lesson = told[WorkColumn.DAY], _LESSON.search(told[WorkColumn.LESSON])
        found.append(
            WorkRow(
                number=number,
                place=told[WorkColumn.PLACE],
                subject=told[WorkColumn.SUBJECT],
                day=read_date(day_text, year_start),
                day_text=day_text,
                title=told[WorkColumn.TITLE],
                kind=told[WorkColumn.KIND],
                lesson=int(lesson[0]) if lesson is not None and 1 <= int(lesson[0]) <= 12 else None,
            )
        )
    return found


def classes_named(text: str, known: Collection[ClassKey]) -> tuple[list[ClassKey], list[str]]:
    """Classes and whole grades that a cell names («7А, Б», «5–6 классы»), and words that name none that is known."""
    found: list[ClassKey] = []
    unknown: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        keys = _keys_of(part, known, found[-1][0] if found else None)
        found += [key for key in keys if key not in found]
        if not keys:
            unknown.append(part)
    return found, unknown


def _keys_of(part: str, known: Collection[ClassKey], grade: int | None) -> list[ClassKey]:
    grades = {key[0] for key in known}
    plain = _ENDING.sub(" ", part).strip()
    key = class_parts(plain)
    if key is not None and (key in known or (not key[1] and key[0] in grades)):
        return [key]
    span = _SPAN.fullmatch(plain)
    if span is not None and int(span[1]) < int(span[2]):
        return [(one, "") for one in range(int(span[1]), int(span[2]) + 1) if one in grades]
    letter = name_key(plain).upper()
    return [(grade, letter)] if grade is not None and (grade, letter) in known else []

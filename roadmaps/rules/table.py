"""What the columns and cells of a school's own roadmap probably mean: a guess that a person sees and corrects."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from common.names import name_key
from common.tabular.heads import guess_by_heads, heading_kind
from common.tabular.limits import Limits
from common.tabular.table import Table, fullest_table
from roadmaps.words import Duty, Expected


class Column(StrEnum):
    """What a column may hold."""

    DIRECTION = "direction"
    TITLE = "title"
    FORM = "form"
    TERM = "term"
    WHO = "who"
    CONTINGENT = "contingent"
    VENUE = "venue"
    RESULT = "result"
    TAGS = "tags"


COLUMN_WORDS = {
    Column.DIRECTION: "Направление",
    Column.TITLE: "Мероприятие",
    Column.FORM: "Форма",
    Column.TERM: "Срок",
    Column.WHO: "Ответственные",
    Column.CONTINGENT: "Контингент",
    Column.VENUE: "Место проведения",
    Column.RESULT: "Ожидаемый результат",
    Column.TAGS: "Отметки: специалисты, «Точка роста»",
}
# How many signs there is room for.
COLUMN_LENGTHS = {
    Column.DIRECTION: 200,
    Column.TITLE: 600,
    Column.FORM: 120,
    Column.TERM: 200,
    Column.CONTINGENT: 200,
    Column.VENUE: 200,
    Column.RESULT: 300,
}
# The first that fits decides.
_HEADS = (
    (Column.DIRECTION, re.compile(r"направлен|раздел|задач")),
    (Column.TERM, re.compile(r"срок|дат|когда|период")),
    (Column.WHO, re.compile(r"ответств|исполнит")),
    (Column.RESULT, re.compile(r"результат|документ|подтвержд|выход")),
    (Column.CONTINGENT, re.compile(r"контингент|участник|целев|категори")),
    (Column.VENUE, re.compile(r"место|где")),
    (Column.FORM, re.compile(r"форм")),
    (Column.TAGS, re.compile(r"отметк|точка роста|специалист")),
    (Column.TITLE, re.compile(r"меропр|содержан|назван|наименован|действи")),
)
_DUTIES = (
    (Duty.ADMINISTRATION, re.compile(r"администрац|^директор")),
    (Duty.DEPUTY, re.compile(r"зам\w*\.? ?(дир|по увр|по ур)|завуч|заместител")),
    (Duty.TEACHING_STAFF, re.compile(r"педагогическ\w+ (коллектив|работник)|^педагоги$|все учителя")),
    (Duty.CLASS_TEACHER, re.compile(r"классн\w+ руков|кл\. ?рук")),
    (Duty.PSYCHOLOGIST, re.compile(r"психолог")),
    (Duty.SOCIAL_PEDAGOGUE, re.compile(r"социальн\w+ пед|соц\. ?пед")),
    (Duty.SPEECH_THERAPIST, re.compile(r"логопед")),
    (Duty.METHODICAL_HEAD, re.compile(r"шмо|методическ\w+ об")),
    (Duty.SUBJECT_TEACHER, re.compile(r"учител")),
    (Duty.TUTOR, re.compile(r"тьютор")),
    (Duty.MENTOR, re.compile(r"наставник")),
)
_EXPECTED = (
    (Expected.PROTOCOL, re.compile(r"протокол")),
    (Expected.PARENT_TALKS, re.compile(r"журнал\w* бесед с род")),
    (Expected.PUPIL_TALKS, re.compile(r"журнал\w* бесед с об")),
    (Expected.WORK_JOURNAL, re.compile(r"журнал\w* уч")),
    (Expected.LOCAL_ACT, re.compile(r"локальн|приказ|положени")),
    (Expected.ANALYTICAL_NOTE, re.compile(r"справк")),
    (Expected.TEST_ANALYSIS, re.compile(r"анализ")),
    (Expected.TERM_REPORT, re.compile(r"отчет")),
    (Expected.ROUTE, re.compile(r"траектор|маршрут")),
    (Expected.METHODICAL, re.compile(r"рекомендац")),
)
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row in words of the file; `direction` is that of the column, or the line that stands above it."""

    number: int
    direction: str
    title: str
    form: str
    term: str
    who: tuple[str, ...]
    contingent: str
    venue: str
    result: str
    tags: str


def parse_roadmap(path: Path, name: str, limits: Limits) -> Table:
    """The fullest sheet of a file, read in a process of its own. Raises `Problem` when no sheet is a table."""
    return fullest_table(path, name, limits, heading_of, "строки с мероприятиями")


def heading_of(text: str) -> Column | None:
    """What a heading names."""
    return heading_kind(text, _HEADS)


def guess_columns(head: Sequence[str]) -> dict[int, Column]:
    """By the headings; each kind once."""
    return guess_by_heads(head, _HEADS)


def table_rows(rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int) -> list[TableRow]:
    """Rows that name an activity, or say a term or who answers; a row with one text alone is a direction of those under
    it."""
    return list(_rows(rows, columns, first))


def _rows(rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int) -> Iterator[TableRow]:
    section = ""
    for number, row in enumerate(rows, first):
        told = dict.fromkeys(Column, "")
        told |= {column: row[place] for place, column in columns.items() if place < len(row)}
        texts = {text for text in row if text}
        if len(texts) == 1 and not told[Column.TERM]:
            section = texts.pop()
        elif told[Column.TITLE] or told[Column.TERM] or told[Column.WHO]:
            section = told[Column.DIRECTION] or section
            yield _row(number, section, told)


def _row(number: int, section: str, told: Mapping[Column, str]) -> TableRow:
    who = tuple(part.strip(" .") if len(part) > 30 else part.strip() for part in _BETWEEN.split(told[Column.WHO]))
    return TableRow(
        number,
        section,
        told[Column.TITLE],
        told[Column.FORM],
        told[Column.TERM],
        tuple(part for part in who if part),
        told[Column.CONTINGENT],
        told[Column.VENUE],
        told[Column.RESULT],
        name_key(told[Column.TAGS]),
    )


def duty_of(text: str) -> Duty | None:
    """Whom the words mean; None when nobody that is known."""
    key = name_key(text).replace("ё", "е")
    return next((duty for duty, words in _DUTIES if words.search(key)), None)


def expected_of(text: str) -> Expected | None:
    """The kind of document that a result names first."""
    key = name_key(text).replace("ё", "е")
    return next((kind for kind, words in _EXPECTED if words.search(key)), None)


def direction_key(text: str) -> str:
    """«1. Работа с родителями» and «Работа с родителями (законными представителями)» are one."""
    return re.sub(r"\(.*?\)|^[\d.\s]+|направлени[ея]", "", name_key(text)).strip(" .:")

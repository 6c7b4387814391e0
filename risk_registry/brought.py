"""A school's own registry as its table states it. Pure; the reading runs in the child process of `common.tabular`."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from common.tabular.heads import heading_kind
from common.tabular.limits import Limits
from common.tabular.table import Table, fullest_table


def parse_registry(path: Path, name: str, limits: Limits) -> Table:
    """The fullest sheet of a file. Raises `Problem` when no sheet is a table."""
    return fullest_table(path, name, limits, heading_of, "строки с фамилиями")


class Column(StrEnum):
    """What a column may hold."""

    NAME = "name"
    LAST = "last"
    FIRST = "first"
    MIDDLE = "middle"
    CLASS = "class"
    BIRTH = "birth"
    CATEGORY = "category"
    SUBJECTS = "subjects"
    NOTE = "note"


COLUMN_WORDS = {
    Column.NAME: "Фамилия, имя, отчество",
    Column.LAST: "Фамилия",
    Column.FIRST: "Имя",
    Column.MIDDLE: "Отчество",
    Column.CLASS: "Класс",
    Column.BIRTH: "Дата рождения",
    Column.CATEGORY: "Категория",
    Column.SUBJECTS: "Предметы",
    Column.NOTE: "Причины, примечание",
}


# The first that fits decides; a heading may name several things («Фамилия, имя»).
_HEADS = (
    (Column.BIRTH, re.compile(r"рожд|^д\.? ?р\b")),
    (Column.NAME, re.compile(r"\bф\.? ?и\.? ?о\b|фио|фамилия.*имя|учени[кц]|учащ|обучающ|ребен|ребён|школьник")),
    (Column.LAST, re.compile(r"фамил")),
    (Column.MIDDLE, re.compile(r"отчеств")),
    (Column.FIRST, re.compile(r"^имя")),
    (Column.CLASS, re.compile(r"класс(?!н)|^кл\.?$")),
    (Column.NOTE, re.compile(r"причин|примеч|основан|коммент|характер|дополн|мер[аы]|работ")),
    (Column.CATEGORY, re.compile(r"категор|групп|статус|уровень|риск")),
    (Column.SUBJECTS, re.compile(r"предмет|дисциплин")),
)


def heading_of(text: str) -> Column | None:
    """What a heading names; None when it is nothing that is known."""
    return heading_kind(text, _HEADS)


def texts_of(row: tuple[str, ...] | list[str], columns: dict[int, Column], what: Column) -> Iterator[str]:
    """Filled cells of the columns that hold this, in their order."""
    return (
        row[place] for place, column in sorted(columns.items()) if column == what and place < len(row) and row[place]
    )

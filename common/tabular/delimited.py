"""Tables as text: CSV in UTF-8 or cp1251, between commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from common.tabular.errors import Problem
from common.tabular.kinds import CONTROL
from common.tabular.limits import Limits
from common.tabular.sheets import Cell, Row, Sheet, rectangle

DELIMITERS = (";", "\t", ",")
SAMPLE_ROWS = 60


def read_delimited(path: Path, name: str, limits: Limits) -> Iterator[Sheet]:
    """One sheet, named after the file. All values are text: «01500570» keeps its zero."""
    text = decode(path.read_bytes())
    delimiter, text = _declared(text)
    delimiter = delimiter or _likely(text)
    try:
        rows = _rows(text, delimiter, limits, strict=True)
    except csv.Error as error:
        if "expected after" not in str(error):
            raise Problem("в нём не закрыта кавычка или слишком длинный текст в ячейке") from error
        rows = _rows(text, delimiter, limits, strict=False)
    yield Sheet(name, rectangle(rows, limits), titled=False)


def decode(data: bytes) -> str:
    """Text of a file: by its byte order mark, else UTF-8, else cp1251."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        if "\x00" in text:
            raise Problem("внутри двоичные данные, а не таблица", "выгрузите его из журнала ещё раз")
        return text
    if CONTROL.search(data):
        raise Problem("внутри двоичные данные, а не таблица", "выгрузите его из журнала ещё раз")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _declared(text: str) -> tuple[str, str]:
    """The delimiter of Excel's first line «sep=;», if it is there, and the rest."""
    first, _, rest = text.partition("\n")
    first = first.strip("\r\ufeff ")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    return "", text


def _likely(text: str) -> str:
    """The delimiter that splits the first rows into most cells."""
    sample = text[:200_000]
    return max(DELIMITERS, key=lambda delimiter: _filled_beyond_first(sample, delimiter))


def _filled_beyond_first(sample: str, delimiter: str) -> int:
    found = 0
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for _, row in zip(range(SAMPLE_ROWS), reader, strict=False):
            found += len(row) - 1
    except csv.Error:
        return found
    return found


def _rows(text: str, delimiter: str, limits: Limits, *, strict: bool) -> list[Row]:
    rows: list[Row] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict):
        rows.append([_cell(value) for value in row])
        if len(rows) > limits.rows:
            raise Problem(f"лист больше {limits.rows} строк", "разделите его на части")
    return rows


def _cell(value: str) -> Cell:
    return value or None

"""Temporary tables of one import, filled by COPY."""

import io
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.backends.utils import CursorWrapper

from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.doubles import Slot
from gradebook.parsed import Coverage

_CHUNK = 50_000
# Comparing a million marks sorts and hashes in memory; the setting lasts as long as the transaction.
_MEMORY = "256MB"
# How many rows there are decides a plan here, not which: a sample of three thousand tells it, at a tenth of the price.
_STATISTICS = 10


def prepare(cursor: CursorWrapper) -> None:
    """Give the transaction room to compare, and quick statistics of its tables.

    Of a key of three columns the planner knows the columns only, takes hashing for dear and sorts both sides instead.
    """
    cursor.execute(
        f"SET LOCAL work_mem = '{_MEMORY}'; SET LOCAL default_statistics_target = {_STATISTICS}; "
        "SET LOCAL enable_mergejoin = off"
    )


def table(cursor: CursorWrapper, name: str, columns: str) -> None:
    """An empty temporary table; the one of an earlier import in this transaction is dropped."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
    cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP")


def table_as(cursor: CursorWrapper, name: str, query: str, params: Sequence[int | str] = ()) -> int:
    """A temporary table with the rows of a query; returns how many."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
    cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}", params)
    rows = cursor.rowcount
    cursor.execute(f"ANALYZE {name}")
    return int(rows)


def copy(cursor: CursorWrapper, name: str, lines: Iterable[str]) -> None:
    """Fill a temporary table with lines in PostgreSQL's text format, without their ends."""
    copy_into(cursor, name, lines)
    cursor.execute(f"ANALYZE {name}")


def copy_into(cursor: CursorWrapper, target: str, lines: Iterable[str], *, chunk_of: int = _CHUNK) -> None:
    """COPY into «table» or «table (columns)», so many lines at a time."""
    left = iter(lines)
    for chunk in iter(lambda: list(islice(left, chunk_of)), []):
        cursor.copy_expert(f"COPY {target} FROM STDIN", io.StringIO("\n".join(chunk) + "\n"))


def line(values: Iterable[Any]) -> str:
    """A row in PostgreSQL's text format."""
    return "\t".join("\\N" if value is None else escaped(_told(value)) for value in values)


def _told(value: Any) -> str:
    """An array is written as «{1,NULL}»: arrays of facts hold numbers."""
    if isinstance(value, tuple):
        return "{" + ",".join("NULL" if one is None else str(one) for one in value) + "}"
    return str(value)


def escaped(text: str) -> str:
    """Text as COPY reads it."""
    return text.replace("\x00", "").replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


@lru_cache(maxsize=4096)
def iso(day: int) -> str:
    """«2026-09-01» of an ordinal."""
    return date.fromordinal(day).isoformat()


def stage_rows(cursor: CursorWrapper, name: str, lines: Iterable[str]) -> None:
    """Stage facts of lessons."""
    table(
        cursor,
        name,
        "src smallint, pupil int, subject int, day date, value smallint, raw text, weight numeric, work text",
    )
    copy(cursor, name, lines)


def stage_cover(cursor: CursorWrapper, files: Iterable[BoundFile], settled: Container[tuple[int, int]]) -> None:
    """Stage what files speak for beyond what they state: pupils and subjects, and apart from them the days of a block.

    Journals: each pupil and subject on the days of the heading. Flat lists: where they state an absence, a mark that
    they do not state. Pairs of pupil and subject that are `settled` are left out.
    """
    blocks: dict[str, int] = {}
    parts = [(bound.source, part) for bound in files for part in bound.blocks]
    lines = [line for source, part in parts for line in _cover_lines(source, part, blocks, settled)]
    table(cursor, "stage_cover", "src smallint, pupil int, subject int, school_class int, block int")
    copy(cursor, "stage_cover", lines)
    table(cursor, "stage_days", "block int, days date[]")
    copy(cursor, "stage_days", (f"{block}\t{{{days}}}" for days, block in blocks.items()))


def _cover_lines(
    source: int, part: BoundBlock, blocks: dict[str, int], settled: Container[tuple[int, int]]
) -> Iterator[str]:
    """`blocks` numbers the sets of days that were met."""
    if part.block.coverage is Coverage.LESSON_DAYS and part.block.covered_days:
        days = ",".join(sorted({day.isoformat() for day in part.block.covered_days}))
        block = blocks.setdefault(days, len(blocks))
        for pupil, school_class in zip(part.pupils, part.classes, strict=True):
            if pupil and school_class is not None:
                for subject in sorted({each for each in part.subjects if (pupil, each) not in settled}):
                    yield f"{source}\t{pupil}\t{subject}\t{school_class.pk}\t{block}"
    if part.block.coverage is Coverage.NAMED:
        facts = part.block.absences
        for who, what, ordinal in zip(facts.pupil, facts.subject, facts.day, strict=True):
            school_class = part.classes[who]
            taken = part.pupils[who] and (part.pupils[who], part.subjects[what]) not in settled
            if taken and school_class is not None:
                block = blocks.setdefault(iso(ordinal), len(blocks))
                yield f"{source}\t{part.pupils[who]}\t{part.subjects[what]}\t{school_class.pk}\t{block}"


def stage_unsure(cursor: CursorWrapper, unsure: Iterable[tuple[int, Slot]]) -> None:
    """Stage slots with rejected cells: what stands there stays."""
    table(cursor, "stage_unsure", "src smallint, pupil int, subject int, day date")
    copy(cursor, "stage_unsure", (f"{src}\t{p}\t{s}\t{iso(day)}" for src, (p, s, day) in sorted(unsure)))


def stage_movers(cursor: CursorWrapper, movers: Iterable[int]) -> None:
    """Stage pupils who sat in several classes this year."""
    table(cursor, "stage_mover", "pupil int")
    copy(cursor, "stage_mover", (str(pupil) for pupil in sorted(movers)))

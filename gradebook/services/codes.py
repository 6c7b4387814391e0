"""Whose participant's code is whose: loaded from a separate file, kept inside the school, printed nowhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from common.authorship import deed
from common.errors import Refused
from common.tabular import UnreadableFile, read_content
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.people import Finder, Window
from gradebook.imports.schoolbook import Schoolbook
from gradebook.models import ParticipantCode
from gradebook.parsed import CodedPupil, Layout, ParsedBlock, ParsedCodes, RejectedCell
from school.models import AcademicYear, User


@dataclass(frozen=True, slots=True)
class CodesLoaded:
    """How many codes were written (new or another than before), how many stood already, and what was refused."""

    written: int
    unchanged: int
    rejected: tuple[RejectedCell, ...]


@dataclass(frozen=True, slots=True)
class _Owner:
    """A row of the file whose pupil was found; `grade` is that of the pupil's class."""

    row: CodedPupil
    pupil: int
    grade: int


def codes_read(content: bytes, name: str) -> ParsedCodes:
    """What the file states. Raises `Refused` for one that cannot be read."""
    try:
        parsed: ParsedCodes = read_content(
            "gradebook.layouts.codes:parse_codes", content, name, returns=("gradebook.parsed",)
        )
    except UnreadableFile as wrong:
        raise Refused(str(wrong)) from wrong
    return parsed


@deed
def codes_load(*, by: User, year: AcademicYear, parsed: ParsedCodes) -> CodesLoaded:
    """Write the codes of the file's pupils; those of pupils whom it does not name stay.

    Refused with their cell: a pupil who is not found, a pupil or a code that stands twice, a code that another pupil of
    the grade keeps.
    """
    lock_gradebook(year.school)
    rejected = list(parsed.rejected)
    owners = _once(_owners(year, parsed, rejected), rejected)
    known = list(ParticipantCode.objects.filter(year=year))
    owners = _free(owners, known, rejected)
    standing = {one.pupil_id: one for one in known}
    named = {owner.pupil for owner in owners}
    same = [
        owner
        for owner in owners
        if owner.pupil in standing
        and (standing[owner.pupil].grade, standing[owner.pupil].code) == (owner.grade, owner.row.code)
    ]
    fresh = [owner for owner in owners if owner not in same]
    ParticipantCode.objects.filter(year=year, pupil__in=named - {owner.pupil for owner in same}).delete()
    ParticipantCode.objects.bulk_create(
        ParticipantCode(school=year.school, year=year, grade=owner.grade, code=owner.row.code, pupil_id=owner.pupil)
        for owner in fresh
    )
    return CodesLoaded(len(fresh), len(same), tuple(rejected))


def _owners(year: AcademicYear, parsed: ParsedCodes, rejected: list[RejectedCell]) -> list[_Owner]:
    book = Schoolbook(year.school, year_start=year.start)
    yearbook = book.yearbook(year)
    pupils = tuple(row.pupil for row in parsed.rows)
    block = ParsedBlock(Layout.ASSESSMENT, "", None, year.start, None, pupils, ())
    finder, window = Finder(book, (block,)), Window(year.starts, year.ends)
    found = []
    for row in parsed.rows:
        match = finder.find(yearbook, row.pupil, block, window)
        place = yearbook.class_of(match.pupil, year.school.today()) if match.pupil is not None else None
        if match.pupil is None or place is None:
            rejected.append(_refused(row, match.reason or "ученик не сидит ни в одном классе"))
        else:
            found.append(_Owner(row, match.pupil, place.grade))
    return found


def _once(owners: Sequence[_Owner], rejected: list[RejectedCell]) -> list[_Owner]:
    """Without codes and pupils that stand twice: neither row is taken."""
    codes = Counter((owner.grade, owner.row.code) for owner in owners)
    pupils = Counter(owner.pupil for owner in owners)
    kept = []
    for owner in owners:
        if codes[owner.grade, owner.row.code] > 1:
            rejected.append(_refused(owner.row, f"код {owner.row.code} стоит в файле дважды"))
        elif pupils[owner.pupil] > 1:
            rejected.append(_refused(owner.row, "у этого ученика в файле два кода"))
        else:
            kept.append(owner)
    return kept


def _free(owners: Sequence[_Owner], known: Sequence[ParticipantCode], rejected: list[RejectedCell]) -> list[_Owner]:
    """Without codes that a pupil keeps whom the file does not name."""
    named = {owner.pupil for owner in owners}
    kept_by_others = {(one.grade, one.code) for one in known if one.pupil_id not in named}
    kept = []
    for owner in owners:
        if (owner.grade, owner.row.code) in kept_by_others:
            rejected.append(_refused(owner.row, f"код {owner.row.code} уже у другого ученика параллели"))
        else:
            kept.append(owner)
    return kept


def _refused(row: CodedPupil, reason: str) -> RejectedCell:
    return RejectedCell(row.pupil.sheet, row.cell, f"{row.code}, {row.pupil.name}"[:60], reason)


@deed
def codes_forget(*, by: User, year: AcademicYear) -> int:
    """Take all codes of the year away when they are no longer needed; returns how many."""
    lock_gradebook(year.school)
    return ParticipantCode.objects.filter(year=year).delete()[0]

"""Pupils and classes of a block: who is meant by each reference, and who could not be recognised."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from common.names import name_key
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.seating import grade_gap
from gradebook.imports.told import Unmatched
from gradebook.imports.yearbook import Yearbook, class_name_key
from gradebook.matching import Match
from gradebook.parsed import Layout, ParsedBlock, PupilRef
from school.models import SchoolClass
from school.naming import class_parts

_PER_PUPIL = frozenset({Layout.PROGRESS, Layout.REPORT_CARD})


@dataclass(frozen=True, slots=True)
class Recognised:
    """A reference resolved: the pupil and the class in which the file places them."""

    pupil: int
    school_class: SchoolClass


@dataclass(frozen=True, slots=True)
class Window:
    """The days of which a reference speaks, both inside."""

    since: date
    until: date


class Finder:
    """Resolves the references of one file."""

    def __init__(self, book: Schoolbook, blocks: tuple[ParsedBlock, ...]) -> None:
        self._book = book
        self._repeated = _repeated_blocks(blocks)
        self.matches: dict[tuple[int, str, str, date | None, Window], Match] = {}

    def class_named(self, yearbook: Yearbook, ref: PupilRef, block: ParsedBlock) -> SchoolClass | None:
        """The class that the row, or else the block, names."""
        name = ref.class_name or block.class_name
        if not name:
            return None
        seating = self._book.seating(yearbook.year)
        return seating.class_for(name) if seating is not None else yearbook.classes.get(class_name_key(name))

    def find(self, yearbook: Yearbook, ref: PupilRef, block: ParsedBlock, window: Window) -> Match:
        """By the identifier, else by what a person once chose, else by the name within the class."""
        known = self._book.pupil_by_id(ref.external_id) if ref.external_id else None
        if known is not None:
            return self._in_a_class(yearbook, ref, block, known)
        if not ref.name:
            return Match(None, f"нет ученика с идентификатором {ref.external_id}")
        if ref.coded:
            return self._by_code(yearbook, ref, block)
        class_name = ref.class_name or block.class_name or ""
        key = (yearbook.year.pk, class_name_key(class_name), name_key(ref.name), ref.birth_date, window)
        if key not in self.matches:
            self.matches[key] = self._by_name(yearbook, ref, class_name, window)
        if _block_key(block, ref) in self._repeated:
            return Match(None, "на листе два блока с этим именем", self._near(self.matches[key]))
        return self.matches[key]

    def _by_code(self, yearbook: Yearbook, ref: PupilRef, block: ParsedBlock) -> Match:
        """Codes are told by their own file alone: one number is another pupil's in another grade."""
        grade = _grade_of_code(block)
        if grade is None:
            return Match(None, "файл не называет параллель, и чей это код, сказать нельзя")
        pupil = self._book.pupil_by_code(yearbook.year.pk, grade, ref.name)
        return Match(pupil, "" if pupil is not None else f"в {grade} классах нет кода {ref.name}: загрузите файл кодов")

    def _in_a_class(self, yearbook: Yearbook, ref: PupilRef, block: ParsedBlock, known: int) -> Match:
        """Also with an identifier a class that the school lacks is asked about."""
        class_name = ref.class_name or block.class_name
        if not class_name or class_name_key(class_name) in yearbook.classes or self._may_be_made(yearbook, class_name):
            return Match(known)
        settled = yearbook.settled_pupil(class_name, ref.name, ref.birth_date)
        return Match(settled) if settled else Match(None, _no_class(class_name), (known,))

    def _by_name(self, yearbook: Yearbook, ref: PupilRef, class_name: str, window: Window) -> Match:
        settled = yearbook.settled_pupil(class_name, ref.name, ref.birth_date)
        if settled is not None:
            return Match(settled)
        if not class_name:
            return Match(None, "файл не называет класс", yearbook.everybody.alike(ref.name))
        if self._may_be_made(yearbook, class_name):
            return self._in_earlier_year(yearbook, ref, class_name)
        school_class = yearbook.classes.get(class_name_key(class_name))
        if school_class is None:
            return Match(None, _no_class(class_name), yearbook.everybody.alike(ref.name))
        match = yearbook.roster(school_class, window.since, window.until).find(ref.name, ref.birth_date)
        if match.pupil is None:
            match = _better(match, yearbook.roster_of_year(school_class).find(ref.name, ref.birth_date))
        if match.pupil is None and not match.candidates:
            return Match(None, match.reason, yearbook.everybody.alike(ref.name))
        return match

    def _may_be_made(self, yearbook: Yearbook, class_name: str) -> bool:
        """Whether the year is known from files alone, so that a class of theirs belongs to it."""
        return self._book.seating(yearbook.year) is not None and class_parts(class_name) is not None

    def _in_earlier_year(self, yearbook: Yearbook, ref: PupilRef, class_name: str) -> Match:
        """Among those who are known to have sat in the class then, else among all pupils of the school.

        Where somebody sits today says nothing; but who was by far too young or too old for the class is asked about.
        """
        school_class = yearbook.classes.get(class_name_key(class_name))
        if school_class is not None:
            match = yearbook.roster_of_year(school_class).find(ref.name, ref.birth_date)
            if match.pupil is not None:
                return match
        match = self._book.everybody.find(ref.name, ref.birth_date)
        reason = self._why_not(yearbook, ref, class_name, match.pupil) if match.pupil is not None else ""
        return Match(None, reason, (match.pupil,)) if reason and match.pupil is not None else match

    def _why_not(self, yearbook: Yearbook, ref: PupilRef, class_name: str, pupil: int) -> str:
        """Why the only one of that name in the school may be somebody else; empty when nothing speaks against it."""
        seating, parts = self._book.seating(yearbook.year), class_parts(class_name)
        elsewhere = seating.elsewhere(pupil, class_name) if seating is not None else None
        if elsewhere is not None:
            return f"в {yearbook.year.title} такой ученик уже записан в {elsewhere}"
        grade = self._book.grades.get(pupil)
        if ref.birth_date is not None or grade is None or parts is None:
            return ""
        if grade_gap((yearbook.year.start, parts[0]), grade) <= 1:
            return ""
        return f"имя подходит одному ученику, но {class_name} в {yearbook.year.title} ему не по возрасту"

    @staticmethod
    def _near(match: Match) -> tuple[int, ...]:
        return match.candidates if match.pupil is None else (match.pupil,)


def _no_class(class_name: str) -> str:
    return f"в школе нет класса {class_name}"


def _better(now: Match, ever: Match) -> Match:
    """Of the days in question several fit: the year cannot say more. None fits: ask the year."""
    return now if len(now.candidates) > 1 and ever.pupil is None else ever


def _block_key(block: ParsedBlock, ref: PupilRef) -> tuple[object, ...]:
    return (block.sheet, block.class_name, name_key(ref.name), ref.birth_date, ref.external_id, block.period)


def _repeated_blocks(blocks: tuple[ParsedBlock, ...]) -> set[tuple[object, ...]]:
    """Two blocks of one name on one sheet about the same days are namesakes until somebody says otherwise."""
    seen: dict[tuple[object, ...], set[date]] = {}
    repeated = set()
    for block in blocks:
        for ref in block.pupils if block.layout in _PER_PUPIL else ():
            key = _block_key(block, ref)
            if key in seen and (not block.covered_days or not seen[key].isdisjoint(block.covered_days)):
                repeated.add(key)
            seen.setdefault(key, set()).update(block.covered_days)
    return repeated


def refuse_doubles(block: ParsedBlock, matches: list[Match]) -> list[Match]:
    """Two rows of one block are two pupils: when both seem to be one, neither is taken. A flat list repeats rows."""
    if block.layout is Layout.FLAT:
        return matches
    named = Counter(match.pupil for match in matches if match.pupil is not None)
    return [
        Match(None, "на листе две строки подходят этому ученику", (match.pupil,))
        if match.pupil is not None and named[match.pupil] > 1
        else match
        for match in matches
    ]


def _grade_of_code(block: ParsedBlock) -> int | None:
    return block.work.grade if block.work is not None else None


RowKey = tuple[str, str, date | None]  # class, name or identifier, birth date, as the file writes them


def row_key(block: ParsedBlock, ref: PupilRef) -> RowKey:
    """By what a row to settle is known again when its file is read once more."""
    return ref.class_name or block.class_name or "", ref.name or ref.external_id or "", ref.birth_date


def unmatched_rows(block: ParsedBlock, number: int, match: Match, year: int, facts: int) -> list[Unmatched]:
    """One entry a row or block that names the pupil."""
    ref = block.pupils[number]
    return [
        Unmatched(
            sheet=ref.sheet,
            cell=cell,
            value=ref.name or ref.external_id or "",
            reason=match.reason,
            candidates=match.candidates,
            class_name=ref.class_name or block.class_name or "",
            birth_date=ref.birth_date,
            year=year,
            facts=facts,
            grade=_grade_of_code(block) if ref.coded else None,
        )
        for cell in block.places_of(number)
    ]

"""A parsed file bound to the school: keys of pupils, classes and subjects instead of names."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from gradebook.imports.people import Finder, RowKey, Window, refuse_doubles, row_key, unmatched_rows
from gradebook.imports.periods import NoSuchPeriod, PeriodNotNamed, term_of
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.told import FileTold, Rejected, Unmatched
from gradebook.imports.yearbook import ALWAYS, Yearbook, class_name_key
from gradebook.matching import Match
from gradebook.parsed import Layout, ParsedBlock, ParsedFile, PupilRef
from school.models import AcademicYear, SchoolClass
from school.rules import academic_year_of

NOBODY = 0


@dataclass(slots=True)
class BoundBlock:
    """Parallel to the block's pupils: `pupils` (0 for who was not recognised) and the `classes` that the file means."""

    block: ParsedBlock
    book: Yearbook
    pupils: list[int]
    classes: list[SchoolClass | None]
    subjects: list[int]

    @property
    def limited(self) -> bool:
        """Whether marks of some class and subject here begin later than the year, or are not given."""
        classes = {item.pk: item for item in self.classes if item is not None}.values()
        return any(self.book.marks_from(item, subject) != ALWAYS for item in classes for subject in self.subjects)


@dataclass(slots=True)
class BoundFile:
    """One file of the call; `source` is its number, from 1."""

    source: int
    parsed: ParsedFile
    told: FileTold
    blocks: list[BoundBlock] = field(default_factory=list)


def bind(book: Schoolbook, source: int, parsed: ParsedFile, only: Collection[RowKey] | None = None) -> BoundFile:
    """Resolve classes, pupils and subjects; unrecognised rows are listed in `told`, unknown subjects are created.

    With `only` the file speaks of these rows and of nobody else.
    """
    told = FileTold(parsed.name, str(parsed.layout), parsed.sheets)
    told.rejected += [Rejected(cell.sheet, cell.cell, cell.value, cell.reason) for cell in parsed.rejected]
    bound = BoundFile(source, parsed, told)
    finder = Finder(book, parsed.blocks)
    for block in parsed.blocks:
        bound.blocks += _bind_block(book, finder, block, told, only)
    for _, seating in book.seatings:
        seating.write()
    return bound


def _bind_block(
    book: Schoolbook, finder: Finder, block: ParsedBlock, told: FileTold, only: Collection[RowKey] | None
) -> list[BoundBlock]:
    facts = _facts_of_pupils(block)
    year = _year_of(book, block)
    if year is None:
        told.unmatched += _of_unknown_year(block, facts)
        return []
    yearbook = book.yearbook(year)
    windows = _windows(block, yearbook)
    matches = refuse_doubles(
        block,
        [finder.find(yearbook, ref, block, windows[n]) for n, ref in enumerate(block.pupils)],
    )
    for number, match in enumerate(matches):
        if match.pupil is None:
            told.unmatched += unmatched_rows(block, number, match, year.start, facts[number])
    if only is not None:
        keys = [row_key(block, ref) for ref in block.pupils]
        matches = [match if key in only else Match(None) for key, match in zip(keys, matches, strict=True)]
    if not any(match.pupil for match in matches):
        return []
    classes = [
        _class_of(finder, yearbook, block, ref, match, window)
        for ref, match, window in zip(block.pupils, matches, windows, strict=True)
    ]
    _seat(book, yearbook, matches, classes)
    subjects = [book.subject(name).pk for name in block.subjects]
    return [BoundBlock(block, yearbook, [match.pupil or NOBODY for match in matches], classes, subjects)]


def _class_of(
    finder: Finder, yearbook: Yearbook, block: ParsedBlock, ref: PupilRef, match: Match, window: Window
) -> SchoolClass | None:
    if match.pupil is None:
        return None
    return finder.class_named(yearbook, ref, block) or yearbook.class_of(match.pupil, window.until)


def _seat(
    book: Schoolbook, yearbook: Yearbook, matches: Iterable[Match], classes: Iterable[SchoolClass | None]
) -> None:
    seating = book.seating(yearbook.year)
    for match, school_class in zip(matches, classes, strict=True):
        if seating is not None and match.pupil is not None and school_class is not None:
            seating.seat(match.pupil, school_class)


def _year_of(book: Schoolbook, block: ParsedBlock) -> AcademicYear | None:
    """That of the heading; a flat list tells it by its dates; else the call's."""
    if block.year_start is not None:
        return book.year_named(block.year_start)
    day = _last_day(block)
    if not day:
        return book.default_year
    return book.year_on(day) or book.year_named(academic_year_of(date.fromordinal(day))) or book.default_year


def _last_day(block: ParsedBlock) -> int:
    """The ordinal of the last day of which the block speaks; 0 when it names no day."""
    named = [day.toordinal() for day in block.covered_days[-1:]]
    if block.work is not None and block.work.day is not None:
        named.append(block.work.day.toordinal())
    return max([*named, *(max(facts.day) for facts in (block.marks, block.absences) if len(facts))], default=0)


def _windows(block: ParsedBlock, yearbook: Yearbook) -> list[Window]:
    """When each pupil of the block should have sat in the class: the lessons' days with the period that is named."""
    whole = Window(yearbook.year.starts, yearbook.year.ends)
    if block.layout is Layout.FLAT:
        return _windows_of_rows(block, whole)
    spans = [Window(block.covered_days[0], block.covered_days[-1])] if block.covered_days else []
    if block.work is not None and block.work.day is not None:
        spans.append(Window(block.work.day, block.work.day))
    spans += _span_of_period(block, yearbook)
    window = Window(min(s.since for s in spans), max(s.until for s in spans)) if spans else whole
    return [window] * len(block.pupils)


def _span_of_period(block: ParsedBlock, yearbook: Yearbook) -> list[Window]:
    stated = block.period
    if stated is None or stated.annual:
        return []
    if stated.first is not None and stated.last is not None:
        return [Window(stated.first, stated.last)]
    named = next(iter(yearbook.classes.values()), None) if block.class_name is None else None
    school_class = yearbook.classes.get(class_name_key(block.class_name)) if block.class_name else named
    if school_class is None:
        return []
    try:
        period = term_of(stated, school_class, yearbook, None).period
    except (NoSuchPeriod, PeriodNotNamed):
        return []
    return [Window(period.starts, period.ends)] if period is not None else []


def _windows_of_rows(block: ParsedBlock, whole: Window) -> list[Window]:
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for facts in (block.marks, block.absences):
        for pupil, day in zip(facts.pupil, facts.day, strict=True):
            if day < first.get(pupil, day + 1):
                first[pupil] = day
            if day > last.get(pupil, day - 1):
                last[pupil] = day
    return [
        Window(date.fromordinal(first[n]), date.fromordinal(last[n])) if n in first else whole
        for n in range(len(block.pupils))
    ]


def _facts_of_pupils(block: ParsedBlock) -> "Counter[int]":
    """How many facts the block holds of each pupil."""
    counted: Counter[int] = Counter(block.marks.pupil)
    counted.update(block.absences.pupil)
    counted.update(result.pupil for result in block.results)
    counted.update(assessed.pupil for assessed in block.assessed)
    return counted


def _of_unknown_year(block: ParsedBlock, facts: "Counter[int]") -> Iterator[Unmatched]:
    start = block.year_start or 0
    match = Match(None, f"в школе нет учебного года {start}/{(start + 1) % 100:02d}")
    for number in range(len(block.pupils)):
        yield from unmatched_rows(block, number, match, start, facts[number])

"""What files state of a pupil in a subject, taken whole, before anything is staged.

Nearly all that a school loads is new, or is what it loaded before. Such a pair of pupil and subject is settled whole
(`settling`); only pairs in which some slot differs are staged and compared slot by slot (`slots`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.slots import MOST_OF_ONE_SLOT
from gradebook.imports.statements import REASON_NUMBERS, Statements, absence_words, mark_words
from gradebook.models import AbsenceReason, FactKind
from gradebook.parsed import Absences, Coverage, Marks

Key = tuple[int, int]  # pupil, subject

# A fact is a code: its day, counted from the call's origin, times eight, and its value. The database tells what stands
# as characters of these codes: from 64 on, and below the surrogates, whatever lies within sixteen years.
SHIFT = 3
_VALUE = 7
_FIRST_DAY = 8
_MOST_DAYS = 6000


@dataclass(slots=True)
class Told:
    """The facts of one kind that a file states of a pair: codes in order, and the words beside some of them.

    Words are columns of a line for COPY; a fact without any has those of `lines.PLAIN`.
    """

    codes: list[int] = field(default_factory=list)
    words: dict[int, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Pair:
    """What one file states of a pupil in a subject. `named`: by a flat list, which speaks for what it names only."""

    source: int
    school_class: int | None
    named: bool
    marks: Told = field(default_factory=Told)
    absences: Told = field(default_factory=Told)

    def told(self, kind: FactKind) -> Told:
        """Of one kind."""
        return self.marks if kind is FactKind.MARKS else self.absences


@dataclass(slots=True)
class Pairs:
    """Pairs that may be settled whole. Days are counted from `origin`, an ordinal; `until` is the last one stated.

    `others`: whether the call speaks of more than these.
    """

    origin: int = 0
    until: int = 0
    others: bool = False
    found: dict[Key, Pair] = field(default_factory=dict)

    def leave(self, keys: Iterable[Key]) -> None:
        """Leave pairs to the comparison slot by slot."""
        for key in keys:
            self.others = True
            self.found.pop(key, None)


def day_of(code: int) -> int:
    """The day of a code, counted from the origin."""
    return code >> SHIFT


def value_of(code: int) -> int:
    """The mark, or the number of the reason."""
    return code & _VALUE


def collect(statements: Statements, files: Sequence[BoundFile], movers: set[int]) -> Pairs:
    """The pairs of a call but for those that need a look at each slot, whatever stands.

    These are: pairs of several files, of blocks that repeat lessons or hold marks that may not be taken, with a
    rejected cell, of pupils who moved, with more in a slot than is believed.
    """
    days = {bound.source: [_days(part) for part in bound.blocks] for bound in files}
    met = set().union(*(of_block for of_file in days.values() for of_block in of_file))
    if not met or max(met) - min(met) > _MOST_DAYS:
        return Pairs(others=bool(met or statements.unsure))
    collector = _Collector(Pairs(min(met) - _FIRST_DAY, max(met)))
    for bound in files:
        repeats = statements.repeats(bound)
        for part, of_block in zip(bound.blocks, days[bound.source], strict=True):
            if repeats or not statements.all_taken(part, of_block):
                collector.refused |= {(pupil, subject) for pupil in part.pupils for subject in part.subjects}
            else:
                collector.add(bound.source, part)
    collector.refused |= {(pupil, subject) for _, (pupil, subject, _) in statements.unsure}
    return collector.done(movers)


def _days(part: BoundBlock) -> set[int]:
    """Ordinals of the days of which a block speaks: those of its facts, and the ends of what it covers."""
    covered = part.block.covered_days
    ends = {min(covered).toordinal(), max(covered).toordinal()} if covered else set()
    return {*part.block.marks.day, *part.block.absences.day, *ends}


class _Collector:
    """Fills `pairs`; `refused` are those that another file or block speaks of, too."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.refused: set[Key] = set()

    def add(self, source: int, part: BoundBlock) -> None:
        """A block all of whose facts are taken."""
        marks, absences = part.block.marks, part.block.absences
        given = self._columns(part, marks, marks.value)
        missed = self._columns(part, absences, _reasons(absences))
        covers = part.block.coverage is Coverage.LESSON_DAYS and bool(part.block.covered_days)
        for place, (codes, reasons) in enumerate(zip(given, missed, strict=True)):
            who, what = divmod(place, len(part.subjects))
            if part.pupils[who] and (codes or reasons or covers):
                pair = self._pair(source, part, who, what)
                pair.marks.codes += codes
                pair.absences.codes += reasons
        self._describe(part, FactKind.MARKS, marks, mark_words(marks))
        self._describe(part, FactKind.ABSENCES, absences, absence_words(absences))

    def done(self, movers: set[int]) -> Pairs:
        """The pairs that are left, their codes in order."""
        found = self.pairs.found
        self.pairs.leave(self.refused)
        self.pairs.leave([key for key in found if key[0] in movers])
        for pair in found.values():
            pair.marks.codes.sort()
            pair.absences.codes.sort()
        crowded = [key for key, pair in found.items() if _crowded(pair.marks.codes) or _crowded(pair.absences.codes)]
        self.pairs.leave(crowded)
        return self.pairs

    def _columns(self, part: BoundBlock, facts: Marks | Absences, values: Iterable[int]) -> list[list[int]]:
        """The codes of each pupil and subject of the block."""
        width, origin = len(part.subjects), self.pairs.origin
        columns: list[list[int]] = [[] for _ in range(len(part.pupils) * width)]
        codes = [(day - origin) << SHIFT | value for day, value in zip(facts.day, values, strict=True)]
        if width == 1:
            for who, code in zip(facts.pupil, codes, strict=True):
                columns[who].append(code)
        else:
            for who, what, code in zip(facts.pupil, facts.subject, codes, strict=True):
                columns[who * width + what].append(code)
        return columns

    def _pair(self, source: int, part: BoundBlock, who: int, what: int) -> Pair:
        key, school_class = (part.pupils[who], part.subjects[what]), part.classes[who]
        named = part.block.coverage is Coverage.NAMED
        pair = self.pairs.found.get(key)
        if pair is None:
            pair = Pair(source, school_class.pk if school_class is not None else None, named)
            self.pairs.found[key] = pair
        elif pair.source != source or pair.named != named:
            self.refused.add(key)
        return pair

    def _describe(
        self, part: BoundBlock, kind: FactKind, facts: Marks | Absences, words: Iterable[tuple[int, int, str]]
    ) -> None:
        """`words`: the place of a fact, its value and what is said beside it."""
        for place, value, text in words:
            pupil = part.pupils[facts.pupil[place]]
            if pupil:
                told = self.pairs.found[pupil, part.subjects[facts.subject[place]]].told(kind)
                told.words.setdefault((facts.day[place] - self.pairs.origin) << SHIFT | value, []).append(text)


def _reasons(facts: Absences) -> Iterator[int]:
    return (REASON_NUMBERS[AbsenceReason(reason)] for reason in facts.reason)


def _crowded(codes: Sequence[int]) -> bool:
    """Whether some slot holds more than is believed; the codes are in order."""
    far = codes[MOST_OF_ONE_SLOT:]
    return any(day_of(first) == day_of(last) for first, last in zip(codes, far, strict=False)) if far else False

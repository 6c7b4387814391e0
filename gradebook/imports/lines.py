"""What settled pairs bring, as lines for COPY: new facts, and what a flat list speaks for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from gradebook.imports.pairs import SHIFT, Pair, Told, day_of, value_of
from gradebook.imports.settling import Settled
from gradebook.imports.staging import iso
from gradebook.imports.statements import REASON_NUMBERS
from gradebook.models import Coverage, FactKind
from school.models import ImportBatch

# The words of a fact of which the file says nothing but the value: raw, weight, work; or raw.
PLAIN = {FactKind.MARKS: "\t\\N\t", FactKind.ABSENCES: ""}
COLUMNS = {
    kind: f"pupil_id, subject_id, date, {told}, by_hand, school_id, batch_id, year_id"
    for kind, told in {
        FactKind.MARKS: "value, ordinal, raw, weight, work",
        FactKind.ABSENCES: "reason, ordinal, raw",
    }.items()
}
COVERAGE = "batch_id, form, excluded, year_id, school_class_id, subjects, pupils, dates, last_day, result_kind"
_REASON_OF = {number: reason.value for reason, number in REASON_NUMBERS.items()}


# Facts of one slot are told apart by their order: a code with it stands above all codes.
_ORDINAL = 20


class _Ends(dict[int, str]):
    """The line of a fact without words, pupil and subject, by its code with its order in the slot."""

    def __init__(self, kind: FactKind, settled: Settled, batch: ImportBatch, years: Mapping[int, int]) -> None:
        self._kind, self._batch, self._years = kind, batch, years
        self._origin = settled.pairs.origin

    def __missing__(self, ordered: int) -> str:
        self[ordered] = self.told(ordered, PLAIN[self._kind])
        return self[ordered]

    def told(self, ordered: int, words: str) -> str:
        """Of any fact."""
        ordinal, code = ordered >> _ORDINAL, ordered & ((1 << _ORDINAL) - 1)
        day, value = self._origin + day_of(code), value_of(code)
        told = value if self._kind is FactKind.MARKS else _REASON_OF[value]
        return (
            f"{iso(day)}\t{told}\t{ordinal}\t{words}\tf\t{self._batch.school_id}\t{self._batch.pk}\t{self._years[day]}"
        )


def fresh_lines(settled: Settled, kind: FactKind, batch: ImportBatch, years: Mapping[int, int]) -> Iterator[str]:
    """The new facts of one kind, the lines of a pair at a time. `years`: the academic year of each day."""
    ends = _Ends(kind, settled, batch, years)
    for key, codes in settled.fresh[kind].items():
        head = f"{key[0]}\t{key[1]}\t"
        told = settled.pairs.found[key].told(kind)
        ordered = _ordered(codes)
        of_pair = _with_words(ends, codes, ordered, told) if told.words else map(ends.__getitem__, ordered)
        yield head + f"\n{head}".join(of_pair)


def _ordered(codes: list[int]) -> list[int]:
    """Codes with their orders; they come in order."""
    found, last, ordinal = [], -1, 0
    for code in codes:
        day = code >> SHIFT
        ordinal = ordinal + 1 if day == last else 0
        last = day
        found.append(ordinal << _ORDINAL | code)
    return found


def _with_words(ends: _Ends, codes: list[int], ordered: list[int], told: Told) -> Iterator[str]:
    """Words go to the facts of their value, as the file has them."""
    words = {code: iter(texts) for code, texts in told.words.items()}
    for code, key in zip(codes, ordered, strict=True):
        text = next(words[code], None) if code in words else None
        yield ends[key] if text is None else ends.told(key, text)


def named_lines(
    settled: Settled, kind: FactKind, batch: ImportBatch, years: Mapping[int, int], today: date
) -> Iterator[str]:
    """Rows of `Coverage` of flat lists: for marks each day that they name, for absences those with an absence."""
    of_subject: dict[tuple[int | None, int], list[tuple[int, Pair]]] = defaultdict(list)
    for (pupil, subject), pair in settled.pairs.found.items():
        if pair.named:
            of_subject[pair.school_class, subject].append((pupil, pair))
    for (school_class, subject), members in of_subject.items():
        named: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for pupil, pair in members:
            codes = pair.absences.codes if kind is FactKind.ABSENCES else pair.marks.codes + pair.absences.codes
            by_year: dict[int, list[int]] = defaultdict(list)
            for code in codes:
                day = settled.pairs.origin + (code >> SHIFT)
                by_year[years[day]].append(day)
            for year, days in by_year.items():
                named[year][0].extend([str(pupil)] * len(days))
                named[year][1].extend(days)
        for year, (pupils, days) in named.items():
            about = _about(kind, batch, year, school_class)
            yield f"{about}\t{{{subject}}}\t{{{','.join(pupils)}}}\t{_days(days, today)}"


def lesson_line(
    batch: ImportBatch,
    about: tuple[int, int],
    subjects: Iterable[int],
    pupils: Iterable[int],
    days: Collection[int],
    today: date,
) -> str:
    """A row of `Coverage` of journals. `about`: keys of the year and of the class."""
    told = "\t".join(f"{{{','.join(map(str, sorted(keys)))}}}" for keys in (subjects, pupils))
    return f"{_about(Coverage.LESSONS, batch, *about)}\t{told}\t{_days(sorted(days), today)}"


def _about(form: str, batch: ImportBatch, year: int, school_class: int | None) -> str:
    place = "\\N" if school_class is None else school_class
    return f"{batch.pk}\t{form}\tf\t{year}\t{place}"


def _days(days: Sequence[int], today: date) -> str:
    """The days, the last that was given, and no kind of result."""
    return f"{{{','.join(map(iso, days))}}}\t{_last_given(days, today)}\t"


def _last_given(days: Iterable[int], today: date) -> str:
    """Files may name lessons to come: these say nothing yet."""
    now = today.toordinal()
    return iso(max((day for day in days if day <= now), default=max(days)))

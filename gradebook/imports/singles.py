"""Facts of which there is one a key: results of periods, means, results of external works.

A file that leaves such a cell empty says nothing. Of several statements in one call the last is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gradebook.imports.told import Counts, FileTold, Rejected

# One file says 3,7 and another 3,67 of the same marks.
SAME_MEAN = Decimal("0.05")

Key = tuple[Any, ...]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a cell states. `values` are compared; `raw` is the cell's text and describes."""

    source: int
    key: Key
    values: Values
    raw: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class StandingOne:
    """The fact that stands under a key."""

    id: int
    values: Values
    by_hand: bool


@dataclass(slots=True)
class Singles:
    """What one kind of such facts would change. `confirmed` are all keys that the call states and that are taken."""

    counts: dict[int, Counts] = field(default_factory=lambda: defaultdict(Counts))
    created: list[Statement] = field(default_factory=list)
    updated: list[tuple[StandingOne, Statement]] = field(default_factory=list)
    overruled: list[tuple[StandingOne, Statement]] = field(default_factory=list)
    taken_out: list[Statement] = field(default_factory=list)
    confirmed: list[Key] = field(default_factory=list)
    standing: int = 0

    @property
    def changed(self) -> int:
        """Facts that would be changed."""
        return len(self.updated)


@dataclass(frozen=True, slots=True)
class _Agreed:
    """The call's one statement of a key, and the files that state it so, in order."""

    last: Statement
    sources: list[int]


def work_words(values: Values) -> str:
    """A work's result as a person reads it: «2, 7,5 балла, задания 1 0 2, журнал 3»; the participant's code is told to
    nobody."""
    _, variant, score, mark, journal, points = values
    told = [str(mark) if mark is not None else "без отметки"]
    told += [f"вариант {variant}"] if variant else []
    told += [f"{_plain(score)} б."] if score is not None else []
    told += [f"задания {' '.join(map(_plain, points))}"] if points else []
    told += [f"журнал {journal}"] if journal is not None else []
    return ", ".join(told)


def _plain(number: Decimal | None) -> str:
    return "–" if number is None else f"{number.normalize():f}".replace(".", ",")


def compare_singles(
    statements: Iterable[Statement],
    standing: Mapping[Key, StandingOne],
    files: Mapping[int, FileTold],
    taken_out: Mapping[Key, Values] | None = None,
) -> Singles:
    """Settle contradictions within the call (listed in `files`), then compare with what stands.

    `taken_out`: what a person removed. The same value does not come back; another one is news.
    """
    out = taken_out or {}
    found = Singles()
    for key, agreed in _agree(statements, files).items():
        now = standing.get(key)
        found.standing += now is not None
        if now is not None and now.by_hand and now.values != agreed.last.values:
            found.overruled.append((now, agreed.last))
            continue
        if now is None and out.get(key) == agreed.last.values:
            found.taken_out.append(agreed.last)
            continue
        found.confirmed.append(key)
        _decide(found, now, agreed)
    return found


def _decide(found: Singles, now: StandingOne | None, agreed: _Agreed) -> None:
    first = found.counts[agreed.sources[0]]
    if now is None:
        found.created.append(agreed.last)
        first.created += 1
    elif now.values != agreed.last.values:
        found.updated.append((now, agreed.last))
        first.updated += 1
    else:
        first.unchanged += 1
    for source in agreed.sources[1:]:
        found.counts[source].unchanged += 1


def _agree(statements: Iterable[Statement], files: Mapping[int, FileTold]) -> dict[Key, _Agreed]:
    told: dict[Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        told[statement.key].append(statement)
    agreed = {}
    for key, several in told.items():
        last = several[-1]
        for other in several[:-1]:
            if other.values != last.values:
                files[other.source].rejected.append(_contradicted(other, last, files[last.source]))
        same = {item.source for item in several if item.values == last.values}
        agreed[key] = _Agreed(last, sorted(same))
    return agreed


def _contradicted(other: Statement, last: Statement, file: FileTold) -> Rejected:
    where = f"{last.cell}, лист «{last.sheet}»" if other.source == last.source else f"файл {file.name}"
    return Rejected(other.sheet, other.cell, other.raw, f"дальше за то же стоит «{last.raw}» ({where})")


def merge_means(statements: Iterable[Statement], standing: Mapping[Key, StandingOne]) -> list[Statement]:
    """Means of several files completed by each other and by what stands: a file that lacks one removes nothing.

    But a plain mean that is another than the one that stands is of other marks: the weighted one beside it is gone.
    """
    merged: dict[Key, Statement] = {}
    for statement in statements:
        before = merged[statement.key].values if statement.key in merged else None
        if before is None and statement.key in standing:
            before = _still_true(standing[statement.key].values, statement.values)
        values = statement.values
        if before is not None:
            values = tuple(new if new is not None else old for new, old in zip(values, before, strict=True))
        merged[statement.key] = Statement(
            statement.source, statement.key, values, statement.raw, statement.sheet, statement.cell
        )
    return list(merged.values())


def _still_true(stands: Values, stated: Values) -> Values:
    """The (mean, weighted mean) that stands, as far as a newly stated pair speaks of the same marks."""
    mean = stands[0]
    if mean is None or stated[0] is None or abs(stated[0] - mean) <= SAME_MEAN:
        return stands
    return (mean, None)

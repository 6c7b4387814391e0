"""Sums of deeds that are done-marks, and the deeds behind one mark. One statement each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Max, Value

from roadmaps.selectors.duty_deeds import KINDS, Asked, Rows


@dataclass(frozen=True)
class Sum:
    """How many deeds of a kind one person has done, when the last, the key of the newest one's page."""

    kind: str
    staff: int | None
    number: int
    last: date
    link: int


@dataclass(frozen=True)
class One:
    """One deed behind a mark."""

    on: date
    url: str
    words: str


def deed_sums(asked: Asked, kinds: Iterable[str], *, staff: int | None = None, shared: Iterable[str] = ()) -> list[Sum]:
    """All sums in one query: of everybody, or with `staff` of one person; `shared` kinds always of everybody."""
    whole = set(shared)
    arms = [
        _summed(name, asked, None if name in whole else staff) for name in sorted({*kinds, *whole}) if name in KINDS
    ]
    return [Sum(*row) for row in _united(arms)]


def deed_sums_each(told: Sequence[tuple[Asked, Iterable[str]]]) -> list[list[Sum]]:
    """Sums of everybody for several spans with their kinds, each span its own list; one query."""
    arms = [
        _summed(name, asked, None, place=f"{place}:")
        for place, (asked, kinds) in enumerate(told)
        for name in sorted(kinds)
        if name in KINDS
    ]
    found: list[list[Sum]] = [[] for _ in told]
    for named, *rest in _united(arms):
        place, _, kind = named.partition(":")
        found[int(place)].append(Sum(kind, *rest))
    return found


def _united(arms: Sequence[Rows]) -> Iterable[Any]:
    if not arms:
        return []
    return arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]


def _summed(name: str, asked: Asked, staff: int | None, place: str = "") -> Rows:
    rows = KINDS[name].rows(asked)
    if staff is not None:
        rows = rows.filter(d_who=staff)
    told = rows.annotate(d_name=Value(f"{place}{name}", output_field=CharField())).values("d_name", "d_who")
    told = told.annotate(d_number=Count("d_row", distinct=True), d_last=Max("d_day"), d_newest=Max("d_link"))
    sums: Rows = told.values_list("d_name", "d_who", "d_number", "d_last", "d_newest")
    return sums


def deeds_behind(asked: Asked, kind: str, staff: int | None, most: int) -> list[One]:
    """The newest deeds of a kind, of one person or of everybody; one query."""
    rows = KINDS[kind].rows(asked)
    if staff is not None:
        rows = rows.filter(d_who=staff)
    told = rows.values_list("d_day", "d_row", "d_link").distinct().order_by("-d_day", "-d_row")[:most]
    return [One(day, KINDS[kind].url(link), KINDS[kind].words) for day, _, link in told]

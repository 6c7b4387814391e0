"""Through which day a ground holds, without a database: edges, and properties against counting by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gradebook.grounds import TERMS, Ground, GroundKind, covered, is_school_day, spells

MONDAY = date(2026, 11, 9)
HOLIDAYS = [(date(2026, 10, 26), date(2026, 11, 1))]


def ground(kind: GroundKind, first: date, days: int, *, key: int = 1, papered: bool = True) -> Ground:
    return Ground(key, kind, first, first + timedelta(days=days - 1), papered)


def through(one: Ground, *others: Ground, note_days: int = 3) -> date | None:
    return covered([one, *others], note_days=note_days, holidays=HOLIDAYS)[one.key]


def test_a_parents_note_holds_for_three_school_days_and_no_more() -> None:
    assert through(ground(GroundKind.NOTE, MONDAY, 3)) == MONDAY + timedelta(days=2)
    assert through(ground(GroundKind.NOTE, MONDAY, 5)) == MONDAY + timedelta(days=2)


def test_days_without_lessons_do_not_use_a_note_up() -> None:
    friday = MONDAY + timedelta(days=4)
    assert through(ground(GroundKind.NOTE, friday, 5)) == friday + timedelta(days=4)
    before_holidays = date(2026, 10, 23)  # a Friday
    assert through(ground(GroundKind.NOTE, before_holidays, 12)) == date(2026, 11, 3)


def test_a_second_note_in_a_row_goes_on_with_the_count_of_the_first() -> None:
    first = ground(GroundKind.NOTE, MONDAY, 2)
    second = ground(GroundKind.NOTE, MONDAY + timedelta(days=2), 2, key=2)
    assert through(second, first) == MONDAY + timedelta(days=2)
    third = ground(GroundKind.NOTE, MONDAY + timedelta(days=4), 1, key=3)
    assert through(third, first, second) is None


def test_a_note_after_a_day_at_school_begins_anew() -> None:
    first = ground(GroundKind.NOTE, MONDAY, 3)
    later = ground(GroundKind.NOTE, MONDAY + timedelta(days=4), 1, key=2)
    assert through(later, first) == MONDAY + timedelta(days=4)


def test_a_paper_that_nobody_has_seen_excuses_nothing() -> None:
    for kind, terms in TERMS.items():
        held = through(ground(kind, MONDAY, 2, papered=False))
        assert (held is None) == terms.paper, kind


def test_a_certificate_an_order_and_a_request_hold_for_all_their_days() -> None:
    for kind in (GroundKind.CERTIFICATE, GroundKind.EVENT, GroundKind.FAMILY, GroundKind.OTHER):
        assert through(ground(kind, MONDAY, 30)) == MONDAY + timedelta(days=29)


def test_truancy_needs_no_paper_and_stays_unexcused() -> None:
    assert TERMS[GroundKind.TRUANCY].reason == "unexcused"
    assert through(ground(GroundKind.TRUANCY, MONDAY, 2, papered=False)) == MONDAY + timedelta(days=1)


notes = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6)), min_size=1, max_size=6)


@given(notes=notes, note_days=st.integers(1, 7), start=st.integers(0, 6))
def test_no_row_of_notes_ever_excuses_more_school_days_than_allowed(
    notes: list[tuple[int, int]], note_days: int, start: int
) -> None:
    made, free = [], MONDAY + timedelta(days=start)
    for key, (gap, days) in enumerate(notes):
        first = free + timedelta(days=gap)
        made.append(ground(GroundKind.NOTE, first, days, key=key))
        free = first + timedelta(days=days)
    found = covered(made, note_days=note_days, holidays=HOLIDAYS)
    excused = {
        one.starts + timedelta(days=number)
        for one in made
        if (last := found[one.key]) is not None
        for number in range((last - one.starts).days + 1)
    }
    asked = {one.starts + timedelta(days=number) for one in made for number in range((one.ends - one.starts).days + 1)}
    assert excused == _by_hand(asked, note_days)


def _by_hand(asked: set[date], note_days: int) -> set[date]:
    """Walk the calendar: the count goes on while school days follow each other, and begins anew after one at school."""
    excused, used = set(), 0
    day = min(asked)
    while day <= max(asked):
        school = is_school_day(day, HOLIDAYS)
        if school and day not in asked:
            used = 0
        elif school:
            used += 1
        if day in asked and used <= note_days:
            excused.add(day)
        day += timedelta(days=1)
    return excused


@given(st.sets(st.integers(0, 40), min_size=1))
def test_rows_of_days_hold_every_day_once_and_never_reach_over_a_day_at_school(numbers: set[int]) -> None:
    days = {MONDAY + timedelta(days=number) for number in numbers}
    rows = spells(days, HOLIDAYS)
    for first, last in rows:
        inside = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        assert {first, last} <= days
        assert not [day for day in inside if is_school_day(day, HOLIDAYS) and day not in days]
    assert sum(sum(first <= day <= last for day in days) for first, last in rows) == len(days)

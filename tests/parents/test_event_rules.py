"""Events for parents without a database: who is invited, what two people tap at once, what counts."""

from datetime import date, timedelta

import pytest

from parents.event_words import EventKind, EventState, Lacking
from parents.rules.events import NOBODY, OTHER, EventFacts, Taps, invites, lacking, merged, why_not_concluded
from parents.rules.involved import ParentFacts, event_counts, parent_shares

TODAY = date(2026, 11, 21)
LEVELS = ("noo", "ooo", "soo")
# Two children; 10 is the mother of both, 11 the father of the first.
GUARDIANS = {1: [10, 11], 2: [10]}


@pytest.mark.parametrize(
    ("levels", "classes", "expected"),
    [((), (), True), (("ooo",), (), True), (("noo",), (), False), (("noo",), (7,), True), ((), (8,), False)],
)
def test_a_class_is_invited_by_its_level_or_by_itself_and_by_neither_with_the_whole_school(
    levels: tuple[str, ...], classes: tuple[int, ...], expected: bool
) -> None:
    assert invites(levels, classes, level="ooo", school_class=7) is expected


def test_a_tap_toggles_and_stands_for_every_child_of_the_parent() -> None:
    on = merged(set(), Taps(frozenset(), frozenset({(1, 10)}), [1, 2]), GUARDIANS)
    assert on == {(1, 10), (2, 10)}

    off = merged(on, Taps(on, frozenset({(1, 10)}), [1, 2]), GUARDIANS)  # taken back at the second child
    assert off == frozenset()


def test_of_two_people_at_once_neither_takes_back_what_the_other_wrote() -> None:
    empty = frozenset[tuple[int, int]]()
    first = merged(empty, Taps(empty, frozenset({(1, 11)}), [1, 2]), GUARDIANS)
    second = merged(first, Taps(empty, frozenset({(2, OTHER)}), [1, 2]), GUARDIANS)
    assert second == {(1, 11), (2, OTHER)}

    third = merged(second, Taps(frozenset({(1, 11)}), empty, [1, 2]), GUARDIANS)
    assert third == {(2, OTHER)}


def test_nobody_came_only_where_a_person_says_so_and_never_beside_somebody_who_did() -> None:
    empty = frozenset[tuple[int, int]]()
    silent = merged(empty, Taps(empty, frozenset({(1, 11)}), [1, 2]), GUARDIANS)
    assert (2, NOBODY) not in silent

    rest = merged(empty, Taps(empty, frozenset({(1, 11)}), [1, 2], rest=True), GUARDIANS)
    assert rest == {(1, 11), (2, NOBODY)}

    late = merged(rest, Taps(rest, rest | {(2, 10)}, [1, 2]), GUARDIANS)
    assert late == {(1, 11), (1, 10), (2, 10)}


@pytest.mark.parametrize(
    ("kind", "state", "days", "marked", "concluded", "expected"),
    [
        (EventKind.MEETING, EventState.PLANNED, 0, False, False, ()),
        (EventKind.MEETING, EventState.PLANNED, 1, False, False, (Lacking.OUTCOME,)),
        (EventKind.MEETING, EventState.HELD, 0, False, False, (Lacking.MARKS, Lacking.PROTOCOL)),
        (EventKind.MEETING, EventState.HELD, 5, True, True, ()),
        (EventKind.LECTURE, EventState.HELD, 5, True, False, ()),
        (EventKind.MEETING, EventState.CANCELLED, 5, False, False, ()),
    ],
)
def test_a_past_event_says_what_it_waits_for_and_a_protocol_is_asked_of_meetings(
    kind: EventKind, state: EventState, days: int, marked: bool, concluded: bool, expected: tuple[Lacking, ...]
) -> None:
    assert lacking(EventFacts(kind, state, TODAY - timedelta(days=days), marked, concluded), TODAY) == expected


def test_a_protocol_says_what_it_lacks() -> None:
    assert len(why_not_concluded(held=False, chair="", secretary="", marked=False)) == 4
    assert why_not_concluded(held=True, chair="Власова Н. И.", secretary="Ковтун И. Л.", marked=True) == []


def test_a_parent_with_children_at_two_levels_counts_at_both_and_once_in_the_school() -> None:
    both = ParentFacts(10, ("noo", "ooo"), talked=True)
    shares = parent_shares([both, both, ParentFacts(11, ("ooo",))], LEVELS)

    assert [(one.level, one.part, one.of) for one in shares] == [
        ("", 1, 2),
        ("noo", 1, 1),
        ("ooo", 1, 2),
        ("soo", 0, 0),
    ]
    assert [one.value for one in shares] == [50.0, 100.0, 50.0, None]


@pytest.mark.parametrize(
    ("involved", "of", "value"), [(0, 3, 0.0), (1, 3, 33.3), (2, 3, 66.7), (1, 8, 12.5), (3, 3, 100.0)]
)
def test_a_share_is_in_percent_with_one_decimal(involved: int, of: int, value: float) -> None:
    parents = [ParentFacts(key, ("ooo",), came=key < involved) for key in range(of)]
    assert parent_shares(parents, LEVELS)[0].value == value


def test_of_a_school_without_parents_there_is_no_share() -> None:
    share = parent_shares([], LEVELS)[0]
    assert (share.of, share.value, share.words) == (0, None, "—")


@pytest.mark.parametrize("how", ["came", "talked", "agreed"])
def test_coming_a_talk_and_an_agreed_route_each_involve(how: str) -> None:
    assert ParentFacts(1, ("ooo",), **{how: True}).involved
    assert not ParentFacts(1, ("ooo",)).involved


def test_an_event_for_two_levels_counts_at_both_and_once_in_all() -> None:
    counts = event_counts([("noo", "ooo"), ("ooo",)], LEVELS)
    assert [(one.level, one.number) for one in counts] == [("", 2), ("noo", 1), ("ooo", 2), ("soo", 0)]

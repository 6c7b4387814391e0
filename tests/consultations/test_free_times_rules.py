"""Free times at their edges; no database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consultations.rules.free_times import (
    Day,
    Piece,
    Span,
    Stretch,
    Taken,
    clashes,
    gaps,
    is_open,
    nearest,
    open_stretches,
    pieces,
    said,
)

TUESDAY = date(2026, 11, 24)


def times(day: Day, **told: int) -> list[tuple[int, int]]:
    return [(piece.span.starts, piece.span.ends) for piece in pieces(day, **told)]  # type: ignore[arg-type]


def test_hours_are_cut_from_their_beginning_and_a_rest_too_short_is_not_offered() -> None:
    day = Day(TUESDAY, (Stretch(Span(600, 710), 40),))

    assert times(day) == [(600, 640), (640, 680)]


def test_a_meeting_takes_its_time_and_the_rest_is_cut_on_from_its_end() -> None:
    day = Day(TUESDAY, (Stretch(Span(600, 720), 40),), (Taken(Span(610, 625), "А.", "встреча"),))

    assert times(day) == [(625, 665), (665, 705)]


def test_what_touches_does_not_clash() -> None:
    day = Day(TUESDAY, (), (Taken(Span(600, 640), "А.", "встреча"),))

    assert clashes(day, Span(640, 680)) == clashes(day, Span(560, 600)) == []
    assert clashes(day, Span(639, 680)) == ["А.: встреча, 10:00–10:40"]


def test_a_taken_room_is_in_the_way_of_meetings_there_alone() -> None:
    day = Day(TUESDAY, (), (Taken(Span(600, 640), "кабинет 12а", "встреча", "12а"),))

    assert clashes(day, Span(600, 640), "12А")
    assert not clashes(day, Span(600, 640), "14")


def test_a_lesson_is_said_and_a_bus_has_no_end() -> None:
    lesson = Taken(Span(600, 640), "К.", "5-й урок")
    bus = Taken(Span(850, 24 * 60), "К.", "автобус «Липовка» уходит в 14:10")
    day = Day(TUESDAY, (Stretch(Span(600, 1000), 40),), (), (lesson, bus))

    assert pieces(day)[0].said == ("К.: 5-й урок, 10:00–10:40",)
    assert said(day, Span(849, 851)) == ["К.: автобус «Липовка» уходит в 14:10"]
    assert said(day, Span(810, 850)) == []


def test_an_absence_cuts_hours_and_extra_hours_stand_on_a_closed_day() -> None:
    week = [Stretch(Span(600, 720), 40, "12")]
    extra = [Stretch(Span(660, 700), 40, "14")]

    assert [one.span for one in open_stretches(week, [Span(620, 640)], [], closed=False)] == [
        Span(600, 620),
        Span(640, 720),
    ]
    assert open_stretches(week, [], extra, closed=True) == tuple(extra)
    assert open_stretches(week, [Span(0, 24 * 60)], extra, closed=False) == tuple(extra)


def test_hours_for_groups_are_no_hours_for_one() -> None:
    day = Day(TUESDAY, (Stretch(Span(600, 640), 40, kind="group"),))

    assert is_open(day, Span(600, 640), "group") and not is_open(day, Span(600, 640), "single")
    assert pieces(day, "single") == [] and pieces(day)[0].kind == "group"
    assert not is_open(day, Span(599, 640), "group") and not is_open(day, Span(600, 641), "group")


def test_no_time_is_offered_that_is_past() -> None:
    day = Day(TUESDAY, (Stretch(Span(600, 720), 40),))

    assert times(day, after=641) == [(680, 720)]


def test_the_nearest_times_miss_nothing_if_they_can_and_stand_in_the_order_of_days() -> None:
    wanted = Piece.of(TUESDAY, 600, 640)
    day_after = TUESDAY + timedelta(days=1)
    lesson = Piece(TUESDAY, Span(610, 650), said=("урок",))
    offered = {TUESDAY: [lesson, Piece.of(TUESDAY, 660, 700)], day_after: [Piece.of(day_after, 600, 640)]}

    assert nearest(wanted, offered, 1) == [Piece.of(TUESDAY, 660, 700)]
    assert [piece.on for piece in nearest(wanted, offered, 3)] == [TUESDAY, TUESDAY, day_after]


spans = st.tuples(st.integers(0, 1430), st.integers(1, 120)).map(lambda pair: Span(pair[0], min(1440, sum(pair))))


@given(inside=spans, taken=st.lists(spans, max_size=6))
def test_gaps_hold_every_free_minute_and_no_taken_one(inside: Span, taken: list[Span]) -> None:
    left = {minute for gap in gaps(inside, taken) for minute in range(gap.starts, gap.ends)}
    busy = {minute for one in taken for minute in range(one.starts, one.ends)}

    assert left == set(range(inside.starts, inside.ends)) - busy


@given(open_=st.lists(spans, max_size=3), taken=st.lists(spans, max_size=5), length=st.integers(5, 60))
def test_whatever_is_offered_is_open_and_free(open_: list[Span], taken: list[Span], length: int) -> None:
    day = Day(TUESDAY, tuple(Stretch(one, length) for one in open_), tuple(Taken(one, "А.", "") for one in taken))

    for piece in pieces(day):
        assert piece.span.ends - piece.span.starts == length
        assert is_open(day, piece.span, "single") and not clashes(day, piece.span)

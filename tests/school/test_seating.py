from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.seating import Seat, SeatChange, SeatRefused, begin_on, leave, move

SEP_1, OCT_9, OCT_10, OCT_11 = date(2026, 9, 1), date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 11)
SEVEN_A, SEVEN_B = 1, 2


def test_a_newcomer_is_seated_from_the_day() -> None:
    assert move([], SEVEN_A, OCT_10) == SeatChange(opened=(Seat(None, SEVEN_A, OCT_10),))


def test_a_move_ends_the_old_seat_the_day_before() -> None:
    change = move([Seat(5, SEVEN_A, SEP_1)], SEVEN_B, OCT_10)
    assert change.edited == (Seat(5, SEVEN_A, SEP_1, OCT_9),)
    assert change.opened == (Seat(None, SEVEN_B, OCT_10),)


def test_a_move_keeps_a_departure_that_is_already_known() -> None:
    change = move([Seat(5, SEVEN_A, SEP_1, date(2026, 12, 30))], SEVEN_B, OCT_10)
    assert change.opened == (Seat(None, SEVEN_B, OCT_10, date(2026, 12, 30)),)


def test_a_move_on_the_first_day_of_a_seat_changes_its_class() -> None:
    assert move([Seat(5, SEVEN_A, SEP_1)], SEVEN_B, SEP_1).edited == (Seat(5, SEVEN_B, SEP_1),)


def test_a_move_into_the_same_class_changes_nothing() -> None:
    assert move([Seat(5, SEVEN_A, SEP_1)], SEVEN_A, OCT_10).empty


def test_a_move_before_what_is_written_later_is_refused() -> None:
    with pytest.raises(SeatRefused, match=r"10\.10\.2026"):
        move([Seat(5, SEVEN_A, SEP_1, OCT_9), Seat(6, SEVEN_B, OCT_10)], SEVEN_A, OCT_9)


def test_one_who_returns_gets_a_new_seat() -> None:
    assert move([Seat(5, SEVEN_A, SEP_1, OCT_9)], SEVEN_A, OCT_11).opened == (Seat(None, SEVEN_A, OCT_11),)


def test_the_first_day_is_corrected_together_with_the_seat_before() -> None:
    before, now = Seat(5, SEVEN_A, SEP_1, OCT_9), Seat(6, SEVEN_B, OCT_10)
    assert begin_on([before, now], now, OCT_9).edited == (
        Seat(5, SEVEN_A, SEP_1, date(2026, 10, 8)),
        Seat(6, SEVEN_B, OCT_9),
    )
    assert begin_on([before, now], now, OCT_11).edited == (Seat(6, SEVEN_B, OCT_11), Seat(5, SEVEN_A, SEP_1, OCT_10))


def test_the_first_day_is_not_moved_into_an_earlier_seat_whole() -> None:
    before, now = Seat(5, SEVEN_A, SEP_1, OCT_9), Seat(6, SEVEN_B, OCT_10)
    with pytest.raises(SeatRefused):
        begin_on([before, now], now, SEP_1)


def test_an_absence_between_two_seats_stays_an_absence() -> None:
    before, now = Seat(5, SEVEN_A, SEP_1, date(2026, 9, 20)), Seat(6, SEVEN_B, OCT_10)
    assert begin_on([before, now], now, OCT_9).edited == (Seat(6, SEVEN_B, OCT_9),)


def test_a_departure_ends_the_seat_on_the_last_day() -> None:
    assert leave([Seat(5, SEVEN_A, SEP_1)], OCT_9).edited == (Seat(5, SEVEN_A, SEP_1, OCT_9),)


def test_one_who_sits_nowhere_cannot_leave() -> None:
    with pytest.raises(SeatRefused, match="не числится"):
        leave([Seat(5, SEVEN_A, SEP_1, OCT_9)], OCT_10)


def _applied(seats: list[Seat], change: SeatChange) -> list[Seat]:
    """Write in the stated order and hold at every step what the database holds: no day is in two seats."""
    for edited in change.edited:
        seats = [edited if seat.pk == edited.pk else seat for seat in seats]
        _assert_apart(seats)
    seats = [*seats, *change.opened]
    _assert_apart(seats)
    return seats


def _assert_apart(seats: list[Seat]) -> None:
    ordered = sorted(seats, key=lambda seat: seat.starts)
    for one, next_one in pairwise(ordered):
        assert one.ends is not None
        assert one.ends < next_one.starts
    assert all(seat.ends is None or seat.starts <= seat.ends for seat in seats)


days = st.dates(SEP_1, date(2027, 5, 31))


@given(st.lists(st.tuples(st.sampled_from(["move", "begin", "leave"]), st.integers(1, 3), days), max_size=8))
def test_no_sequence_of_deeds_seats_a_pupil_twice_on_one_day(deeds: list[tuple[str, int, date]]) -> None:
    seats: list[Seat] = []
    for deed, class_id, day in deeds:
        try:
            if deed == "move":
                change = move(seats, class_id, day)
            elif deed == "leave":
                change = leave(seats, day)
            elif seats:
                change = begin_on(seats, max(seats, key=lambda seat: seat.starts), day)
            else:
                continue
        except SeatRefused:
            continue
        seats = [Seat(n, s.class_id, s.starts, s.ends) for n, s in enumerate(_applied(seats, change), 1)]

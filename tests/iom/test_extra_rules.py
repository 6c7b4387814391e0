"""Clashes and free times at the edges; a table a rule, no database."""

from datetime import date

import pytest

from iom.rules.extra import Place, Ride, Taken, Week, clashes, clock, free_times, last_rides, refusal
from iom.rules.extra_days import meeting_days, unrecorded

TUESDAY = 2
LESSONS = (Place(TUESDAY, 8 * 60 + 30, 13 * 60 + 30),)


def at(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def place(span: str, day: int = TUESDAY) -> Place:
    first, _, last = span.partition("–")
    return Place(day, at(first), at(last))


def week(*, bus: str = "", walk: int = 0, busy: str = "") -> Week:
    taken = (Taken("Ковтун М. А.", "6-й урок, Алгебра", place(busy)),) if busy else ()
    rides = (Ride(1, "Ковтун М. А.", "Липовка", TUESDAY, at(bus), walk),) if bus else ()
    return Week(taken=taken, rides=rides)


@pytest.mark.parametrize(
    ("span", "bus", "walk", "clashing"),
    [
        ("14:00–14:40", "14:10", 0, True),
        ("13:30–14:10", "14:10", 0, False),  # it ends when the bus leaves
        ("13:30–14:11", "14:10", 0, True),
        ("13:30–14:10", "14:10", 1, True),  # a minute to walk is a minute too late
        ("13:30–14:05", "14:10", 5, False),
        ("14:10–14:50", "14:10", 0, True),  # the pupil has left
        ("11:00–11:40", "18:30", 0, False),  # before the lessons of the second shift
    ],
)
def test_a_lesson_ends_before_the_bus_leaves(span: str, bus: str, walk: int, clashing: bool) -> None:
    assert bool(clashes(place(span), week(bus=bus, walk=walk))) is clashing


@pytest.mark.parametrize(
    ("span", "busy", "clashing"),
    [
        ("14:00–14:40", "13:20–14:00", False),  # they touch
        ("14:00–14:40", "14:40–15:20", False),
        ("14:00–14:40", "13:20–14:01", True),
        ("14:00–14:40", "14:39–15:20", True),
        ("14:00–14:40", "14:10–14:20", True),
        ("14:10–14:20", "14:00–14:40", True),
    ],
)
def test_what_touches_does_not_clash(span: str, busy: str, clashing: bool) -> None:
    assert bool(clashes(place(span), week(busy=busy))) is clashing


def test_another_day_does_not_clash() -> None:
    assert clashes(place("14:00–14:40", day=3), week(bus="14:10", busy="14:00–14:40")) == []


def test_a_clash_names_who_and_what() -> None:
    assert clashes(place("14:00–14:40"), week(bus="14:10", busy="13:30–14:10")) == [
        "Ковтун М. А.: 6-й урок, Алгебра, 13:30–14:10",
        "Ковтун М. А.: автобус «Липовка» уходит в 14:10",
    ]


def test_pupils_of_one_clash_are_named_together() -> None:
    taken = tuple(Taken(f"Ученик {n}", "6-й урок, 7А", place("14:00–14:40")) for n in range(1, 6))

    assert clashes(place("14:00–14:40"), Week(taken=taken)) == [
        "Ученик 1, Ученик 2, Ученик 3 и ещё 2: 6-й урок, 7А, 14:00–14:40"
    ]


def test_the_last_of_several_buses_decides() -> None:
    early, late = (Ride(1, "Ковтун М. А.", title, TUESDAY, at(bus)) for title, bus in (("А", "14:10"), ("Б", "16:00")))
    other = Ride(2, "Рябов Д. И.", "А", TUESDAY, at("14:10"))

    assert last_rides([early, other, late]) == (late, other)


def test_three_free_times_are_the_nearest_ones_and_free() -> None:
    known = Week(taken=tuple(Taken("7А", "уроки", one) for one in LESSONS), rides=week(bus="14:10").rides)

    found = free_times(place("14:00–14:40"), known)

    assert [one.words for one in found] == [
        "вторник, 13:30–14:10",
        "понедельник, 14:00–14:40",
        "среда, 14:00–14:40",
    ]
    assert not any(clashes(one, known) for one in found)


def test_free_times_may_stand_before_the_lessons_of_the_second_shift() -> None:
    known = Week(taken=(Taken("7Б", "уроки", place("13:30–18:00")),), days=(TUESDAY,))

    assert [one.words for one in free_times(place("14:00–14:40"), known)] == ["вторник, 12:50–13:30"]


def test_a_gap_that_is_too_short_is_not_offered() -> None:
    known = Week(taken=(Taken("7А", "уроки", place("08:00–13:31")),), rides=week(bus="14:10").rides, days=(TUESDAY,))

    assert free_times(place("14:00–14:40"), known) == []
    assert refusal(place("14:00–14:40"), known)[1][-1].startswith("Времени, свободного у всех, на неделе нет")


def test_the_refusal_says_what_was_not_compared() -> None:
    known = Week(rides=week(bus="14:10").rides, unknown=("Расписание уроков не внесено: 7А.",))

    message, details = refusal(place("14:00–14:40"), known)

    assert message == "Вторник, 14:00–14:40 — занято."
    assert details[0] == "Ковтун М. А.: автобус «Липовка» уходит в 14:10"
    assert details[1].startswith("Свободно у всех: вторник, 13:30–14:10; ")
    assert details[2] == "Расписание уроков не внесено: 7А."


def test_minutes_are_read_as_a_clock() -> None:
    assert [clock(minute) for minute in (0, 485, 1439)] == ["00:00", "08:05", "23:59"]


def test_a_group_meets_on_its_weekday_inside_its_term_outside_of_holidays() -> None:
    term = (date(2026, 10, 20), date(2026, 11, 17))
    autumn = (date(2026, 10, 26), date(2026, 11, 1))

    days = meeting_days(TUESDAY, term, (date(2026, 9, 1), date(2026, 12, 31)), [autumn])

    assert days == [date(2026, 10, 20), date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]
    assert meeting_days(TUESDAY, term, (date(2026, 11, 18), date(2026, 12, 31)), []) == []


def test_a_lesson_of_today_without_a_record_is_waiting() -> None:
    days = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]

    assert unrecorded(days, [date(2026, 11, 3)], date(2026, 11, 10)) == [date(2026, 11, 10)]

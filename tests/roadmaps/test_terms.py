"""What each kind of term asks for in a year with holidays, without a database."""

from datetime import date

import pytest

from roadmaps.rules.checks import Planned, empty_months, is_late, oddities_of
from roadmaps.rules.term_words import term_of, term_read, term_told, term_words
from roadmaps.rules.terms import Calendar, Term, is_standing, mistake_of, slots_of
from roadmaps.words import Every, Expected, Schedule, TermKind

D = date
YEAR = Calendar(
    2026,
    periods=(
        (1, "1-я четверть", D(2026, 9, 1), D(2026, 10, 31)),
        (2, "2-я четверть", D(2026, 11, 1), D(2026, 12, 31)),
        (3, "3-я четверть", D(2027, 1, 1), D(2027, 3, 31)),
        (4, "4-я четверть", D(2027, 4, 1), D(2027, 8, 31)),
    ),
    holidays=(
        (D(2026, 10, 26), D(2026, 11, 3)),
        (D(2026, 12, 31), D(2027, 1, 10)),
        (D(2027, 3, 27), D(2027, 4, 4)),
    ),
    works=(D(2026, 9, 15), D(2026, 9, 22), D(2027, 4, 30)),
)
MONTH, MONTHS, RANGE = TermKind.MONTH, TermKind.MONTHS, TermKind.RANGE


def spans(term: Term, calendar: Calendar = YEAR) -> list[tuple[date, date]]:
    return [(slot.starts, slot.ends) for slot in slots_of(term, calendar)]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(MONTH, months=(9,)), [(D(2026, 9, 1), D(2026, 9, 30))]),
        # Holidays cut the month's end off, weekends too.
        (Term(MONTH, months=(10,)), [(D(2026, 10, 1), D(2026, 10, 23))]),
        (Term(MONTH, months=(13,)), [(D(2027, 1, 11), D(2027, 1, 29))]),
        # August before the year: the weekdays of a month without lessons.
        (Term(MONTH, months=(8,)), [(D(2026, 8, 3), D(2026, 8, 31))]),
        (Term(MONTHS, months=(10, 17)), [(D(2026, 10, 1), D(2026, 10, 23)), (D(2027, 5, 3), D(2027, 5, 31))]),
        (Term(RANGE, months=(10, 11)), [(D(2026, 10, 1), D(2026, 11, 30))]),
        (Term(TermKind.DATE, day=D(2026, 10, 28)), [(D(2026, 10, 28), D(2026, 10, 28))]),
        (Term(TermKind.ALL_YEAR), [(D(2026, 9, 1), D(2027, 5, 31))]),
        (
            Term(TermKind.PERIOD),
            [
                (D(2026, 9, 1), D(2026, 10, 23)),
                (D(2026, 11, 4), D(2026, 12, 30)),
                (D(2027, 1, 11), D(2027, 3, 26)),
                (D(2027, 4, 5), D(2027, 5, 31)),
            ],
        ),
        # Two works in September are one deed of the month; that of April is due by its end.
        (
            Term(TermKind.BY_SCHEDULE, schedule=Schedule.ASSESSMENTS),
            [(D(2026, 9, 1), D(2026, 9, 30)), (D(2027, 4, 5), D(2027, 4, 30))],
        ),
        (Term(TermKind.BY_SCHEDULE, schedule=Schedule.EVENTS), []),
        (Term(TermKind.CONTINUOUS), []),
        (Term(TermKind.AS_NEEDED), []),
    ],
)
def test_each_kind_of_term_asks_for_its_deeds(term: Term, expected: list[tuple[date, date]]) -> None:
    assert spans(term) == expected


def test_every_month_means_the_nine_months_of_lessons() -> None:
    monthly = slots_of(Term(TermKind.RECURRING, every=Every.MONTH), YEAR)

    assert [slot.title.split()[0] for slot in monthly] == [
        "сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май",
    ]  # fmt: skip
    assert monthly[4].ends == D(2027, 1, 29)


def test_a_month_that_is_all_holidays_is_skipped_when_the_term_only_recurs_and_kept_when_it_is_named() -> None:
    closed = Calendar(2026, holidays=((D(2027, 2, 1), D(2027, 2, 28)),))

    monthly = slots_of(Term(TermKind.RECURRING, every=Every.MONTH), closed)

    assert "month-14" not in {slot.key for slot in monthly}
    assert spans(Term(MONTH, months=(14,)), closed) == [(D(2027, 2, 1), D(2027, 2, 26))]


def test_every_week_leaves_out_weeks_of_holidays_and_cuts_those_that_begin_in_them() -> None:
    weekly = spans(Term(TermKind.RECURRING, every=Every.WEEK))

    assert weekly[0] == (D(2026, 9, 1), D(2026, 9, 4))
    assert (D(2026, 11, 4), D(2026, 11, 6)) in weekly
    assert not any(D(2026, 10, 26) <= first <= D(2026, 11, 3) for first, _ in weekly)
    assert weekly[-1] == (D(2027, 5, 31), D(2027, 5, 31))


def test_a_period_without_working_days_asks_for_nothing() -> None:
    summer = Calendar(2026, periods=((1, "лето", D(2027, 6, 1), D(2027, 8, 31)),))

    assert spans(Term(TermKind.PERIOD), summer) == []


def test_keys_of_slots_are_the_same_each_time_and_none_twice() -> None:
    for term in (Term(TermKind.RECURRING, every=Every.WEEK), Term(TermKind.PERIOD), Term(MONTHS, months=(9, 10))):
        keys = [slot.key for slot in slots_of(term, YEAR)]
        assert len(set(keys)) == len(keys) == len(slots_of(term, YEAR))


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        (Term(MONTH), "месяц"),
        (Term(MONTH, months=(21,)), "учебный год"),
        (Term(RANGE, months=(11, 10)), "не позже"),
        (Term(TermKind.RECURRING), "как часто"),
        (Term(TermKind.BY_SCHEDULE), "графику"),
        (Term(TermKind.DATE), "день"),
        (Term(TermKind.DATE, day=D(2027, 9, 1)), "учебный год"),
    ],
)
def test_a_term_that_says_nothing_is_told_what_it_lacks(term: Term, wrong: str) -> None:
    assert wrong in mistake_of(term, YEAR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Август 2026", Term(MONTH, months=(8,))),
        ("август", Term(MONTH, months=(8,))),
        ("Май 2027г", Term(MONTH, months=(17,))),
        ("марте", Term(MONTH, months=(15,))),
        ("Октябрь, декабрь, март, май", Term(MONTHS, months=(10, 12, 15, 17))),
        ("Октябрь-ноябрь 2026г", Term(RANGE, months=(10, 11))),
        ("с сентября по март", Term(RANGE, months=(9, 15))),
        ("Ежемесячно", Term(TermKind.RECURRING, every=Every.MONTH)),
        ("Каждую четверть", Term(TermKind.PERIOD)),
        ("15.10.2026", Term(TermKind.DATE, day=D(2026, 10, 15))),
        ("В течение года", Term(TermKind.ALL_YEAR)),
        ("Постоянно", Term(TermKind.CONTINUOUS)),
        ("По мере необходимости", Term(TermKind.AS_NEEDED)),
        ("Согласно графика оценочных процедур", Term(TermKind.BY_SCHEDULE, schedule=Schedule.ASSESSMENTS)),
        ("В соответствии с графиком мероприятий", Term(TermKind.BY_SCHEDULE, schedule=Schedule.EVENTS)),
        ("Август 2024", None),
        ("с мая по сентябрь", None),
        ("после совещания", None),
        ("31.02.2027", None),
    ],
)
def test_terms_are_read_as_schools_write_them(text: str, expected: Term | None) -> None:
    assert term_read(text, 2026) == expected


def test_a_term_is_kept_and_read_back_whole() -> None:
    days = Term(TermKind.DATE, day=D(2026, 10, 15))
    schedule = Term(TermKind.BY_SCHEDULE, schedule=Schedule.OTHER)
    for term in (Term(RANGE, months=(10, 11)), days, Term(TermKind.RECURRING, every=Every.WEEK), schedule):
        assert term_of(term.kind, term_told(term)) == term
        assert term_words(term, 2026)


def test_only_lines_without_a_calendar_stand() -> None:
    standing = {kind for kind in TermKind if is_standing(Term(kind, schedule=Schedule.EVENTS))}

    assert standing == {TermKind.CONTINUOUS, TermKind.AS_NEEDED, TermKind.BY_SCHEDULE}
    assert not is_standing(Term(TermKind.BY_SCHEDULE, schedule=Schedule.ASSESSMENTS))


def _planned(number: int, due: date, expected: str = "", result: str = "Протокол", answers: bool = True) -> Planned:
    return Planned(number, due, due, result, expected, answers)


def test_causes_that_are_found_after_the_routes_are_made_are_told() -> None:
    routes, later = D(2026, 10, 23), D(2026, 11, 30)
    rows = [_planned(9, routes, Expected.ROUTE), _planned(15, later, Expected.CAUSES)]

    assert [one.numbers for one in oddities_of(rows, ())] == [(15, 9)]
    assert not oddities_of([rows[0], _planned(15, routes, Expected.CAUSES)], ())


def test_blank_results_nobody_in_charge_and_days_off_are_told() -> None:
    rows = [
        _planned(1, D(2026, 10, 28)),
        _planned(2, D(2027, 5, 31), result=""),
        _planned(3, D(2027, 5, 31), answers=False),
    ]

    assert {one.numbers for one in oddities_of(rows, YEAR.holidays)} == {(1,), (2,), (3,)}


@pytest.mark.parametrize(
    ("state", "ends", "late"),
    [
        ("planned", D(2026, 11, 20), True),
        ("planned", D(2026, 11, 21), False),
        ("moved", D(2026, 11, 20), True),
        ("held", D(2026, 11, 1), False),
        ("cancelled", D(2026, 11, 1), False),
    ],
)
def test_late_is_what_waits_past_its_last_day(state: str, ends: date, late: bool) -> None:
    assert is_late(state, ends, D(2026, 11, 21)) is late


def test_months_in_which_nothing_is_due_are_named() -> None:
    due = [(D(2026, month, 1), D(2026, month, 20)) for month in (9, 10, 12)]

    assert empty_months(due, 2026) == [
        "ноябрь 2026", "январь 2027", "февраль 2027", "март 2027", "апрель 2027", "май 2027",
    ]  # fmt: skip

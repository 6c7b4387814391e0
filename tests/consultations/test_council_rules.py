"""Terms of councils with a moving clock, sittings of a half-year, a majority, codes of illnesses. No database."""

from datetime import date, timedelta

import pytest

from consultations.rules.councils import (
    Term,
    diagnosis_codes,
    half_years,
    parents_due,
    protocol_due,
    quorum_of,
    teachers_due,
)

AUTUMN = [(date(2026, 10, 26), date(2026, 11, 3))]


@pytest.mark.parametrize(
    ("held", "protocol", "teachers"),
    [
        (date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 19)),  # a Monday: over one weekend
        (date(2026, 11, 20), date(2026, 11, 27), date(2026, 11, 25)),  # a Friday
        (date(2026, 11, 21), date(2026, 11, 27), date(2026, 11, 25)),  # a Saturday
        (date(2026, 10, 23), date(2026, 11, 10), date(2026, 11, 6)),  # the last day before holidays
    ],
)
def test_terms_are_counted_in_working_days_of_the_schools_calendar(held: date, protocol: date, teachers: date) -> None:
    assert protocol_due(held, AUTUMN) == protocol
    assert teachers_due(held, AUTUMN) == teachers
    assert parents_due(held) == held


def test_a_term_becomes_late_on_the_day_after_its_last() -> None:
    term = Term("протокол", protocol_due(date(2026, 11, 16), AUTUMN))
    clock = [date(2026, 11, 16) + timedelta(days=day) for day in range(12)]
    assert [day for day in clock if term.is_late(day)] == clock[8:]
    assert term.words(date(2026, 11, 23)) == "до 23.11.2026"
    assert term.words(date(2026, 11, 24)) == "срок был 23.11.2026"


def test_what_was_done_in_time_stays_in_time_and_what_was_done_late_stays_late() -> None:
    due, later = date(2026, 11, 23), date(2027, 5, 1)
    assert not Term("протокол", due, due).is_late(later)
    assert Term("протокол", due, date(2026, 11, 24)).is_late(later)
    assert Term("протокол", due, date(2026, 11, 24)).words(later) == "24.11.2026, срок был 23.11.2026"


def test_a_half_year_without_a_planned_sitting_is_seen() -> None:
    first, second = half_years(2026, [date(2026, 9, 10), date(2026, 12, 31)])
    assert (first.sittings, second.sittings) == (2, 0) and second.is_missing() and not first.is_missing()
    assert not first.is_over(date(2026, 12, 31)) and first.is_over(date(2027, 1, 1))


def test_a_majority_is_more_than_half_of_the_members() -> None:
    assert quorum_of([True, True, False]).enough
    assert not quorum_of([True, True, False, None]).enough
    assert quorum_of([True, True, False]).words == "присутствуют 2 из 3: больше половины"
    assert quorum_of([None, None]).words == "кто присутствовал, ещё не отмечено"


@pytest.mark.parametrize("text", ["F70", "диагноз G40.1 снят", "код f83,", "(F 81.0)", "Н90.3", "МКБ: F70;G40.1"])
def test_codes_of_illnesses_are_found(text: str) -> None:
    assert diagnosis_codes(text)


@pytest.mark.parametrize(
    "text",
    ["читает 45 слов в минуту", "ученик 7А класса", "с 18 ноября", "кабинет 12", "273-ФЗ, ст. 42", "Р-93", "УМК 2023"],
)
def test_ordinary_school_words_are_no_codes(text: str) -> None:
    assert diagnosis_codes(text) == []

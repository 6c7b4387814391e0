from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.names import class_key, full_name, initials, name_key
from common.russian import (
    counted,
    date_long,
    date_range,
    date_words,
    decimal,
    moment_words,
    percent,
    plural,
    signed,
    whole,
)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "м"),
        (1, "о"),
        (2, "н"),
        (4, "н"),
        (5, "м"),
        (11, "м"),
        (14, "м"),
        (21, "о"),
        (111, "м"),
        (112, "м"),
        (122, "н"),
    ],
)
def test_the_word_agrees_with_the_number(number: int, word: str) -> None:
    assert plural(number, "о", "н", "м") == word


def test_numbers_are_written_the_russian_way() -> None:
    assert whole(1180) == "1\u00a0180"
    assert counted(1180, "отметка", "отметки", "отметок") == "1\u00a0180\u00a0отметок"
    assert decimal(Decimal("2.345"), 2) == "2,35"
    assert decimal(-1.25) == "−1,3"
    assert percent(41, 259) == "15,8\u00a0%"
    assert percent(0, 0) == "—"
    assert [signed(3), signed(0), signed(-2)] == ["+3", "0", "−2"]


@given(st.integers(0, 10**7))
def test_the_word_depends_on_the_last_two_digits_alone(number: int) -> None:
    words = ("ученик", "ученика", "учеников")
    assert plural(number, *words) == plural(number % 100 + 1000, *words)
    assert plural(-number, *words) == plural(number, *words)


@given(st.decimals(-10_000, 10_000, places=4))
def test_a_rounded_number_is_not_further_than_half_a_step(value: Decimal) -> None:
    shown = Decimal(decimal(value, 2).replace("−", "-").replace(",", "."))
    assert abs(shown - value) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "1–31\u00a0октября 2026\u00a0г."),
        (date(2026, 9, 1), date(2026, 10, 31), "1\u00a0сентября – 31\u00a0октября 2026\u00a0г."),
        (date(2026, 12, 25), date(2027, 1, 10), "25\u00a0декабря 2026\u00a0г. – 10\u00a0января 2027\u00a0г."),
        (date(2026, 10, 1), date(2026, 10, 1), "1\u00a0октября 2026\u00a0г."),
    ],
)
def test_a_range_of_days_says_month_and_year_once(first: date, last: date, words: str) -> None:
    assert date_range(first, last) == words


def test_dates_are_written_in_words() -> None:
    assert date_long(date(2026, 11, 21)) == "21\u00a0ноября 2026\u00a0г."
    assert date_words(date(2026, 5, 1)) == "1\u00a0мая"


def test_missing_parts_of_a_name_leave_no_gap() -> None:
    assert full_name("Ковтун", "Матвей", "") == "Ковтун Матвей"
    assert initials("Ковтун", "Матвей", "Андреевич") == "Ковтун\u00a0М.\u00a0А."
    assert initials("Ли", "", "") == "Ли"


@pytest.mark.parametrize("written", ["Ёлкин  Пётр", "елкин петр", "EЛКИН Пётр", " ЁЛКИН\u00a0ПЁТР "])
def test_spellings_of_one_name_are_one(written: str) -> None:
    assert name_key(written) == "елкин петр"


@pytest.mark.parametrize("written", ["7А", "7A", "7 а", "7-А", "7«А»", '7 "А" класс', "7а кл."])
def test_spellings_of_one_class_are_one(written: str) -> None:
    assert class_key(written) == "7А"


def test_different_classes_stay_different() -> None:
    assert len({class_key(name) for name in ("7А", "7Б", "17А", "10", "7", "11А")}) == 6


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 21, 10, 40), "сегодня в 10:40"),  # noqa: DTZ001 - as the clock on the wall shows it
        (datetime(2026, 11, 20, 9, 5), "вчера в 9:05"),  # noqa: DTZ001
        (datetime(2026, 11, 17, 16, 40), "во вторник в 16:40"),  # noqa: DTZ001
        (datetime(2026, 11, 14, 0, 0), "14 ноября в 0:00"),  # noqa: DTZ001
        (datetime(2025, 12, 31, 23, 59), "31 декабря 2025 г. в 23:59"),  # noqa: DTZ001
    ],
)
def test_a_moment_is_told_as_people_tell_it(moment: datetime, words: str) -> None:
    assert moment_words(moment, date(2026, 11, 21)).replace("\u00a0", " ") == words

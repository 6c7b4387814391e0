from datetime import date
from decimal import Decimal

import pytest

from common.names import class_key, full_name, initials, name_key
from common.russian import counted, date_long, date_words, decimal, percent, plural, signed, whole


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

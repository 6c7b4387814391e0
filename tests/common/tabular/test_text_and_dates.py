"""Texts and dates of cells."""

from datetime import date, datetime

import pytest

from common.tabular import Cell, address
from common.tabular.address import column_number
from common.tabular.dates import month_number, read_date, spelled_date
from common.tabular.text import key, shown, tidy


def test_addresses_are_those_of_spreadsheets() -> None:
    assert [address(0, 0), address(8, 1), address(0, 25), address(0, 26), address(199_999, 16_383)] == [
        "A1",
        "B9",
        "Z1",
        "AA1",
        "XFD200000",
    ]
    assert [column_number(letters) for letters in ("A", "z", "AA", "XFD")] == [0, 25, 26, 16_383]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (6.0, "6"),
        (4.5, "4.5"),
        (date(2026, 4, 3), "03.04.2026"),
        (datetime(2026, 4, 3, 8, 30), "03.04.2026 08:30"),  # noqa: DTZ001
        (datetime(2026, 4, 3), "03.04.2026"),  # noqa: DTZ001
        (None, ""),
        (True, "ИСТИНА"),
        ("  a\u00a0\n b\u200b ", "a b"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
    ],
)
def test_a_value_is_shown_as_a_person_sees_it(value: Cell, expected: str) -> None:
    assert shown(value) == expected


def test_keys_forget_what_people_write_differently() -> None:
    assert key("Ф.И.О.") == key(" ф. и. о ") == "ф и о"
    assert key("Kласс") == key("класс:") == "класс"  # Latin K
    assert key("Ещё") == "еще" and key("E-mail") == "e-mail"
    assert tidy("а\u00adб") == "аб"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("08.05.2015", date(2015, 5, 8)),
        ("8.5.15", date(2015, 5, 8)),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("2026-09-01T08:30:00", date(2026, 9, 1)),
        ("01/09/2026", date(2026, 9, 1)),
        ("1 сентября 2026 г.", date(2026, 9, 1)),
        ("01.09.2026 г.", date(2026, 9, 1)),
        ("01.09.2026 8:30", date(2026, 9, 1)),
        (46266, date(2026, 9, 1)),
        (46266.75, date(2026, 9, 1)),
        ("46266", date(2026, 9, 1)),
        ("46266.0", date(2026, 9, 1)),
        ("1.9", date(2026, 9, 1)),
        ("31.01", date(2027, 1, 31)),
        ("31.08", date(2027, 8, 31)),
        ("31.11.2026", None),
        ("2026-13-01", None),
        ("завтра", None),
        ("5", None),
        (5, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("", None),
        (None, None),
    ],
)
def test_dates_come_in_many_spellings(value: Cell, expected: date | None) -> None:
    assert read_date(value, 2026) == expected


def test_a_day_without_a_year_is_no_date_where_the_year_is_unknown() -> None:
    assert read_date("01.09") is None
    assert [spelled_date(text) for text in ("01.09", "01.09.2026", "1 сентября", "2026-09-01", "3,5")] == [
        (True, False),
        (True, True),
        (True, False),
        (True, True),
        (False, True),
    ]


def test_months_are_known_in_full_and_short() -> None:
    words = "январь янв февр март мар апреля май мая июнь июл август сент октябрь ноября дек"
    assert [month_number(word) for word in words.split()] == [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12]
    assert [month_number(word) for word in ("марш", "маркс", "сентябрина", "")] == [None] * 4

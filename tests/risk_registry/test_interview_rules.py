"""Which months ask for a talk with each class teacher; how long homework may take."""

from datetime import date

import pytest

from risk_registry.rules.homework import answer_due, homework_norm
from risk_registry.rules.interviews import held_day, interview_months

YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def months(*holidays: tuple[date, date]) -> dict[str, date]:
    return {one.name: one.due for one in interview_months(*YEAR, holidays)}


def test_each_month_of_lessons_asks_for_one_until_its_last_school_day_and_summer_for_none() -> None:
    found = months()
    assert list(found) == ["сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"]
    assert (found["октябрь"], found["ноябрь"], found["май"]) == (
        date(2026, 10, 30),
        date(2026, 11, 30),
        date(2027, 5, 31),
    )


def test_holidays_move_the_term_and_a_month_with_less_than_a_week_of_lessons_asks_for_none() -> None:
    assert months((date(2026, 10, 26), date(2026, 11, 4)))["октябрь"] == date(2026, 10, 23)
    assert "январь" in months((date(2026, 12, 28), date(2027, 1, 22)))  # 25–29 January: five days
    assert "январь" not in months((date(2026, 12, 28), date(2027, 1, 25)))  # four


@pytest.mark.parametrize(
    ("planned", "held"),
    [
        (None, date(2026, 11, 21)),
        (date(2026, 11, 10), date(2026, 11, 10)),
        (date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 11, 25), date(2026, 11, 21)),
    ],
)
def test_held_without_a_day_means_the_planned_one_unless_it_is_ahead(planned: date | None, held: date) -> None:
    assert held_day(planned, date(2026, 11, 21)) == held


def test_the_norm_is_that_of_the_sanitary_rules_at_every_edge() -> None:
    norms = {grade: homework_norm(grade) for grade in range(1, 13)}
    assert norms == {
        1: 60, 2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150, 9: 210, 10: 210, 11: 210, 12: 210,
    }  # fmt: skip


def test_the_term_of_an_answer_is_counted_in_calendar_days() -> None:
    assert answer_due(date(2026, 11, 16), 30) == date(2026, 12, 16)

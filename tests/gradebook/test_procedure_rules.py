"""What speaks against a day of the timetable, at the edges; kinds of works by their titles; limits of results."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gradebook.rules_procedures import ClashKind, Planned, clashes, hours_of_year, kind_of_title, loads
from gradebook.rules_results import Entered, Limits, problem_of, score_of
from risk_registry.rules.tasks import has_failed, task_lines

WEDNESDAY = date(2026, 10, 14)


def planned(
    number: int, day: date = WEDNESDAY, *, subject: int = 1, school_class: int = 7, lesson: int | None = 3
) -> Planned:
    return Planned(number, school_class, subject, day, f"Работа {number}", lesson)


def kinds(*rows: Planned, hours: int | None = None) -> list[tuple[int, ClashKind]]:
    told = {} if hours is None else {(7, 1): Decimal(hours)}
    return [(one.procedure, one.kind) for one in clashes(rows, told)]


def test_two_procedures_of_a_class_on_one_day_clash_both_ways_and_those_of_two_classes_do_not() -> None:
    both = [(1, ClashKind.SAME_DAY), (2, ClashKind.SAME_DAY)]
    assert kinds(planned(1), planned(2, subject=2)) == both
    assert kinds(planned(1), planned(2, subject=2, school_class=8)) == []
    assert kinds(planned(1), planned(2, WEDNESDAY + timedelta(days=1), subject=2)) == []


@pytest.mark.parametrize(("apart", "expected"), [(17, [(2, ClashKind.OFTEN)]), (18, [])])
def test_works_of_a_subject_stand_two_and_a_half_weeks_apart(apart: int, expected: list[object]) -> None:
    day = date(2026, 10, 5)
    assert kinds(planned(1, day), planned(2, day + timedelta(days=apart))) == expected


def test_a_tenth_of_the_hours_is_allowed_and_one_more_is_not() -> None:
    rows = [planned(number, date(2026, 9, 7) + timedelta(weeks=3 * number)) for number in range(1, 5)]
    assert kinds(*rows[:3], hours=30) == []
    assert kinds(*rows, hours=30) == [(4, ClashKind.HOURS)]
    assert kinds(*rows) == []  # nobody says how many hours there are
    (load,) = loads(rows, {(7, 1): Decimal(34)})
    assert (load.procedures, load.too_much, round(load.percent or 0, 1)) == (4, True, Decimal("11.8"))


def test_a_sunday_a_holiday_and_the_first_lesson_are_told() -> None:
    sunday = date(2026, 10, 18)
    assert kinds(planned(1, sunday)) == [(1, ClashKind.NO_SCHOOL)]
    assert kinds(planned(1, lesson=1)) == [(1, ClashKind.FIRST_LESSON)]
    (clash,) = clashes([planned(1)], {}, [(WEDNESDAY, WEDNESDAY)])
    assert clash.kind is ClashKind.NO_SCHOOL


@pytest.mark.parametrize(
    ("weekly", "grade", "hours"), [("2", 7, 68), ("2.5", 7, 85), ("1", 1, 33), ("0", 7, None), (None, 7, None)]
)
def test_hours_of_a_year_follow_the_weekly_ones(weekly: str | None, grade: int, hours: int | None) -> None:
    assert hours_of_year(None if weekly is None else Decimal(weekly), grade) == hours


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ВПР. 7 класс", "vpr"),
        ("Всероссийская проверочная работа", "vpr"),
        ("Региональная диагностическая работа", "regional"),
        ("Входная диагностическая работа", "diagnostic"),
        ("Административная контрольная работа", "admin"),
        ("Контрольная работа № 2", "control"),
        ("ОГЭ", "oge"),
        ("Срез знаний", "other"),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


def test_points_stay_within_their_limits() -> None:
    limits = Limits(Decimal(20), (Decimal(1), None))
    assert problem_of(Entered(mark=4, score=Decimal(20), points=(Decimal(1), Decimal(7))), limits) == ""
    assert "33 из 20" in problem_of(Entered(score=Decimal(33)), limits)
    assert "задание 1: 2 из 1" in problem_of(Entered(points=(Decimal(2), None)), limits)
    assert problem_of(Entered(points=(Decimal(1),)), limits)
    assert score_of((Decimal(1), None, Decimal(2))) == 3
    assert score_of((None, None)) is None


def test_success_counts_what_was_not_tried_as_nought_and_names_the_hardest() -> None:
    written = [("7А", (Decimal(1), Decimal(0), None)), ("7Б", (Decimal(1), Decimal(1), Decimal(2)))]
    one, two, three = task_lines(["1", "2", "3"], [Decimal(1), Decimal(2), None], written, ["7А", "7Б"])
    assert [int(line.total.percent or 0) for line in (one, two, three)] == [100, 25, 50]
    assert [line.hard for line in (one, two, three)] == [False, True, True]
    assert (two.total.failed, [int(success.percent or 0) for success in two.classes]) == (1, [0, 50])
    assert has_failed(written[0][1], 3) and not has_failed(written[1][1], 3) and not has_failed(None, 1)

"""What the rules of the change of year decide, without a database."""

import pytest

from school.lots import Lot
from school.year_rules import (
    Advice,
    Chosen,
    ClassName,
    NextYear,
    class_named,
    fate_of,
    keeps_teacher,
    keeps_teaching,
    next_class,
)

DEBT = Advice("итог года 2: Алгебра")
COMING = NextYear.of([ClassName(7, "Б"), ClassName(7, "А"), ClassName(8, "А"), ClassName(10, "А")])


@pytest.mark.parametrize(
    ("now", "upper", "expected"),
    [
        (ClassName(7, "А"), (), ClassName(8, "А")),
        (ClassName(4, "В"), (), ClassName(5, "В")),
        (ClassName(7, ""), (), ClassName(8, "")),
        (ClassName(9, "А"), (), None),
        (ClassName(9, "Б"), ("А",), ClassName(10, "А")),
        (ClassName(9, "Б"), ("А", "Б"), ClassName(10, "Б")),
        (ClassName(10, "А"), ("А",), ClassName(11, "А")),
        (ClassName(11, "А"), ("А",), None),
    ],
)
def test_it_knows_the_next_class(now: ClassName, upper: tuple[str, ...], expected: ClassName | None) -> None:
    assert next_class(now, upper) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8А", ClassName(8, "А")),
        (" 8 а", ClassName(8, "А")),
        ("10-Б", ClassName(10, "Б")),
        ("5", ClassName(5, "")),
        ("13А", None),
        ("0А", None),
        ("класс", None),
        ("", None),
    ],
)
def test_it_reads_the_name_of_a_class(text: str, expected: ClassName | None) -> None:
    assert class_named(text) == expected


@pytest.mark.parametrize(
    ("now", "following", "advice", "lot"),
    [
        (ClassName(7, "А"), ClassName(8, "А"), None, Lot.PROMOTED),
        (ClassName(7, "А"), ClassName(8, "А"), DEBT, Lot.CONDITIONAL),
        (ClassName(7, "А"), ClassName(8, "А"), Advice("заявление родителей", repeats=True), Lot.REPEATS),
        (ClassName(4, "А"), ClassName(5, "А"), DEBT, Lot.REPEATS),
        (ClassName(9, "А"), None, None, Lot.FINISHED),
        (ClassName(9, "А"), None, DEBT, Lot.REPEATS),
        (ClassName(9, "А"), ClassName(10, "А"), DEBT, Lot.REPEATS),
        (ClassName(10, "А"), ClassName(11, "А"), DEBT, Lot.CONDITIONAL),
        (ClassName(11, "А"), None, None, Lot.FINISHED),
    ],
)
def test_an_unsatisfactory_year_is_no_way_into_the_next_level(
    now: ClassName, following: ClassName | None, advice: Advice | None, lot: Lot
) -> None:
    assert fate_of(now, following, None, advice, COMING).lot == lot


def test_a_decision_of_a_person_outweighs_an_advice() -> None:
    fate = fate_of(ClassName(7, "А"), ClassName(8, "А"), Chosen(Lot.PROMOTED, note="пересдал"), DEBT, COMING)

    assert (fate.lot, fate.target, fate.reason, fate.decided) == (
        Lot.PROMOTED,
        ClassName(8, "А"),
        "пересдал",
        True,
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [(ClassName(7, "Б"), ClassName(7, "Б")), (ClassName(7, "Г"), ClassName(7, "А"))],
)
def test_whoever_repeats_sits_in_the_class_of_the_letter_or_in_the_first(now: ClassName, expected: ClassName) -> None:
    fate = fate_of(now, ClassName(8, now.letter), Chosen(Lot.REPEATS), None, COMING)

    assert (fate.target, fate.lacks_class) == (expected, False)


def test_it_tells_of_a_repeater_for_whom_there_is_no_class() -> None:
    assert fate_of(ClassName(6, "А"), ClassName(7, "А"), Chosen(Lot.REPEATS), None, COMING).lacks_class


def test_it_tells_of_a_chosen_class_that_there_will_not_be() -> None:
    chosen = Chosen(Lot.PROMOTED, ClassName(8, "Я"))

    assert fate_of(ClassName(7, "А"), ClassName(8, "А"), chosen, None, COMING).lacks_class


def test_nobody_who_leaves_lacks_a_class() -> None:
    fate = fate_of(ClassName(7, "А"), ClassName(8, "А"), Chosen(Lot.LEFT), None, COMING)

    assert (fate.target, fate.lacks_class) == (None, False)


def test_teachers_stay_with_the_class_but_not_beyond_primary_school() -> None:
    assert keeps_teacher(ClassName(7, "А"), ClassName(8, "А"))
    assert not keeps_teacher(ClassName(4, "А"), ClassName(5, "А"))
    assert not keeps_teaching(ClassName(9, "А"), ClassName(10, "А"))
    assert not keeps_teacher(ClassName(11, "А"), None)

from datetime import date

import pytest

from gradebook.matching import Known, Roster

START = date(2026, 9, 1)


def known(pupil: int, name: str, birth: date | None = None) -> Known:
    last, first, *middle = name.split(" ", 2)
    return Known(pupil, last, first, " ".join(middle), birth, START, None)


CLASS = Roster(
    "7А",
    [
        known(1, "Воробьёв Сергей Владимирович"),
        known(2, "Петрова-Водкина Анна Олеговна"),
        known(3, "Мамедов Али Гасан оглы"),
        known(4, "Орлова Тая Сергеевна"),
        known(5, "Орлова Татьяна Сергеевна"),
        known(6, "Ким Лев"),
        known(7, "Гусев Илья Иванович", date(2013, 1, 5)),
        known(8, "Гусев Илья Иванович", date(2013, 7, 9)),
    ],
)


@pytest.mark.parametrize(
    ("written", "pupil"),
    [
        ("Воробьёв Сергей Владимирович", 1),
        ("Воробьев Сергей Владимирович", 1),
        ("  воробьёв   СЕРГЕЙ владимирович ", 1),
        ("Bоpобьёв Сергей Владимирович", 1),  # Latin B and p
        ("Воробьёв Владимирович Сергей", 1),
        ("Воробьёв Сергей", 1),
        ("Петрова – Водкина Анна Олеговна", 2),
        ("Мамедов Али Гасан оглы", 3),
        ("Мамедов Али", 3),
        ("Ким Лев", 6),
        ("Ким Лев Павлович", 6),
    ],
)
def test_it_knows_a_name_by_its_usual_writings(written: str, pupil: int) -> None:
    assert CLASS.find(written).pupil == pupil


@pytest.mark.parametrize("written", ["Воробьёв Семён Владимирович", "Сергей Воробьёв", "Ким", "Никто Никак", ""])
def test_it_guesses_nobody(written: str) -> None:
    match = CLASS.find(written)
    assert match.pupil is None
    assert match.reason == "нет такого ученика в 7А"


def test_it_names_those_who_may_be_meant() -> None:
    assert CLASS.find("Воробёв Сергей Владимирович").candidates == (1,)
    assert set(CLASS.find("Орлова Т.").candidates) == {4, 5}
    assert CLASS.find("Орлова Т. С.").candidates[:2] == (4, 5)
    assert CLASS.find("Зззз Ъъъъ").candidates == ()


@pytest.mark.parametrize("written", ["Воробёв Сергей", "Воробьёв Серёжа", "Варабьёв Сергей"])
def test_a_slip_in_a_name_without_a_patronymic_has_candidates_too(written: str) -> None:
    assert CLASS.find(written).candidates == (1,)


def test_it_asks_about_namesakes_unless_the_birth_date_tells_them_apart() -> None:
    asked = CLASS.find("Гусев Илья Иванович")
    assert (asked.pupil, set(asked.candidates)) == (None, {7, 8})
    assert "выберите" in asked.reason
    assert CLASS.find("Гусев Илья Иванович", date(2013, 7, 9)).pupil == 8
    assert CLASS.find("Гусев Илья", date(2013, 1, 5)).pupil == 7


def test_it_takes_no_pupil_with_another_birth_date() -> None:
    match = CLASS.find("Гусев Илья Иванович", date(2014, 1, 5))
    assert match.pupil is None
    assert "другая дата рождения" in match.reason


def test_a_birth_date_that_the_school_does_not_know_is_no_obstacle() -> None:
    assert CLASS.find("Воробьёв Сергей Владимирович", date(2013, 3, 3)).pupil == 1


def test_a_missing_patronymic_is_asked_about_when_it_fits_two() -> None:
    roster = Roster("7А", [known(1, "Иванов Иван Петрович"), known(2, "Иванов Иван Олегович")])
    assert roster.find("Иванов Иван").pupil is None
    assert roster.find("Иванов Иван Олегович").pupil == 2


def test_a_pupil_without_patronymic_does_not_take_the_namesakes_marks() -> None:
    roster = Roster("7А", [known(1, "Иванов Иван Петрович"), known(2, "Иванов Иван")])
    assert roster.find("Иванов Иван").pupil is None
    assert roster.find("Иванов Иван Петрович").pupil == 1
    assert roster.find("Иванов Иван Олегович").pupil == 2

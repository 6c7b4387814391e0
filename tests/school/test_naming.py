import pytest

from common.names import name_key
from school.naming import class_parts, person_parts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7А", (7, "А")),
        ("7A", (7, "А")),
        (" 7  а ", (7, "А")),
        ("7-А", (7, "А")),
        ('7 "Б"', (7, "Б")),
        ("7 «в»", (7, "В")),
        ("11А класс", (11, "А")),
        ("9 кл.", (9, "")),
        ("10 ФМ", (10, "ФМ")),
        ("10 соц-эк", (10, "СОЦ-ЭК")),
        ("7-1", (7, "-1")),
        ("5/2", (5, "-2")),
    ],
)
def test_one_class_is_known_by_its_many_writings(written: str, meant: tuple[int, str]) -> None:
    assert class_parts(written) == meant


@pytest.mark.parametrize("written", ["", "А", "71", "13А", "0Б", "7А, 7Б", "выбыл", "7" + "А" * 30])
def test_it_does_not_take_other_words_for_a_class(written: str) -> None:
    assert class_parts(written) is None


def test_names_are_compared_without_regard_to_case_spaces_yo_and_look_alike_letters() -> None:
    assert name_key("  Семёнова\u00a0 АННА ") == name_key("семенова анна")
    assert name_key("Cеменова") == name_key("Семенова")


def test_a_patronymic_of_two_words_stays_whole() -> None:
    assert person_parts("Мамедов Али Гасан оглы") == ("Мамедов", "Али", "Гасан оглы")
    assert person_parts("Ким Анна") == ("Ким", "Анна", "")

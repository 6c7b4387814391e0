import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.names import Case, class_key, declined, full_name, initials, name_key

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
words = st.text(alphabet=RUSSIAN, min_size=1, max_size=12)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
LOOKALIKES = str.maketrans("АВСЕНКМОРТХасеорху", "ABCEHKMOPTXaceopxy")


@given(names)
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(names)
def test_latin_letters_case_and_spaces_do_not_matter(name: str) -> None:
    assert name_key(f"  {name.translate(LOOKALIKES).replace(' ', '  ')} ") == name_key(name)
    assert name_key(name.upper()) == name_key(name)


@given(words)
def test_yo_is_ye(name: str) -> None:
    assert name_key(name.replace("ё", "е").replace("Ё", "Е")) == name_key(name)


@given(st.integers(1, 11), st.sampled_from("АБВГДЕЖК"))
def test_a_class_has_one_key_however_it_is_written(grade: int, letter: str) -> None:
    plain = f"{grade}{letter}"
    latin = plain.translate(LOOKALIKES)
    writings = [plain, latin, latin.lower(), f"{grade} {letter}", f"{grade}-{letter}", f"{grade}«{letter}»"]
    assert {class_key(written) for written in writings} == {plain}


def test_hyphens_of_all_kinds_are_one() -> None:
    assert len({name_key(f"Римский{dash}Корсаков") for dash in ("-", "‐", "–", " - ", "- ")}) == 1


def test_a_double_name_has_double_initials() -> None:
    assert initials("Петрова-Водкина", "Анна-Мария", "Игоревна") == "Петрова-Водкина\u00a0А.-М.\u00a0И."


@pytest.mark.parametrize(
    ("name", "case", "declined_name"),
    [
        ("Ковтун Матвей Андреевич", Case.GENITIVE, "Ковтуна Матвея Андреевича"),
        ("Ковтун Дарья Андреевна", Case.GENITIVE, "Ковтун Дарьи Андреевны"),
        ("Ермолаева Светлана Викторовна", Case.DATIVE, "Ермолаевой Светлане Викторовне"),
        ("Кравец Богдан Ильич", Case.INSTRUMENTAL, "Кравцом Богданом Ильичом"),
        ("Римский-Корсаков Лев Львович", Case.GENITIVE, "Римского-Корсакова Льва Львовича"),
        ("Черных Ольга Петровна", Case.DATIVE, "Черных Ольге Петровне"),
        ("Шевченко Пётр Ильич", Case.ACCUSATIVE, "Шевченко Петра Ильича"),
        ("Ли Виктор", Case.PREPOSITIONAL, "Ли Викторе"),
        ("Мамедов Али Гасан оглы", Case.DATIVE, "Мамедову Али Гасан оглы"),
    ],
)
def test_names_are_declined(name: str, case: Case, declined_name: str) -> None:
    last, first, *middle = name.split(" ", 2)
    assert declined(case, last, first, "".join(middle)) == declined_name


def test_a_name_of_either_sex_is_left_as_it_is_unless_the_sex_is_known() -> None:
    assert declined(Case.GENITIVE, "Пак", "Ким", "") == "Пак Ким"
    assert declined(Case.GENITIVE, "Пак", "Ким", "", female=False) == "Пака Кима"


@given(words, words, st.sampled_from(Case), st.sampled_from([True, False, None]))
def test_any_name_can_be_declined(last: str, first: str, case: Case, female: bool | None) -> None:
    assert len(declined(case, last, first, "", female=female).split()) == len(full_name(last, first, "").split())

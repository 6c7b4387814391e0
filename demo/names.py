"""Pools of common names from which the demo's people are put together. Nobody real is meant."""

import random
from dataclasses import dataclass
from pathlib import Path

_POOLS = Path(__file__).parent / "pools"
SURNAMES = (_POOLS / "surnames.txt").read_text(encoding="utf-8").split()
BOYS = (_POOLS / "boys.txt").read_text(encoding="utf-8").split()
GIRLS = (_POOLS / "girls.txt").read_text(encoding="utf-8").split()
FATHERS = {
    "Александр": "Александрович", "Алексей": "Алексеевич", "Андрей": "Андреевич", "Антон": "Антонович",
    "Артём": "Артёмович", "Борис": "Борисович", "Вадим": "Вадимович", "Василий": "Васильевич",
    "Виктор": "Викторович", "Владимир": "Владимирович", "Григорий": "Григорьевич", "Денис": "Денисович",
    "Дмитрий": "Дмитриевич", "Евгений": "Евгеньевич", "Иван": "Иванович", "Игорь": "Игоревич", "Илья": "Ильич",
    "Кирилл": "Кириллович", "Константин": "Константинович", "Максим": "Максимович", "Михаил": "Михайлович",
    "Никита": "Никитич", "Николай": "Николаевич", "Олег": "Олегович", "Павел": "Павлович", "Пётр": "Петрович",
    "Роман": "Романович", "Сергей": "Сергеевич", "Станислав": "Станиславович", "Юрий": "Юрьевич",
}  # fmt: skip
_DAUGHTERS = {"Ильич": "Ильинична", "Никитич": "Никитична"}


@dataclass(frozen=True)
class PersonDraft:
    """A person before they are in the database; `sex` is "m" or "f"."""

    last: str
    first: str
    middle: str
    sex: str

    @classmethod
    def of(cls, name: str, sex: str) -> "PersonDraft":
        """From «Ковтун Матвей Андреевич»."""
        last, first, middle = name.split()
        return cls(last, first, middle, sex)


def surname_for(surname: str, sex: str) -> str:
    """The woman's form of a surname in -ов, -ев, -ин."""
    return surname + "а" if sex == "f" else surname


def patronymic(father: str, sex: str) -> str:
    """After the father's first name."""
    male = FATHERS[father]
    if sex == "m":
        return male
    return _DAUGHTERS.get(male) or male.removesuffix("ич") + "на"


def draw_person(rng: random.Random, taken: set[str], sex: str = "") -> PersonDraft:
    """A person whose full name is not yet in `taken`; adds it there."""
    while True:
        kind = sex or rng.choice("mf")
        first = rng.choice(BOYS if kind == "m" else GIRLS)
        person = PersonDraft(
            surname_for(rng.choice(SURNAMES), kind), first, patronymic(rng.choice(list(FATHERS)), kind), kind
        )
        name = f"{person.last} {person.first} {person.middle}"
        if name not in taken:
            taken.add(name)
            return person


def draw_parent(rng: random.Random, child: PersonDraft) -> PersonDraft:
    """A mother or father who shares the surname where it has two forms."""
    sex = rng.choice("ffm")
    stem = (
        child.last.removesuffix("а")
        if child.sex == "f" and child.last.endswith(("ова", "ева", "ёва", "ина"))
        else child.last
    )
    last = surname_for(stem, sex) if stem.endswith(("ов", "ев", "ёв", "ин")) else stem
    first = rng.choice(BOYS if sex == "m" else GIRLS)
    return PersonDraft(last, first, patronymic(rng.choice(list(FATHERS)), sex), sex)

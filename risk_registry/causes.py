"""The catalogue of causes: four groups for the school, and the list with which a class teacher works.

Sources: the groups of causes of school failure (methodical materials on prevention) and the causes that a class
teacher is asked to find out (regulations on work with pupils who are weak). Which cause of the groups each of the
class teacher's stands nearest to is the product's reading. Social, physiological and psychological causes are
restricted, and so is what stands nearest to one of them. Plain Python: the tables hold codes.
"""

from dataclasses import dataclass
from datetime import date

from risk_registry.categories import Word


class CauseGroup(Word):
    """Where a cause belongs."""

    TEACHERS = "ct", "Из перечня классного руководителя"
    PEDAGOGICAL = "ped", "Педагогические"
    SOCIAL = "soc", "Социально-бытовые"
    PHYSIOLOGICAL = "phy", "Физиологические"
    PSYCHOLOGICAL = "psy", "Психологические"


class CauseMethod(Word):
    """How a cause was established."""

    TALK = "talk", "беседа"
    QUESTIONNAIRE = "form", "анкетирование"
    OBSERVATION = "watch", "наблюдение"
    TEST = "test", "проверочная работа или тест"
    PSYCHOLOGIST = "psy", "заключение психолога"


_CLOSED = frozenset({CauseGroup.SOCIAL, CauseGroup.PHYSIOLOGICAL, CauseGroup.PSYCHOLOGICAL})


@dataclass(frozen=True)
class CauseKind:
    """A cause of the catalogue; `near` is the code of the groups' cause that one of the class teacher's list means."""

    code: str
    name: str
    group: CauseGroup
    near: str = ""

    @property
    def restricted(self) -> bool:
        """Whether only those may see it whom `permissions.restricted_readable` names."""
        return self.group in _CLOSED or (bool(self.near) and KINDS[self.near].restricted)


def _of(group: CauseGroup, *rows: tuple[str, str] | tuple[str, str, str]) -> list[CauseKind]:
    return [CauseKind(row[0], row[1], group, *row[2:]) for row in rows]


KINDS: dict[str, CauseKind] = {
    kind.code: kind
    for kind in [
        *_of(
            CauseGroup.TEACHERS,
            ("CT01", "пропуски уроков", "PED03"),
            ("CT02", "мало готовится дома", "PED02"),
            ("CT03", "низкие способности", "PSY02"),
            ("CT04", "не хочет учиться", "PED04"),
            ("CT05", "мало работает на уроке", "PED04"),
            ("CT06", "необъективные отметки на уроке", "PED01"),
            ("CT07", "большое домашнее задание", "PED01"),
            ("CT08", "сложный материал", "PED03"),
            ("CT09", "другая причина"),
        ),
        *_of(
            CauseGroup.PEDAGOGICAL,
            ("PED01", "недостатки преподавания предмета"),
            ("PED02", "педагогическая запущенность"),
            ("PED03", "пробелы в знаниях"),
            ("PED04", "нет мотивации к учёбе"),
            ("PED05", "отношения с учителями или классом"),
        ),
        *_of(
            CauseGroup.SOCIAL,
            ("SOC01", "неблагополучные условия жизни"),
            ("SOC02", "поведение родителей"),
            ("SOC03", "безнадзорность"),
            ("SOC04", "материальное положение семьи"),
        ),
        *_of(
            CauseGroup.PHYSIOLOGICAL,
            ("PHY01", "болезни"),
            ("PHY02", "слабое здоровье"),
            ("PHY03", "инфекционные болезни"),
            ("PHY04", "болезни нервной системы"),
        ),
        *_of(
            CauseGroup.PSYCHOLOGICAL,
            ("PSY01", "особенности внимания и памяти"),
            ("PSY02", "медленно понимает"),
            ("PSY03", "нарушения речи"),
            ("PSY04", "познавательные интересы не сложились"),
        ),
    ]
}
RESTRICTED = tuple(code for code, kind in KINDS.items() if kind.restricted)
# What lists, workbooks and those who may not see say instead.
CLOSED_WORDS = "указаны причины с ограниченным доступом"


@dataclass(frozen=True)
class Established:
    """How and on which day causes were found out, and what else is to be said."""

    how: CauseMethod
    on: date
    note: str = ""


def group_choices(group: CauseGroup) -> list[tuple[str, str]]:
    """Codes and words of a group, for a form."""
    return [(kind.code, kind.name) for kind in KINDS.values() if kind.group == group]


def causes_in_words(codes: list[str], *, closed: bool) -> list[str]:
    """Names of causes that are open to all, in the catalogue's order, and whether there are others."""
    names = [kind.name for code, kind in KINDS.items() if code in codes and not kind.restricted]
    return [*names, CLOSED_WORDS] if closed else names


# A work is written by many: what belongs to one pupil, or is restricted, is no cause of its results.
_OF_ONE_PUPIL = frozenset({"CT03", "PED02", "PED05"})


def causes_of_works() -> list[tuple[str, str]]:
    """Codes and words of causes that low results of a work may have."""
    pairs = [*group_choices(CauseGroup.PEDAGOGICAL), *group_choices(CauseGroup.TEACHERS)]
    return [pair for pair in pairs if pair[0] not in _OF_ONE_PUPIL and not KINDS[pair[0]].restricted]

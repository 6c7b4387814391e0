"""Words of the municipality's page: short headings beside the full titles of the catalogue."""

from dataclasses import dataclass

from monitoring.computations.base import CLASSIFICATION, REGISTRY
from monitoring.rules.municipal import BY_SCHOOL
from monitoring.rules.values import NO_DATA as NO_DATA
from roadmaps.indicators import REGIONAL

HIDDEN = "скрыто"
CHANGED = "с тех пор отметки менялись"
BY = {REGISTRY: "по реестру", CLASSIFICATION: "по отметкам"}
HEADS = {
    "pupils": "Обучающихся",
    "failing": "Неуспевающие",
    "weak": "Слабоуспевающие",
    "reserve": "Резерв",
    "unrated": "Без отметок",
    "R01": "Группа риска",
    "R02": "С маршрутом",
    "R03": "С ОВЗ",
    "R04": "Русский неродной",
    "R05": "Программы курсов",
    "R06": "На доп. занятиях",
    "R07": "Тьютор в штате",
    "R08": "Программы для родителей",
    "R09": "Метод. служба",
}
_MORE = {"R01": "То же число — цель программы (G01): эта доля должна снижаться."}
SOURCE = (
    "Значения по региону — из мониторинга показателей профилактики учебной неуспешности (письмо от 03.02.2023 "
    "№ 01-20/518)."
)


@dataclass(frozen=True)
class Column:
    """An indicator of the region: its short heading, and in full what is counted of what."""

    code: str
    head: str
    title: str
    says: str

    @property
    def heading(self) -> str:
        """«R01 Группа риска»."""
        return f"{self.code} {self.head}"


def columns() -> tuple[Column, ...]:
    """R01–R09 in order."""
    return tuple(
        Column(one.code, HEADS[one.code], one.title, _says(one.code, one.numerator, one.denominator, one.oddities))
        for one in REGIONAL
    )


def _says(code: str, numerator: str, denominator: str, oddities: tuple[str, ...]) -> str:
    counted = f"Числитель: {numerator}. Знаменатель: {denominator}."
    more = "В итоге здесь — из ответивших." if code in BY_SCHOOL else _MORE.get(code, "")
    return " ".join(part for part in (counted, *oddities, more) if part)

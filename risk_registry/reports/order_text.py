"""The words of the order on the registry: one source for the paper of a period and for the draft of the local act."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.russian import counted
from risk_registry.categories import Category

TITLE = "Приказ об утверждении реестра обучающихся группы риска"
PREAMBLE = "В целях своевременной помощи обучающимся, испытывающим трудности в обучении, ПРИКАЗЫВАЮ:"
BLANK = "____________________"


@dataclass(frozen=True)
class OrderNumbers:
    """`span`: «1-ю четверть 2026/27 учебного года»; `counts`: how many pupils are in each category."""

    span: str
    counts: Mapping[Category, int]

    @property
    def words(self) -> str:
        """«32 обучающихся: неуспевающих — 10, слабоуспевающих — 18, в резерве — 4»."""
        failing, weak, reserve = (
            self.counts.get(one, 0) for one in (Category.FAILING, Category.WEAK, Category.RESERVE)
        )
        people = counted(failing + weak + reserve, "обучающийся", "обучающихся", "обучающихся")
        return f"{people}: неуспевающих — {failing}, слабоуспевающих — {weak}, в группе резерва — {reserve}"


def order_points(numbers: OrderNumbers | None, deputy: str, appendix: str) -> tuple[str, ...]:
    """What is ordered, point by point, without their numbers; what is not known stays a blank. Names no pupil.

    `appendix`: where the list is, «приложение 1».
    """
    told = f"{numbers.span} ({numbers.words})" if numbers is not None else BLANK
    return (
        f"Утвердить реестр обучающихся группы риска за {told}: {appendix}.",
        "Классным руководителям ознакомить с реестром учителей своих классов.",
        f"Ответственный за ведение реестра: {deputy or BLANK}.",
        "Контроль исполнения оставляю за собой.",
    )

"""The local acts that the sources ask of a school, and what is lacking. Decided without a database.

Sources: паспорт программы (показатели 22 и 33, порядок управления), показатели региона (сроки школы, примечание о
накопляемости), дорожная карта (строка 13), общие сведения о консилиуме (Р-93). Agreements (показатели 17 и 33) stand in
the register of partners.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from roadmaps.act_words import ActKind, ActState


@dataclass(frozen=True, slots=True)
class Demand:
    """An act that a source asks for."""

    code: str
    kind: ActKind
    title: str
    source: str


ALGORITHM = "algorithm"
# Показатель 33 names these four; agreements with those who help psychologically are its fifth part.
SUPPORT = ("psych_service", "prevention", "ppk", "mediation")
_P33, _REGION = "паспорт программы, показатель 33", "показатели региона, сроки школы"
DEMANDS = (
    Demand("system", ActKind.REGULATION, "Положение о системе профилактики учебной неуспешности", _REGION),
    Demand("card", ActKind.CARD, "Технологическая карта работы с неуспешными обучающимися", _REGION),
    Demand("plan", ActKind.PLAN, "План мероприятий по ликвидации учебной неуспешности", _REGION),
    Demand(ALGORITHM, ActKind.ALGORITHM, "Алгоритм выявления и сопровождения учеников, испытывающих трудности "
           "в обучении", "паспорт программы, показатель 22"),
    Demand("psych_service", ActKind.REGULATION, "Положение о психолого-педагогической службе", _P33),
    Demand("prevention", ActKind.REGULATION, "Положение о совете по профилактике", _P33),
    Demand("ppk", ActKind.REGULATION, "Положение о психолого-педагогическом консилиуме", _P33),
    Demand("mediation", ActKind.REGULATION, "Положение о службе школьной медиации", _P33),
    Demand("ppk_order", ActKind.ORDER, "Приказ о создании консилиума и его составе", "Р-93 от 09.09.2019"),
    Demand("group_order", ActKind.ORDER, "Приказ о рабочей группе программы", "паспорт программы, порядок управления"),
    Demand("mentoring", ActKind.REGULATION, "Положение о наставнических парах", "дорожная карта, строка 13"),
    Demand("marks", ActKind.REGULATION, "Нормы накопляемости отметок по предметам", "показатели региона, примечание"),
)  # fmt: skip
BY_CODE = {one.code: one for one in DEMANDS}


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act as far as its force goes: `answers` is the code of the demand that it meets, empty for one of its own."""

    key: int
    title: str
    answers: str
    state: str
    ends: date | None
    starts: date | None = None


def in_force(act: ActFacts, today: date) -> bool:
    """Whether it is in force on the day: the first and the last day of its term count."""
    begun = act.starts is None or act.starts <= today
    return act.state == ActState.FORCE and begun and (act.ends is None or act.ends >= today)


@dataclass(frozen=True, slots=True)
class DemandStanding:
    """A demand with the act that meets it best; None: nothing in the register."""

    demand: Demand
    act: ActFacts | None
    met: bool

    @property
    def words(self) -> str:
        """«нет в реестре», «действует», «срок истёк», «проект»."""
        if self.act is None:
            return "нет в реестре"
        if self.act.state == ActState.FORCE and not self.met:
            return "срок истёк"
        return ActState(self.act.state).label.lower()

    @property
    def wants_new(self) -> bool:
        """Whether a new act is to be entered: there is none, or the one there is cannot come into force any more."""
        return self.act is None or (not self.met and self.act.state in (ActState.FORCE, ActState.REPEALED))


_RANK = {state: place for place, state in enumerate(("repealed", "draft", "adopted", "approved", "force"))}


def demands_standing(acts: Iterable[ActFacts], today: date) -> tuple[DemandStanding, ...]:
    """Every demand; of several acts the one that is farthest, in force before all."""
    by_code: dict[str, list[ActFacts]] = {}
    for act in acts:
        by_code.setdefault(act.answers, []).append(act)
    found = []
    for demand in DEMANDS:
        own = sorted(by_code.get(demand.code, ()), key=lambda act: (in_force(act, today), _RANK[act.state], act.key))
        best = own[-1] if own else None
        found.append(DemandStanding(demand, best, best is not None and in_force(best, today)))
    return tuple(found)

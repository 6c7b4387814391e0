"""What academic debts ask of a person: the deputy decides and appoints, teachers hold, class teachers tell parents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q

from common.russian import counted
from risk_registry.debts import DebtState, Need
from risk_registry.links import debts_link
from risk_registry.models import AcademicDebt
from risk_registry.permissions_debts import can_keep_debts, can_see_debts, teaches, tells_parents
from risk_registry.selectors.debts import SOON_DAYS, UNSETTLED, with_need
from school.access import Viewer
from school.shared import AgendaItem


@dataclass(frozen=True)
class _Waiting:
    """So many debts wait for one thing; the nearest end of a term, the nearest attempt."""

    number: int
    due: date | None
    planned: date | None

    @property
    def words(self) -> str:
        return counted(self.number, "задолженность", "задолженности", "задолженностей")


_OF_KEEPER = {
    Need.CONFIRM: "Подтвердить или отклонить",
    Need.PLAN: "Назначить пересдачу",
    Need.COMMISSION: "Назначить комиссию для второй пересдачи",
    Need.CLOSE: "Решить: срок или попытки вышли",
    Need.CHOICE: "Записать выбор родителей",
}
_WITH_TERM = (Need.PLAN, Need.COMMISSION, Need.CLOSE)
_DECIDED = (Need.CONFIRM, Need.CLOSE)


def debts_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """For the deputy all that waits; for class and subject teachers attempts and terms of theirs. One query."""
    keeps = can_keep_debts(user)
    if not can_see_debts(user) or not (keeps or tells_parents(user) or teaches(user)):
        return []
    waiting, soon = _waiting(user, day)
    return [*(_of_keeper(waiting) if keeps else ()), *_of_attempts(waiting, keeps=keeps), *_of_terms(soon)]


def _waiting(user: Viewer, day: date) -> tuple[dict[str, _Waiting], _Waiting]:
    near = Q(state=DebtState.CONFIRMED, due__range=(day, day + timedelta(days=SOON_DAYS)))
    seen = with_need(AcademicDebt.objects.visible_to(user).filter(state__in=UNSETTLED), day)
    rows = list(
        seen.order_by()
        .values("need")
        .annotate(
            number=Count("pk"),
            first=Min("due"),
            planned=Min("planned_on"),
            near=Count("pk", filter=near),
            near_due=Min("due", filter=near),
        )
        .values_list("need", "number", "first", "planned", "near", "near_due")
    )
    soon = [(number, due) for *_, number, due in rows if number]
    first = min((due for _, due in soon), default=None)
    told = {need: _Waiting(number, due, planned) for need, number, due, planned, _, _ in rows}
    return told, _Waiting(sum(number for number, _ in soon), first, None)


def _of_keeper(waiting: dict[str, _Waiting]) -> Iterator[AgendaItem]:
    for need, words in _OF_KEEPER.items():
        if one := waiting.get(need):
            due = one.due if need in _WITH_TERM else None
            url, signs = debts_link(need=need.value), need in _DECIDED
            yield AgendaItem(f"{words}: {one.words}", url, "академическая задолженность", due, signs)


def _of_attempts(waiting: dict[str, _Waiting], *, keeps: bool) -> Iterator[AgendaItem]:
    """Attempts to come, and for the deputy those whose outcome is not written down."""
    if one := waiting.get(Need.WAIT):
        words = counted(one.number, "пересдача", "пересдачи", "пересдач")
        url = debts_link(need=Need.WAIT.value, sort="due")
        yield AgendaItem(f"Предстоит: {words}", url, "академическая задолженность", one.planned)
    if keeps and (one := waiting.get(Need.OUTCOME)):
        words = counted(one.number, "пересдача", "пересдачи", "пересдач")
        url = debts_link(need=Need.OUTCOME.value)
        yield AgendaItem(f"Записать исход: {words}", url, "академическая задолженность", one.planned)


def _of_terms(soon: _Waiting) -> Iterator[AgendaItem]:
    if soon.number:
        yield AgendaItem(
            f"Истекает срок: {soon.words}", debts_link(term="soon"), "академическая задолженность", soon.due
        )

"""What the registry and its signals ask of a person."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from common.russian import counted
from risk_registry.debts_agenda import debts_agenda
from risk_registry.permissions import can_decide_registry, can_see_registry, leads_class, watches_unanswered
from risk_registry.selectors.addressed import WaitingSignals, waiting_signals
from risk_registry.selectors.approval_agenda import present_term, to_agree, to_approve
from risk_registry.selectors.interview_agenda import own_talks_asked, talks_to_hold
from school.access import Viewer
from school.agendas import agenda_register, asked_register
from school.shared import AgendaItem


def agenda_for(user: Viewer, day: date) -> list[AgendaItem]:
    """Signals that ask this person, by their day; entries that wait for agreement or approval; what nobody answered."""
    if not can_see_registry(user):
        return []
    waiting = waiting_signals(user, day, watches=watches_unanswered(user))
    return [*_signals(waiting), *_entries(user), *_unanswered(waiting)]


def _signals(waiting: WaitingSignals) -> Iterator[AgendaItem]:
    for due, number in waiting.addressed:
        url = f"{reverse('desk:mine')}?due={due.isoformat() if due else 'none'}"
        words = counted(number, "сигнал", "сигнала", "сигналов")
        yield AgendaItem(f"Ответить на {words}", url, "три двойки, пропуски, контрольные, мало отметок", due)


def _entries(user: Viewer) -> Iterator[AgendaItem]:
    """The class teacher agrees to the own class, the deputy approves, reminds and talks; a query each."""
    term = present_term(user) if leads_class(user) or can_decide_registry(user) else None
    if term is not None and leads_class(user):
        yield from to_agree(user, term)
    if term is not None and can_decide_registry(user):
        yield from to_approve(user, term)
        yield from talks_to_hold(user, term)


def _unanswered(waiting: WaitingSignals) -> Iterator[AgendaItem]:
    """For those who answer for all."""
    if number := waiting.slipping:
        words = counted(number, "сигнал", "сигнала", "сигналов")
        yield AgendaItem(f"Без ответа, срок прошёл: {words}", reverse("desk:slipping"))


agenda_register(agenda_for)
agenda_register(debts_agenda)
asked_register(own_talks_asked)

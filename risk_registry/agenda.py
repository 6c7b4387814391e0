"""What the registry and its signals ask of a person."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse

from common.russian import counted
from risk_registry.categories import EntryState
from risk_registry.links import registry_link
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_decide_registry, can_see_registry, leads_class, watches_unanswered
from risk_registry.selectors.addressed import addressed_to, slipping
from risk_registry.selectors.approval_agenda import late_classes
from risk_registry.selectors.approvals import Term, term_of
from risk_registry.selectors.lists import period_choice
from school.access import Viewer, access_of
from school.agendas import agenda_register
from school.shared import AgendaItem

_WAITING = {
    EntryState.PROPOSED: "Согласовать реестр",
    EntryState.AGREED: "Утвердить реестр",
}


def agenda_for(user: Viewer, day: date) -> list[AgendaItem]:
    """Signals that ask this person, by their day; entries that wait for agreement or approval; what nobody answered."""
    if not can_see_registry(user):
        return []
    return [*_signals(user), *_entries(user), *_unanswered(user, day)]


def _signals(user: Viewer) -> Iterator[AgendaItem]:
    """One query."""
    rows = addressed_to(user).order_by().values_list("due").annotate(number=Count("pk"))
    for due, number in sorted(rows, key=lambda row: (row[0] is None, row[0] or date.max)):
        url = f"{reverse('desk:mine')}?due={due.isoformat() if due else 'none'}"
        words = counted(number, "сигнал", "сигнала", "сигналов")
        yield AgendaItem(f"Ответить на {words}", url, "три двойки, пропуски, контрольные, мало отметок", due)


def _entries(user: Viewer) -> Iterator[AgendaItem]:
    """The class teacher agrees to the own class, the deputy approves what is agreed and reminds; four queries."""
    term = _term(user) if leads_class(user) or can_decide_registry(user) else None
    if term is None:
        return
    if leads_class(user):
        yield from _waiting(user, term, EntryState.PROPOSED, school_class__class_teacher=access_of(user).staff)
    if can_decide_registry(user):
        yield from _waiting(user, term, EntryState.AGREED)
        yield from late_classes(user, term)


def _term(user: Viewer) -> Term | None:
    choice, today = period_choice(user, None), access_of(user).today
    return None if choice.period is None or today is None else term_of(choice.period, today, choice.holidays)


def _waiting(user: Viewer, term: Term, state: EntryState, **whose: object) -> Iterator[AgendaItem]:
    """Of periods that are over, and the list of the year's beginning: else the marks still change the list."""
    decided = Q(period__ends__lt=term.today) | Q(period=term.period if term.start_list else None)
    rows = RegistryEntry.objects.visible_to(user).filter(decided, state=state, **whose).order_by()
    own = F("school_class") if whose else F("school")
    grouped = rows.values("period", "period__number", "period__system", "period__starts", key=own)
    for row in grouped.annotate(number=Count("pk")).order_by("period__starts"):
        link = {"cls": row["key"]} if whose else {}
        words = counted(row["number"], "запись", "записи", "записей")
        url, due = registry_link(period=row["period"], state=state, **link), None
        if row["period"] == term.period.pk:
            due = term.due
        yield AgendaItem(f"{_WAITING[state]}: {words}", url, due=due)


def _unanswered(user: Viewer, day: date) -> Iterator[AgendaItem]:
    """For those who answer for all: one query."""
    if not watches_unanswered(user):
        return
    number = slipping(user, day).count()
    if number:
        words = counted(number, "сигнал", "сигнала", "сигналов")
        yield AgendaItem(f"Без ответа, срок прошёл: {words}", reverse("desk:slipping"))


agenda_register(agenda_for)

"""What the registry and its signals ask of a person."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F
from django.urls import reverse

from common.russian import counted
from risk_registry.categories import EntryState
from risk_registry.links import registry_link
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_decide_registry, can_see_registry, leads_class, watches_unanswered
from risk_registry.selectors.addressed import addressed_to, slipping
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
    """The class teacher agrees to the own class, the deputy approves what is agreed; a query each."""
    if leads_class(user):
        yield from _waiting(user, EntryState.PROPOSED, school_class__class_teacher=access_of(user).staff)
    if can_decide_registry(user):
        yield from _waiting(user, EntryState.AGREED)


def _waiting(user: Viewer, state: EntryState, **whose: object) -> Iterator[AgendaItem]:
    """Only of periods that are over: until then the marks still change the list."""
    today = access_of(user).today
    rows = RegistryEntry.objects.visible_to(user).filter(state=state, period__ends__lt=today, **whose).order_by()
    own = F("school_class") if whose else F("school")
    grouped = rows.values("period", "period__number", "period__system", "period__starts", key=own)
    for row in grouped.annotate(number=Count("pk")).order_by("period__starts"):
        link = {"cls": row["key"]} if whose else {}
        words = counted(row["number"], "запись", "записи", "записей")
        yield AgendaItem(f"{_WAITING[state]}: {words}", registry_link(period=row["period"], state=state, **link))


def _unanswered(user: Viewer, day: date) -> Iterator[AgendaItem]:
    """For those who answer for all: one query."""
    if not watches_unanswered(user):
        return
    number = slipping(user, day).count()
    if number:
        words = counted(number, "сигнал", "сигнала", "сигналов")
        yield AgendaItem(f"Без ответа, срок прошёл: {words}", reverse("desk:slipping"))


agenda_register(agenda_for)

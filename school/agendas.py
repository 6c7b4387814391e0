"""The agendas of all apps, merged. Each app registers its function in its `agenda.py`, which is found by itself."""

from collections.abc import Callable
from datetime import date

from school.access import Viewer
from school.shared import AgendaItem

Agenda = Callable[[Viewer, date], list[AgendaItem]]

_agendas: list[Agenda] = []


def agenda_register(agenda: Agenda) -> None:
    """Offer what an app knows to be waiting for a person; the same function again is no second one."""
    if agenda not in _agendas:
        _agendas.append(agenda)


def agenda_of(user: Viewer, day: date) -> list[AgendaItem]:
    """Everything that waits for the person as of `day`: the nearest day first, what has none at the end."""
    items = [item for agenda in _agendas for item in agenda(user, day)]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.title))

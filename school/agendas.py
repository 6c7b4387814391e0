"""The agendas of all apps, merged. Each app registers its parts in its `agenda.py`, which is found by itself.

A part that reads rows names columns of one common statement (`asked_register`): all of them cost one query together.
A part that first has to ask what to ask is a function of its own (`agenda_register`) and pays for itself.
"""

from collections.abc import Callable
from datetime import date

from school.access import Viewer, access_of
from school.asking import Asked, answered
from school.models import User
from school.shared import AgendaItem

Agenda = Callable[[Viewer, date], list[AgendaItem]]
AskedPart = Callable[[User, date], Asked]

_agendas: list[Agenda] = []
_asked: list[AskedPart] = []


def agenda_register(agenda: Agenda) -> None:
    """Offer what an app knows to be waiting for a person; the same function again is no second one."""
    if agenda not in _agendas:
        _agendas.append(agenda)


def asked_register(*parts: AskedPart) -> None:
    """Offer columns of the common statement; a part that has nothing to ask of the person answers `Asked()`."""
    _asked.extend(part for part in parts if part not in _asked)


def agenda_of(user: Viewer, day: date) -> list[AgendaItem]:
    """Everything that waits for the person as of `day`: the nearest day first, what has none at the end."""
    items = [item for agenda in _agendas for item in agenda(user, day)]
    staff = access_of(user).staff
    if staff is not None and isinstance(user, User):
        items += answered(staff, (part(user, day) for part in _asked))
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.title))

"""How a lower floor tells the upper ones that something happened.

A fact is a frozen dataclass; upper floors subscribe in `AppConfig.ready()`. Handlers run at once, in the order of
subscription and in the transaction of the deed: derived tables never disagree with what they are derived from.
"""

from collections.abc import Callable
from typing import Any, TypeVar

EventT = TypeVar("EventT")
_handlers: dict[type[Any], list[Callable[[Any], None]]] = {}


def subscribe(event: type[EventT], handler: Callable[[EventT], None]) -> None:
    """Call `handler` with every published `event`; a second subscription of the same handler changes nothing."""
    known = _handlers.setdefault(event, [])
    if handler not in known:
        known.append(handler)


def publish(fact: object) -> None:
    """Tell the subscribers. An error of a handler goes through: the deed and what follows stand or fall together."""
    for handler in _handlers.get(type(fact), []):
        handler(fact)

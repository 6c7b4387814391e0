from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from common import events
from common.events import publish, subscribe


@dataclass(frozen=True)
class Rang:
    """A fact of these tests."""

    times: int


@pytest.fixture(autouse=True)
def subscribers_as_before() -> Iterator[None]:
    before = {event: list(handlers) for event, handlers in events._handlers.items()}
    yield
    events._handlers.clear()
    events._handlers.update(before)


def test_handlers_are_called_at_once_in_the_order_of_subscription() -> None:
    heard: list[str] = []
    subscribe(Rang, lambda fact: heard.append(f"first {fact.times}"))
    subscribe(Rang, lambda fact: heard.append(f"second {fact.times}"))
    publish(Rang(2))
    assert heard == ["first 2", "second 2"]


def test_the_same_handler_is_subscribed_once() -> None:
    heard: list[Rang] = []
    for _ in range(2):
        subscribe(Rang, heard.append)
    publish(Rang(1))
    assert heard == [Rang(1)]


def test_a_handlers_error_stops_the_deed() -> None:
    def break_down(fact: Rang) -> None:
        raise ValueError

    subscribe(Rang, break_down)
    with pytest.raises(ValueError):
        publish(Rang(1))


def test_a_fact_without_subscribers_is_no_error() -> None:
    publish(Rang(1))

"""Where one goes on from an entry of the registry: floors above offer their pages, each to whom they are open."""

from collections.abc import Callable
from dataclasses import dataclass

from risk_registry.models import RegistryEntry
from school.models import User


@dataclass(frozen=True)
class EntryLink:
    """A page about an entry: «Составить маршрут»."""

    title: str
    url: str


Offer = Callable[[User, RegistryEntry], list[EntryLink]]
_offers: list[Offer] = []


def entry_links_register(offer: Offer) -> None:
    """Offer links; `offer` asks whether the person may, in two queries at most."""
    if offer not in _offers:
        _offers.append(offer)


def entry_links(user: User, entry: RegistryEntry) -> tuple[EntryLink, ...]:
    """All that are open to this person, of an entry that they see."""
    return tuple(link for offer in _offers for link in offer(user, entry))

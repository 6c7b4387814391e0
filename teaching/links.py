"""Where one goes on from a teacher's gaps: floors above offer their pages (a route that closes them)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from school.models import User


@dataclass(frozen=True)
class PersonLink:
    """A page about a teacher: «Маршрут до 31.12.2026»."""

    title: str
    url: str


Offer = Callable[[User, Collection[int]], dict[int, PersonLink]]
_offers: list[Offer] = []


def person_links_register(offer: Offer) -> None:
    """Offer links by key of a teacher; `offer` asks whether the person may, in one query."""
    if offer not in _offers:
        _offers.append(offer)


def person_links(user: User, staff: Collection[int]) -> dict[int, list[PersonLink]]:
    """All that are open to this person, of these teachers."""
    found: dict[int, list[PersonLink]] = {}
    for offer in _offers:
        for key, link in offer(user, staff).items():
            found.setdefault(key, []).append(link)
    return found

"""Parts of a pupil's printed card that not everybody may have, offered by the apps that keep what is in them.

A part is printed only for whoever has the right to it **and** ticks it; the right is asked when the card is ordered,
when it is made and each time its file is fetched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from school.models import Pupil, User

Line = tuple[str, str]


@dataclass(frozen=True)
class PupilPart:
    """One part. `tell` gives lines («что», «сведения») and writes into the log of readings where that is due.

    `restricted`: health, family and psychological facts; a card with such a part says so on its face.
    """

    code: str
    title: str
    order: int
    may: Callable[[User, Pupil], bool]
    tell: Callable[[User, Pupil], Sequence[Line]]
    restricted: bool = True


_parts: dict[str, PupilPart] = {}


def part_register(*parts: PupilPart) -> None:
    """Offer parts; a part is known by its code, so registering it again replaces it."""
    for part in parts:
        _parts[part.code] = part


def parts_for(user: User, pupil: Pupil) -> list[PupilPart]:
    """The parts that this person may have of this pupil, in their order."""
    return sorted((part for part in _parts.values() if part.may(user, pupil)), key=lambda part: part.order)

"""What a personal link still opens. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

MOST_TRIES = 5  # wrong check words, after which a link is shut
TALK_MINUTES = 30  # how long a talk takes whose time parents choose


class Standing(Enum):
    """Where a link stands; the value is what the school is told."""

    WAITS = "ждёт ответа"
    ANSWERED = "ответ получен"
    OVER = "срок прошёл"
    SHUT = "закрыта: слишком много попыток"
    WITHDRAWN = "отозвана"
    IDLE = "дело уже решено"


@dataclass(frozen=True)
class LinkFacts:
    """What decides. `idle`: the school has withdrawn the notice, or answered what was asked itself."""

    expires_at: datetime
    withdrawn: bool
    tries: int
    answered: bool
    idle: bool = False


def standing(link: LinkFacts, now: datetime) -> Standing:
    """A link that was answered still shows its answer until its time is over."""
    if link.withdrawn:
        return Standing.WITHDRAWN
    if link.tries >= MOST_TRIES:
        return Standing.SHUT
    if link.expires_at <= now:
        return Standing.ANSWERED if link.answered else Standing.OVER
    if link.answered:
        return Standing.ANSWERED
    return Standing.IDLE if link.idle else Standing.WAITS


def opens(link: LinkFacts, now: datetime) -> bool:
    """Whether the address shows anything at all."""
    return link.expires_at > now and standing(link, now) in (Standing.WAITS, Standing.ANSWERED)

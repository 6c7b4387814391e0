"""What apps of all floors hand to the lists that merge them: what is to be done, what happened, what was found.

Each app answers for its own; `desk` puts the answers together. An `url` is an address, ready to be a link.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AgendaItem:
    """Something a person has to do. Derived from the facts each time it is asked, so it cannot go stale.

    `due` is its last day, None for what has none; `about` says whom or what it concerns. `title` names no pupil: it
    goes into calendars and letters, which leave the school (docs/trust.md, 25); a name stands in `about`, if anywhere.
    `signs`: a decision of the person alone is wanted, which lets others go on: to approve, to sign, to confirm.
    """

    title: str
    url: str
    about: str = ""
    due: date | None = None
    signs: bool = False


@dataclass(frozen=True)
class TimelineItem:
    """Something that happened to a pupil. `kind` is signal, deed, step, result or other (the component `event`)."""

    on: date
    kind: str
    title: str
    text: str = ""
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class SearchHit:
    """Something found by a word: what it is called, what it is, where it opens."""

    title: str
    kind: str
    url: str

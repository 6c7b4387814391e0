"""Who is invited to an event for parents, who came to it, what it still waits for. Pure."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from parents.event_words import EventKind, EventState, Lacking

# Beside the keys of guardians: somebody else came for the child; nobody did, as a person says.
OTHER, NOBODY = 0, -1

Mark = tuple[int, int]  # the key of the pupil; of the guardian, or OTHER, or NOBODY


def invites(levels: Collection[str], classes: Collection[int], *, level: str, school_class: int) -> bool:
    """Whether a class is invited: by its level or by itself; when neither is named, the whole school is."""
    if not levels and not classes:
        return True
    return level in levels or school_class in classes


@dataclass(frozen=True)
class Taps:
    """What a sheet of attendance was sent with: what stood on it when it was shown, what stands now.

    `rest`: of the pupils of the sheet for whom nobody is marked, the person says that nobody came.
    """

    shown: AbstractSet[Mark]
    sent: AbstractSet[Mark]
    pupils: Collection[int]
    rest: bool = False


def merged(standing: AbstractSet[Mark], taps: Taps, guardians: Mapping[int, Collection[int]]) -> frozenset[Mark]:
    """The marks as they are afterwards: only what the person tapped changes, so that of two people who mark at once
    neither takes back what the other wrote.

    `guardians` by pupil, of everybody the person may mark: a guardian of several of them is there for each.
    A mark that «nobody came» gives way to anybody who did.
    """
    added = _for_each_child(taps.sent - taps.shown, guardians)
    removed = _for_each_child(taps.shown - taps.sent, guardians) - added
    now = (set(standing) - removed) | added
    came = {pupil for pupil, who in now if who != NOBODY}
    if taps.rest:
        now |= {(pupil, NOBODY) for pupil in taps.pupils}
    return frozenset((pupil, who) for pupil, who in now if who != NOBODY or pupil not in came)


def _for_each_child(marks: Iterable[Mark], guardians: Mapping[int, Collection[int]]) -> set[Mark]:
    found = set()
    for pupil, who in marks:
        found.add((pupil, who))
        if who > OTHER:
            found |= {(child, who) for child, theirs in guardians.items() if who in theirs}
    return found


@dataclass(frozen=True)
class EventFacts:
    """What the rule of gaps needs to know of an event."""

    kind: str
    state: str
    on: date
    marked: bool
    concluded: bool


def lacking(event: EventFacts, today: date) -> tuple[Lacking, ...]:
    """What an event whose day is over waits for; a protocol is asked of meetings alone."""
    if event.state == EventState.PLANNED and event.on < today:
        return (Lacking.OUTCOME,)
    if event.state != EventState.HELD:
        return ()
    found = [] if event.marked else [Lacking.MARKS]
    if event.kind == EventKind.MEETING and not event.concluded:
        found.append(Lacking.PROTOCOL)
    return tuple(found)


def why_not_concluded(*, held: bool, chair: str, secretary: str, marked: bool) -> list[str]:
    """What a protocol lacks before a person may conclude it; in words, empty when nothing."""
    lacks = {
        "отметьте, что мероприятие прошло": held,
        "отметьте, кто был": marked,
        "назовите председателя": bool(chair),
        "назовите секретаря": bool(secretary),
    }
    return [words for words, there in lacks.items() if not there]

"""Who reads a confidential note, and for how long a broken glass stays open. Without a database."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from consultations.talk_words import NoteRule
from risk_registry.categories import Word

OPEN_FOR = timedelta(hours=24)


class WhyRead(Word):
    """By what right a note is read."""

    AUTHOR = "author", "автор"
    HEAD = "head", "руководитель службы, по правилу службы"
    NAMED = "named", "назван(а) автором"
    OPENED = "opened", "вскрыта с основанием"


@dataclass(frozen=True)
class NoteReader:
    """Who asks: a person of the staff, perhaps the head of the service."""

    staff: int
    head: bool


@dataclass(frozen=True)
class NoteFacts:
    """What decides: the author, the rule under which it was written, the rule of today, whom the author has named.

    `opened`: whether this reader has broken the glass and it is still open.
    """

    author: int
    written_under: NoteRule
    rule_now: NoteRule
    named: AbstractSet[int]
    opened: bool


def why_read(reader: NoteReader, note: NoteFacts) -> WhyRead | None:
    """By what right the reader may have the words; None when by none.

    A rule made wider does not open what was written before: somebody spoke under the narrower one. A rule made
    narrower closes at once. So both have to allow it.
    """
    if reader.staff == note.author:
        return WhyRead.AUTHOR
    both = note.written_under if note.written_under == note.rule_now else NoteRule.AUTHOR
    if both == NoteRule.HEAD and reader.head:
        return WhyRead.HEAD
    if both == NoteRule.NAMED and reader.staff in note.named:
        return WhyRead.NAMED
    if reader.head and note.opened:
        return WhyRead.OPENED
    return None


def open_until(at: datetime) -> datetime:
    """When an opening is over."""
    return at + OPEN_FOR

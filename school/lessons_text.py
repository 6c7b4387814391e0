"""A cell of a class's timetable as a person types it: «Алгебра, 12», «Английский (1 группа), 21 / Труд (2 группа)»."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.names import name_key

BETWEEN = "/"
LAST_LESSON = 12  # as the table of lessons holds


@dataclass(frozen=True, slots=True)
class Part:
    """One lesson of a cell: keys of a subject and of a subgroup (None: the whole class), and a room."""

    subject: int
    subgroup: int | None
    room: str


_ROOM = re.compile(r"(.+?)[\s.]+(?:(?:каб|ауд)\w*\.?\s*)?(\d{1,4}[а-яё]?)$", re.IGNORECASE)


def read_cell(text: str, subjects: Mapping[str, int], groups: Mapping[str, int]) -> list[Part]:
    """The lessons of a cell. `subjects` and `groups` are keyed by `name_key`.

    Raises `ValueError` with the words that are no subject or no subgroup.
    """
    return [_part(piece, subjects, groups) for piece in text.split(BETWEEN) if piece.strip()]


def _part(text: str, subjects: Mapping[str, int], groups: Mapping[str, int]) -> Part:
    named, _, room = text.partition(",")
    whole = name_key(named)
    if whole not in subjects and not room and (found := _ROOM.match(named.strip())) is not None:
        named, room = found[1], found[2]  # «Алгебра 21», «Алгебра каб. 21»
        whole = name_key(named)
    if whole in subjects:
        return Part(subjects[whole], None, _tidy(room))
    outside, _, inside = named.strip().rpartition("(")
    subject, group = name_key(outside), name_key(inside.rstrip(") "))
    if not outside or subject not in subjects:
        raise ValueError(f"нет предмета «{named.strip()}»")
    if group not in groups:
        raise ValueError(f"нет подгруппы «{inside.rstrip(') ')}»")
    return Part(subjects[subject], groups[group], _tidy(room))


def write_cell(lessons: Iterable[tuple[str, str, str]]) -> str:
    """The text of a cell from (subject, subgroup or "", room or "")."""
    return f" {BETWEEN} ".join(
        subject + (f" ({group})" if group else "") + (f", {room}" if room else "") for subject, group, room in lessons
    )


def _tidy(room: str) -> str:
    return " ".join(room.split())[:20]

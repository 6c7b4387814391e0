"""What a pupil's sheet of meetings says, and where bringing it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from consultations.words import Answer

PATIENCE = timedelta(days=3)  # so long a sheet may be on its way before it comes back on the agenda


@dataclass(frozen=True)
class SheetLine:
    """One meeting of the sheet; times are «14:00–14:40». `parents`: they are invited, not the pupil. Never the kind."""

    on: date
    times: str
    specialist: str
    position: str
    room: str
    parents: bool = False


class Brought(StrEnum):
    """Where bringing a pupil's meetings stands."""

    NOT = "not"  # nobody made a sheet
    CHANGED = "changed"  # meetings are others than on the sheet
    WAITS = "waits"  # somebody has not answered
    DONE = "done"


WORDS = {
    Brought.NOT: "ещё не доведён",
    Brought.CHANGED: "изменился, довести заново",
    Brought.WAITS: "ждём ответа",
    Brought.DONE: "доведён",
}
TONES = {Brought.NOT: "returned", Brought.CHANGED: "returned", Brought.WAITS: "proposed", Brought.DONE: "approved"}


def standing(
    sheet: Sequence[SheetLine] | None, now: Iterable[SheetLine], answers: Iterable[str], today: date
) -> Brought:
    """`sheet` of the newest notice (None: there is none), `now` the meetings that are planned from today on."""
    ahead = [line for line in now if line.on >= today]
    if sheet is None:
        return Brought.NOT
    if not set(ahead) <= set(sheet) or {line for line in sheet if line.on >= today} - set(ahead):
        return Brought.CHANGED
    return Brought.WAITS if Answer.NONE in set(answers) else Brought.DONE

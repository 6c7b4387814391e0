"""What happens to every record: confirmed, returned with a word, corrected, taken back."""

from typing import Any, TypeVar

from common.authorship import deed
from common.errors import Refused
from school.access import access_of
from school.models import User
from teaching.models import Community, Confirmable, PracticeFile, PracticeUse, Record
from teaching.permissions import can_confirm
from teaching.words import RECORD, RecordDeed, RecordState

RowT = TypeVar("RowT", bound=Record)
OWN = "Свою запись подтверждает другой: заместитель директора или руководитель ШМО."
SEEN_ANOTHER = "Пока вы смотрели, запись изменили: прочтите её и решите ещё раз."


def standing(row: RowT) -> RowT:
    """The row as it stands, until the transaction ends. Raises `Refused` for one that was taken back."""
    rows: Any = type(row)._default_manager
    found: RowT = rows.select_for_update(of=("self",)).select_related("school").get(pk=row.pk)
    if found.removed_at is not None:
        raise Refused("Эту запись уже отозвали: обновите страницу.")
    return found


@deed
def record_confirm(*, by: User, row: Confirmable, version: int) -> Confirmable:
    """Say that a record holds. Raises `Refused` for one's own, and when it was changed since it was seen."""
    return _decide(by, row, version, RecordDeed.CONFIRM, "")


@deed
def record_return(*, by: User, row: Confirmable, version: int, word: str) -> Confirmable:
    """Return a record to its author, with a word. Raises as `record_confirm`, and without the word."""
    return _decide(by, row, version, RecordDeed.RETURN, word)


def _decide(by: User, row: Confirmable, version: int, what: RecordDeed, word: str) -> Confirmable:
    found = standing(row)
    if is_own(by, found):
        raise Refused(OWN)
    if found.version != version:
        raise Refused(SEEN_ANOTHER)
    found.state = RECORD.step(what, found.state, word).target
    found.word, found.decided_by, found.decided_at = word.strip(), by, found.school.now()
    found.version += 1
    found.save()
    return found


def is_own(by: User, row: Record) -> bool:
    """Whether the person is whose record it is."""
    staff = access_of(by).staff
    return staff is not None and row.belongs_to(staff.pk)


def begin(by: User, row: Confirmable) -> None:
    """A new record waits; what the confirmer writes about a colleague holds at once."""
    if can_confirm(by) and not is_own(by, row):
        row.state, row.decided_by, row.decided_at = RecordState.CONFIRMED, by, row.school.now()


def corrected(by: User, row: Confirmable) -> None:
    """After a correction: it waits again, unless the confirmer corrected a colleague's."""
    row.version += 1
    if can_confirm(by) and not is_own(by, row):
        return
    row.state = RECORD.step(RecordDeed.CORRECT, row.state).target
    row.word, row.decided_by, row.decided_at = "", None, None


@deed
def record_remove(*, by: User, row: RowT, why: str) -> RowT:
    """Take a record back; it stays in the tables with who and why. Raises `Refused` without a reason or twice."""
    if not why.strip():
        raise Refused("Напишите причину: без неё непонятно, почему записи больше нет.")
    found = standing(row)
    found.removed_at, found.removed_why, found.removed_by = found.school.now(), why.strip(), by
    found.version += 1
    found.save()
    if isinstance(found, Community):
        _close_members(by, found)
    return found


def _close_members(by: User, community: Community) -> None:
    told = {"removed_at": community.removed_at, "removed_why": "сообщество отозвано", "removed_by": by}
    community.members.filter(removed_at__isnull=True).update(**told)


@deed
def small_remove(*, by: User, row: PracticeFile | PracticeUse, why: str) -> None:
    """Take back a file or a tap, without asking why."""
    record_remove(by=by, row=row, why=why)

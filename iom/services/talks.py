"""The journal of talks with pupils: written, edited by the author, what was agreed settled, withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import PupilTalk
from iom.models.talks import OPEN_CAUSES
from iom.services.journals import answer_signals, note_edits, own_row, reopen_answered, word_changes, year_of
from iom.work_words import Kept
from risk_registry.categories import DeedKind
from risk_registry.causes import KINDS
from risk_registry.models import Signal
from school.models import Pupil, User


@dataclass(frozen=True)
class Talk:
    """What was said. `causes` are codes of the catalogue, open ones only; `due`: when to come back to the agreement."""

    on: date
    occasion: str
    causes: Sequence[str] = ()
    agreed: str = ""
    due: date | None = None


@deed
def talk_record(*, by: User, pupil: Pupil, talk: Talk, signals: Collection[Signal] = ()) -> PupilTalk:
    """Write a talk down and let it answer the chosen signals of the pupil.

    Raises `Refused` without an occasion, for a day to come, a deadline before the talk or without an agreement, a
    restricted cause, and when a signal is no longer open.
    """
    year = year_of(pupil.school, talk.on)
    row = PupilTalk(school=pupil.school, year=year, pupil=pupil, by=by, at=pupil.school.now())
    _fill(row, talk)
    row.save()
    answer_signals(signals, DeedKind.TALK, by, talk.on, f"talk:{row.pk}")
    return row


@deed
def talk_edit(*, by: User, talk: PupilTalk, version: int, told: Talk) -> PupilTalk:
    """Correct an own talk; after its day what was stays visible. Raises `Refused` as `talk_record` and for others'."""
    row = _locked(talk)
    own_row(row, by, version)
    before = _words(row)
    row.year = year_of(row.school, told.on)
    _fill(row, told)
    note_edits(row, by, word_changes(row.pupil, before, _words(row)))
    row.version += 1
    row.save()
    return row


@deed
def talk_settle(*, by: User, talk: PupilTalk, version: int, kept: str, note: str = "") -> PupilTalk:
    """Say what became of the agreement; empty takes it back. Raises `Refused` where nothing was agreed."""
    row = _locked(talk)
    if row.withdrawn_at is not None or not row.agreed:
        raise Refused("В этой беседе ни о чём не договорились: отмечать нечего.")
    if row.version != version:
        raise Refused("Эту запись уже изменили: обновите страницу.")
    row.kept = Kept(kept) if kept else ""
    row.kept_on, row.kept_note = (row.school.today(), note.strip()) if kept else (None, "")
    row.version += 1
    row.save()
    return row


@deed
def talk_withdraw(*, by: User, talk: PupilTalk, why: str) -> PupilTalk:
    """Take back what was written by mistake; signals that only it had answered are open again."""
    row = _locked(talk)
    own_row(row, by, row.version)
    if not why.strip():
        raise Refused("Напишите, почему запись отзывается.")
    reopen_answered(by, f"talk:{row.pk}")
    row.withdrawn_at, row.withdrawn_why = row.school.now(), why.strip()
    row.version += 1
    row.save()
    return row


def cause_words(codes: Sequence[str]) -> str:
    """«пропуски уроков, сложный материал»."""
    return ", ".join(KINDS[code].name for code in codes if code in KINDS)


def _locked(talk: PupilTalk) -> PupilTalk:
    rows = PupilTalk.objects.select_for_update(of=("self",)).select_related("school", "year", "pupil")
    return rows.get(pk=talk.pk)


def _fill(row: PupilTalk, told: Talk) -> None:
    occasion, agreed = told.occasion.strip(), told.agreed.strip()
    if not occasion:
        raise Refused("Напишите повод беседы.")
    if told.due is not None and not agreed:
        raise Refused("Срок есть, а договорённости нет: напишите, о чём договорились.")
    if told.due is not None and told.due < told.on:
        raise Refused("Срок договорённости не может быть раньше беседы.")
    if not set(told.causes) <= set(OPEN_CAUSES):
        raise Refused("Причины с ограниченным доступом указывают на странице записи реестра, не в журнале бесед.")
    row.on, row.occasion, row.causes = told.on, occasion, list(told.causes)
    row.agreed, row.due = agreed, told.due


def _words(row: PupilTalk) -> dict[str, str]:
    return {
        "Когда": f"{row.on:%d.%m.%Y}",
        "Повод": row.occasion,
        "Причины": cause_words(row.causes),
        "Договорились": row.agreed,
        "Срок": f"{row.due:%d.%m.%Y}" if row.due else "",
    }

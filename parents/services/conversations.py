"""The journal of talks with parents: written, edited by the author, the agreement come back to, withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from common.authorship import deed
from common.errors import Refused
from iom.services.journals import AUTHOR_ONLY, CHANGED, Change, edits_kept, reopen_answered, word_changes, year_of
from parents.models import Conversation, ConversationEdit
from parents.words import BegunBy, Channel, Signed
from risk_registry.categories import AnswerKind
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer
from school.models import Guardian, Pupil, User


@dataclass(frozen=True)
class Told:
    """What a person writes down. `guardian` or `who`, how, the occasion; the rest as one wishes."""

    on: date
    channel: str
    occasion: str
    guardian: Guardian | None = None
    who: str = ""
    begun_by: str = BegunBy.SCHOOL
    said: str = ""
    agreed: str = ""
    due: date | None = None
    next_on: date | None = None
    signed: str = ""


@deed
def conversation_record(*, by: User, pupil: Pupil, told: Told, signals: Collection[Signal] = ()) -> Conversation:
    """Write a conversation down and let it answer the chosen signals of the pupil.

    Raises `Refused` without an occasion or a partner, for a guardian of another child, a day to come, a deadline
    before the talk or without an agreement, and when a signal is no longer open.
    """
    year = year_of(pupil.school, told.on)
    row = Conversation(school=pupil.school, year=year, pupil=pupil, by=by, at=pupil.school.now())
    _fill(row, told)
    row.save()
    for signal in signals:
        signal_answer(signal=signal, kind=AnswerKind.PARENTS, by=by, on=told.on, reference=f"conversation:{row.pk}")
    return row


@deed
def conversation_edit(*, by: User, conversation: Conversation, version: int, told: Told) -> Conversation:
    """Correct an own record; after its day what was stays visible. Raises `Refused` as `conversation_record`."""
    row = _own(conversation, by, version)
    before = _words(row)
    row.year = year_of(row.school, told.on)
    _fill(row, told)
    _note_edits(row, by, before)
    row.version += 1
    row.save()
    return row


@deed
def conversation_settle(*, by: User, conversation: Conversation, version: int, on: date, note: str) -> Conversation:
    """Say that one came back to the agreement and what came of it. Raises `Refused` where nothing was agreed."""
    row = _locked(conversation)
    if row.withdrawn_at is not None or not row.agreed:
        raise Refused("В этой беседе ни о чём не договорились: отмечать нечего.")
    if row.version != version:
        raise Refused(CHANGED)
    if not row.on <= on <= row.school.today():
        raise Refused("День, когда вернулись к договорённости, — не раньше беседы и не позже сегодняшнего.")
    row.kept_on, row.kept_note = on, note.strip()
    row.version += 1
    row.save()
    return row


@deed
def conversation_withdraw(*, by: User, conversation: Conversation, why: str) -> Conversation:
    """Take back what was written by mistake; signals that only it had answered are open again."""
    row = _own(conversation, by, None)
    if not why.strip():
        raise Refused("Напишите, почему запись отзывается.")
    reopen_answered(by, f"conversation:{row.pk}")
    row.withdrawn_at, row.withdrawn_why = row.school.now(), why.strip()
    row.version += 1
    row.save()
    return row


def partner_words(row: Conversation) -> str:
    """«Ковтун Анна Павловна, мать»; the relation is known where the pupil's guardianships are prefetched."""
    if row.guardian is None:
        return row.who
    relation = next(
        (one.get_relation_display() for one in row.pupil.guardianships.all() if one.guardian_id == row.guardian_id),
        "",
    )
    return ", ".join(part for part in (row.guardian.full_name, relation) if part)


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("school", "year", "pupil", "guardian")
    return rows.get(pk=conversation.pk)


def _own(conversation: Conversation, by: User, version: int | None) -> Conversation:
    row = _locked(conversation)
    if row.by_id != by.pk:
        raise Refused(AUTHOR_ONLY)
    if row.withdrawn_at is not None:
        raise Refused("Запись уже отозвана: править её нельзя.")
    if version is not None and row.version != version:
        raise Refused(CHANGED)
    return row


def _fill(row: Conversation, told: Told) -> None:
    occasion, agreed, who = told.occasion.strip(), told.agreed.strip(), told.who.strip()
    _check(row, told, occasion, agreed, who)
    row.on, row.channel, row.begun_by = told.on, Channel(told.channel), BegunBy(told.begun_by)
    row.guardian, row.who = told.guardian, "" if told.guardian is not None else who
    row.occasion, row.said, row.agreed, row.due = occasion, told.said.strip(), agreed, told.due
    row.next_on, row.signed = told.next_on, Signed(told.signed) if told.signed else ""


def _check(row: Conversation, told: Told, occasion: str, agreed: str, who: str) -> None:
    if not occasion:
        raise Refused("Напишите повод беседы.")
    if told.guardian is None and not who:
        raise Refused("Отметьте, с кем говорили, или напишите, кто это.")
    if told.guardian is not None and not told.guardian.guardianships.filter(pupil=row.pupil).exists():
        raise Refused(f"{told.guardian.full_name} не записан(а) представителем этого обучающегося.")
    if told.due is not None and not agreed:
        raise Refused("Срок есть, а договорённости нет: напишите, о чём договорились.")
    if told.due is not None and told.due < told.on:
        raise Refused("Срок договорённости не может быть раньше беседы.")
    if told.next_on is not None and told.next_on < told.on:
        raise Refused("Следующая связь не может быть раньше беседы.")


def _words(row: Conversation) -> dict[str, str]:
    days = {"Когда": row.on, "Срок": row.due, "Следующая связь": row.next_on}
    return {
        "С кем": row.guardian.full_name if row.guardian is not None else row.who,
        "Как": Channel(row.channel).label,
        "Кто начал": BegunBy(row.begun_by).label,
        "Повод": row.occasion,
        "О чём говорили": row.said,
        "Договорились": row.agreed,
        "Ознакомление": Signed(row.signed).label if row.signed else "",
        **{name: f"{day:%d.%m.%Y}" if day is not None else "" for name, day in days.items()},
    }


def _note_edits(row: Conversation, by: User, before: dict[str, str]) -> None:
    def edit(change: Change, at: datetime) -> ConversationEdit:
        field, was, now, _ = change
        return ConversationEdit(conversation=row, field=field, was=was, now=now, by=by, at=at)

    edits_kept(row, word_changes(row.pupil, before, _words(row)), edit)

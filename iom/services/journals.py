"""What both journals share: when a change shows as an edit, comments, signals that an entry answered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

from common.authorship import deed
from common.errors import Refused
from iom.models import JournalComment, JournalEdit, PupilTalk, WorkEntry
from risk_registry.categories import DeedKind, SignalState
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer, signal_reopen
from school.models import AcademicYear, Pupil, School, User

CHANGED = "Пока вы правили, эту запись изменили. Обновите страницу: ваше не записано."
AUTHOR_ONLY = "Править и отзывать запись может тот, кто её сделал. Остальные пишут замечания."
Change = tuple[str, str, str, Pupil | None]


@deed
def comment_add(*, by: User, to: WorkEntry | PupilTalk, text: str) -> JournalComment:
    """Say something about somebody's entry. Raises `Refused` without words."""
    if not text.strip():
        raise Refused("Напишите замечание.")
    of = {"entry": to} if isinstance(to, WorkEntry) else {"talk": to, "pupil": to.pupil}
    return JournalComment.objects.create(text=text.strip(), by=by, at=to.school.now(), **of)


@deed
def comment_read(*, by: User, comment: JournalComment) -> None:
    """The author of the entry has read what others say. Said again, it stays as it was. Raises `Refused` for others."""
    row = comment.entry or comment.talk
    if row is None or row.by_id != by.pk:
        raise Refused("Отметить прочтение может тот, кто сделал запись.")
    JournalComment.objects.filter(pk=comment.pk, read_at__isnull=True).update(read_at=row.school.now())


def year_of(school: School, on: date) -> AcademicYear:
    """The year of the day. Raises `Refused` for a day to come and for one outside of the years."""
    if on > school.today():
        raise Refused("Записать можно то, что уже сделано: этот день ещё не наступил.")
    found = next((year for year in school.years.all() if year.starts <= on <= year.ends), None)
    if found is None:
        raise Refused("Этот день не входит ни в один учебный год школы: исправьте дату.")
    return found


def own_row(row: WorkEntry | PupilTalk, by: User, version: int) -> None:
    """Raises `Refused` for another person's entry, a withdrawn one, and when somebody was quicker."""
    if row.by_id != by.pk:
        raise Refused(AUTHOR_ONLY)
    if row.withdrawn_at is not None:
        raise Refused("Запись уже отозвана: править её нельзя.")
    if row.version != version:
        raise Refused(CHANGED)


class Journalled(Protocol):
    """A row of a journal: its school, when it was written, when it was last edited after that day."""

    school: School
    at: datetime
    edited_at: datetime | None


def note_edits(row: WorkEntry | PupilTalk, by: User, changes: Sequence[Change]) -> None:
    """After the day of writing a change is visible as an edit, with what was; on the day it just corrects."""
    of = {"entry": row} if isinstance(row, WorkEntry) else {"talk": row}

    def edit(change: Change, at: datetime) -> JournalEdit:
        field, was, now, pupil = change
        return JournalEdit(field=field, was=was, now=now, pupil=pupil, by=by, at=at, **of)

    edits_kept(row, changes, edit)


def edits_kept(row: Journalled, changes: Sequence[Change], edit: Callable[[Change, datetime], Model]) -> None:
    """The one rule of all journals: `edit` makes the row of a change, when its day is no longer that of writing."""
    if not changes or localdate(row.at) == row.school.today():
        return
    now = row.edited_at = row.school.now()
    made = [edit(change, now) for change in changes]
    type(made[0])._default_manager.bulk_create(made)


def word_changes(pupil: Pupil, before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """What differs between the words of a row before and after an edit, by field."""
    return [(field, before[field], now, pupil) for field, now in after.items() if before[field] != now]


def signals_to_answer(by: User, pupils: Iterable[int], on: date, subject: int | None) -> QuerySet[Signal]:
    """Open signals of these pupils in this subject that had risen by the day, of those that the person sees."""
    rows = Signal.objects.visible_to(by).filter(pupil__in=pupils, state=SignalState.OPEN, since__lte=on)
    return rows.filter(subject=subject).order_by("pk")


def answer_signals(signals: Iterable[Signal], kind: DeedKind, by: User, on: date, reference: str) -> None:
    """The entry under this reference answers each of them."""
    for signal in signals:
        signal_answer(signal=signal, kind=kind, by=by, on=on, reference=reference)


def reopen_answered(by: User, reference: str) -> None:
    """What only a withdrawn entry had answered is open again."""
    rows = Signal.objects.filter(responses__reference=reference, state=SignalState.ACTED).select_related("school")
    for signal in rows:
        if not signal.responses.exclude(reference=reference).exists():
            signal_reopen(by=by, signal=signal, reason="запись журнала отозвана")

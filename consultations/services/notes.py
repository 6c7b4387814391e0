"""Confidential notes: written, corrected, taken back, shown to a named colleague, opened with grounds.

Words go in here and come out of `selectors/note_words.py`; nothing here puts them into a message, a log or a letter.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from common.authorship import deed
from common.errors import Refused
from consultations.models import (
    Appointment,
    ConfidentialNote,
    NoteOpening,
    NoteOpeningSeen,
    NoteRevision,
    NoteRuleChange,
    NoteShare,
    NoteText,
)
from consultations.rules.notes import OPEN_FOR
from consultations.selectors.notes import authors_of, openings_of, rule_now
from consultations.services.adding import row_add
from consultations.talk_words import NoteRule, WhyTakenBack
from documents.services.mail import mail_put
from school.models import Pupil, School, Staff, User
from school.selectors import current_year

_EMPTY = "Заметка пуста: напишите что-нибудь или закройте страницу."
_LATER = "Эту заметку уже исправили в другом окне. Откройте её текст ещё раз и перенесите правку."


@dataclass(frozen=True)
class NoteDraft:
    """What is written, of which day, on whom or on which meeting. The words never print."""

    on: date
    words: str = field(repr=False)
    pupil: Pupil | None = None
    appointment: Appointment | None = None


@deed
@sensitive_variables()
def note_write(*, by: User, school: School, draft: NoteDraft) -> ConfidentialNote:
    """Write a note under the service's rule of today.

    Raises `Refused` for an empty one, for a day to come and outside of a school year.
    """
    year, words = current_year(school), draft.words.strip()
    if not words:
        raise Refused(_EMPTY)
    if year is None:
        raise Refused("Сейчас нет учебного года: заметку можно записать, когда он откроется.")
    if draft.on > school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    assert by.staff is not None
    note = ConfidentialNote.objects.create(
        school=school,
        year=year,
        pupil=draft.pupil,
        appointment=draft.appointment,
        author=by.staff,
        rule=rule_now(school),
        on=draft.on,
        at=school.now(),
    )
    NoteText.objects.create(note=note, words=words)
    return note


@deed
@sensitive_variables()
def note_correct(*, by: User, note: ConfidentialNote, version: int, words: str) -> ConfidentialNote:
    """Write other words in their place; the former ones are kept, as confidential as these.

    Raises `Refused` for empty words, when the note was corrected since `version`, and once it is taken back.
    """
    if not words.strip():
        raise Refused(_EMPTY)
    row = _standing(note)
    if row.version != version:
        raise Refused(_LATER)
    text = NoteText.objects.select_for_update().get(note=row)
    if text.words == words.strip():
        return row
    NoteRevision.objects.create(note=row, words=text.words, at=row.school.now())
    text.words = words.strip()
    text.save(update_fields=["words"])
    row.version, row.edited_at = row.version + 1, row.school.now()
    row.save(update_fields=["version", "edited_at"])
    return row


@deed
def note_take_back(*, by: User, note: ConfidentialNote, why: WhyTakenBack) -> None:
    """Take a note out of the lists. It stays, with its words, under the same rule."""
    row = _standing(note)
    row.taken_back_at, row.taken_back_why = row.school.now(), why
    row.save(update_fields=["taken_back_at", "taken_back_why"])


@deed
def note_name_readers(*, by: User, note: ConfidentialNote, colleagues: Collection[Staff], case: bool) -> None:
    """Make these the colleagues who read the note beside its author; `case`: all own notes on the pupil.

    Raises `Refused` where the note was written under another rule, and for a case of a note without a pupil.
    """
    row = _standing(note)
    if row.rule != NoteRule.NAMED:
        raise Refused("Эта заметка записана, когда коллег назвать было нельзя: её читает только автор.")
    if case and row.pupil is None:
        raise Refused("Заметка о встрече нескольких человек открывается только сама по себе.")
    about = {"pupil": row.pupil, "note": None} if case else {"note": row, "pupil": None}
    standing = NoteShare.objects.filter(author=row.author, ended_at__isnull=True, **about)
    wanted = {one.pk for one in colleagues if one.pk != row.author_id}
    now = row.school.now()
    standing.exclude(colleague__in=wanted).update(ended_at=now)
    kept = set(standing.values_list("colleague", flat=True))
    NoteShare.objects.bulk_create(
        NoteShare(school=row.school, author=row.author, colleague_id=key, at=now, **about)
        for key in sorted(wanted - kept)
    )


@deed
@sensitive_variables()
def note_open(*, by: User, note: ConfidentialNote, grounds: str, case: bool) -> NoteOpening:
    """Break the glass for a day: one note, or all notes on its pupil. Its authors get a letter without names.

    Raises `Refused` without grounds, for a case of a note without a pupil, and while an opening goes on.
    """
    if not grounds.strip():
        raise Refused("Напишите основание: его прочтёт автор заметки.")
    if case and note.pupil_id is None:
        raise Refused("Заметка о встрече нескольких человек открывается только сама по себе.")
    if openings_of(note).filter(by=by, at__gt=timezone.now() - OPEN_FOR).exists():
        raise Refused("Заметка уже вскрыта вами и пока открыта.")
    about = {"note": None, "pupil": note.pupil_id} if case else {"note": note.pk, "pupil": None}
    key = row_add(NoteOpening, school=note.school_id, by=by.pk, grounds=grounds.strip(), **about)
    opening = NoteOpening.objects.get(pk=key)
    for author in authors_of(opening):
        if author.pk != by.staff_id:
            _tell(note.school, author)
    return opening


@deed
def opening_seen(*, by: User, opening: NoteOpening) -> None:
    """An author knows of it; a second click changes nothing."""
    if not NoteOpeningSeen.objects.filter(opening=opening, by=by).exists():
        row_add(NoteOpeningSeen, opening=opening.pk, by=by.pk)


@deed
def note_rule_choose(*, by: User, school: School, rule: NoteRule, why: str) -> NoteRuleChange:
    """Choose who reads notes beside their authors, from now on. Raises `Refused` without a reason or a change."""
    if not why.strip():
        raise Refused("Напишите основание: приказ, решение службы.")
    if rule == rule_now(school):
        raise Refused("Это правило уже действует.")
    return NoteRuleChange.objects.create(school=school, rule=rule, why=why.strip(), by=by, at=school.now())


def _tell(school: School, author: Staff) -> None:
    login = User.objects.filter(staff=author, is_active=True).exclude(email="").first()
    if login is None:
        return
    page = reverse("notes:openings")
    where = f"{settings.PUBLIC_URL}{page}" if settings.PUBLIC_URL else "Опора → «Заметки службы» → «Вскрытия»"
    body = f"Руководитель службы вскрыл(а) вашу запись. Основание и срок — на странице.\n\n{where}\n"
    mail_put(school=school, to=login.email, subject="Опора: вскрыта ваша запись", body=body)


def _standing(note: ConfidentialNote) -> ConfidentialNote:
    rows = ConfidentialNote.objects.select_for_update(of=("self",)).select_related("school", "pupil", "author")
    row = rows.get(pk=note.pk)
    if row.taken_back_at is not None:
        raise Refused("Заметка отозвана: обновите страницу.")
    return row

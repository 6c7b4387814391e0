"""The one way to the words of confidential notes. Who is given them is written down first (docs/trust.md, 5, 16)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from consultations.models import ConfidentialNote, NoteReading, NoteRevision, NoteText
from consultations.note_reading import NOTE, NOTE_OPENED
from consultations.rules.notes import WhyRead
from consultations.selectors.notes import opening_now, pupils_of, why_readable
from consultations.services.adding import row_add
from school.models import User
from school.services.reading import log_reading


@dataclass(frozen=True, repr=False)
class NoteWords:
    """What a note says, and what it said before its corrections, the newest first. Prints as nothing."""

    words: str
    before: tuple[tuple[datetime, str], ...]

    def __repr__(self) -> str:
        return "<NoteWords: скрыто>"


@sensitive_variables()
def note_words(user: User, note: ConfidentialNote) -> NoteWords | None:
    """The words of a note that was found through `visible_to`; None for whoever may not have them.

    The reading is in both logs before the words are fetched, in one transaction with the fetch.
    """
    right = why_readable(user, note)
    if right is None:
        return None
    with transaction.atomic():
        opening = opening_now(user, note) if right == WhyRead.OPENED else None
        log_reading(by=user, pupils=pupils_of(note), what=NOTE_OPENED if opening is not None else NOTE)
        row_add(NoteReading, note=note.pk, by=user.pk, opening=opening.pk if opening is not None else None)
        words = NoteText.objects.values_list("words", flat=True).get(note=note)
        before = NoteRevision.objects.filter(note=note).order_by("-pk").values_list("at", "words")
        return NoteWords(words, tuple(before))

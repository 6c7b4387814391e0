"""That notes stand, who reads them and who opened them. Never their words: those are in `note_words.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consultations.models import (
    AppointmentPupil,
    ConfidentialNote,
    NoteOpening,
    NoteOpeningSeen,
    NoteReading,
    NoteRuleChange,
    NoteShare,
)
from consultations.permissions_talks import talk_scope
from consultations.rules.notes import OPEN_FOR, NoteFacts, NoteReader, WhyRead, open_until, why_read
from consultations.talk_words import NoteRule
from school.access import Viewer
from school.models import School, Staff, User


@dataclass(frozen=True)
class OpeningTold:
    """An opening with its end; `seen`: this author knows of it."""

    opening: NoteOpening
    until: datetime
    seen: bool

    @property
    def goes_on(self) -> bool:
        """Whether the words can be read by it now."""
        return self.until > timezone.now()


@dataclass(frozen=True)
class NotePage:
    """Everything of a note but its words. `right` is empty where the person may not read them."""

    note: ConfidentialNote
    pupils: tuple[str, ...]
    right: WhyRead | None
    own: bool
    rule_words: str
    named: tuple[NoteShare, ...]
    openings: tuple[OpeningTold, ...]
    readings: tuple[NoteReading, ...]
    may_open: bool
    may_name: bool


def rule_now(school: School) -> NoteRule:
    """The service's rule of today; without a choice of the head only the author reads."""
    last = NoteRuleChange.objects.filter(school=school).order_by("-pk").values_list("rule", flat=True).first()
    return NoteRule(last) if last else NoteRule.AUTHOR


def rule_changes(school: School) -> QuerySet[NoteRuleChange]:
    """All choices, the newest first."""
    return NoteRuleChange.objects.filter(school=school).select_related("by__staff").order_by("-pk")


def note_list(user: Viewer, *, pupil: int | None = None, own: bool = False) -> QuerySet[ConfidentialNote]:
    """That there are notes, the newest first; of a pupil also those on the pupil's meetings. One query when read."""
    rows = ConfidentialNote.objects.visible_to(user).filter(taken_back_at__isnull=True)
    if own:
        rows = rows.filter(author=talk_scope(user).staff)
    if pupil is not None:
        met = AppointmentPupil.objects.filter(appointment=OuterRef("appointment"), pupil=pupil)
        rows = rows.filter(Q(pupil=pupil) | Q(Exists(met), pupil__isnull=True))
    return rows.select_related("pupil", "author", "appointment", "school").order_by("-on", "-pk")


def why_readable(user: User, note: ConfidentialNote) -> WhyRead | None:
    """By what right this person may have the words now. Up to three queries."""
    scope = talk_scope(user)
    if not scope.service or scope.staff is None or scope.school != note.school_id:
        return None
    if scope.staff == note.author_id:
        return WhyRead.AUTHOR
    facts = NoteFacts(
        author=note.author_id,
        written_under=NoteRule(note.rule),
        rule_now=rule_now(note.school),
        named=frozenset(shares_of(note).values_list("colleague", flat=True)),
        opened=scope.head and opening_now(user, note) is not None,
    )
    return why_read(NoteReader(scope.staff, scope.head), facts)


def shares_of(note: ConfidentialNote) -> QuerySet[NoteShare]:
    """Colleagues whom the author has named for this note, or for all own notes on its pupil."""
    case = Q(pupil=note.pupil_id) if note.pupil_id is not None else Q(pk__in=[])
    return NoteShare.objects.filter(Q(note=note) | case, author=note.author_id, ended_at__isnull=True)


def openings_of(note: ConfidentialNote) -> QuerySet[NoteOpening]:
    """Of this note, and of all notes on its pupil that were made when it stood already; the newest first."""
    case = Q(pupil=note.pupil_id) if note.pupil_id is not None else Q(pk__in=[])
    return NoteOpening.objects.filter(Q(note=note) | case).order_by("-pk")


def opening_now(user: User, note: ConfidentialNote, now: datetime | None = None) -> NoteOpening | None:
    """This person's opening that still goes on."""
    return openings_of(note).filter(by=user, at__gt=(now or timezone.now()) - OPEN_FOR).first()


def note_page(user: User, note: ConfidentialNote) -> NotePage:
    """Of a note that was found through `visible_to`. Who opened and read it is told to its author and the head."""
    scope = talk_scope(user)
    own = scope.staff == note.author_id
    told = own or scope.head
    right = why_readable(user, note)
    shares = shares_of(note).select_related("colleague")
    return NotePage(
        note=note,
        pupils=tuple(note_pupils(note)),
        right=right,
        own=own,
        rule_words=NoteRule(note.rule).label,
        named=tuple(shares),
        openings=tuple(_openings(user, openings_of(note))) if told else (),
        readings=tuple(note.readings.select_related("by__staff")[:20]) if told else (),
        may_open=scope.head and right is None,
        may_name=own and note.rule == NoteRule.NAMED,
    )


def note_pupils(note: ConfidentialNote) -> Iterable[str]:
    """Names of those whom the note is about."""
    if note.pupil is not None:
        return [note.pupil.list_name]
    rows = AppointmentPupil.objects.filter(appointment=note.appointment_id).select_related("pupil")
    return [row.pupil.list_name for row in rows.order_by("pupil__sort_key")]


def pupils_of(note: ConfidentialNote) -> list[int]:
    """Keys of those whom the note is about, for the log of readings."""
    if note.pupil_id is not None:
        return [note.pupil_id]
    return list(AppointmentPupil.objects.filter(appointment=note.appointment_id).values_list("pupil", flat=True))


def openings_told(user: User) -> list[OpeningTold]:
    """For the head all of the school, for anybody else those of the own notes; the newest first. Two queries."""
    scope = talk_scope(user)
    rows = NoteOpening.objects.filter(school=scope.school)
    if not scope.head:
        rows = rows.filter(_of_author(scope.staff))
    return list(_openings(user, rows.order_by("-pk")[:100]))


def openings_unseen(user: User) -> QuerySet[NoteOpening]:
    """Openings of own notes that this author has not acknowledged; the own ones of a head are known."""
    scope = talk_scope(user)
    seen = NoteOpeningSeen.objects.filter(opening=OuterRef("pk"), by=user.pk)
    rows = NoteOpening.objects.filter(_of_author(scope.staff), ~Exists(seen), school=scope.school)
    return rows.exclude(by=user.pk)


def authors_of(opening: NoteOpening) -> QuerySet[Staff]:
    """Whose notes it opened."""
    notes = ConfidentialNote.objects.filter(pupil=opening.pupil_id)
    if opening.note_id is not None:
        notes = ConfidentialNote.objects.filter(pk=opening.note_id)
    return Staff.objects.filter(pk__in=notes.order_by().values("author"))


def _of_author(staff: int | None) -> Q:
    mine = ConfidentialNote.objects.filter(author=staff, at__lte=timezone.now()).order_by()
    return Q(note__author=staff) | Q(pupil__in=mine.filter(pupil__isnull=False).values("pupil"))


def _openings(user: User, rows: QuerySet[NoteOpening]) -> Iterable[OpeningTold]:
    seen = set(NoteOpeningSeen.objects.filter(by=user).values_list("opening", flat=True))
    for row in rows.select_related("by__staff", "pupil", "note__pupil"):
        yield OpeningTold(row, open_until(row.at), row.pk in seen)

"""Meetings: booked, moved, cancelled, held, missed, reopened. What cannot be is refused with what is free instead."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from consultations.models import Appointment, AppointmentPupil
from consultations.rules.free_times import Day, Piece, Span, clashes, day_words, is_open, said
from consultations.selectors.free import Sought, days_of, nearest_free
from consultations.services.allowing import Urgent, consents_needed, urgent_record
from consultations.services.stepping import days_locked, meeting_move, meeting_seen, meeting_step
from consultations.words import WITHOUT_CHILD, MeetingDeed, MeetingKind, MeetingState, WhyCancelled
from risk_registry.categories import AnswerKind, SignalState
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer, signal_reopen
from school.access import access_of
from school.busy_times import minutes_of, room_name
from school.models import AcademicYear, Guardian, Pupil, Staff, User

_SHORTEST, _LONGEST = 5, 240
_OCCASION, _COMMENT = 200, 300
_TAKEN = ("appointment_specialist_once", "appointment_room_once", "appointment_pupil_once")


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What is asked about a meeting. `colleague` only for the kind `STAFF`."""

    specialist: Staff
    kind: str
    on: date
    time_from: time
    time_to: time
    room: str = ""
    occasion: str = ""
    colleague: Staff | None = None

    @property
    def piece(self) -> Piece:
        """The time as rules take it."""
        return Piece(self.on, Span(minutes_of(self.time_from), minutes_of(self.time_to)), self.room)


@dataclass(frozen=True, slots=True)
class Invited:
    """A pupil whom the meeting is about; `guardian` comes in the pupil's place (kind `PARENTS`), if known."""

    pupil: Pupil
    guardian: Guardian | None = None


class TimeTaken(Refused):
    """The time is taken or closed. `free` are the nearest times at which all can meet."""

    def __init__(self, message: str, against: Sequence[str], free: Sequence[Piece]) -> None:
        told = "; ".join(piece.words for piece in free)
        offer = f"Ближайшее свободное время: {told}." if free else "Свободного времени в ближайшие три недели нет."
        super().__init__(message, [*against, offer])
        self.free = tuple(free)


class NeedsWord(Refused):
    """The time is free but something would be missed: the person is asked to say that it is meant."""


@deed
def appointment_book(
    *,
    by: User,
    draft: MeetingDraft,
    invited: Sequence[Invited] = (),
    urgent: Urgent | None = None,
    confirmed: bool = False,
    signal: Signal | None = None,
) -> Appointment:
    """A new meeting. `urgent` stands in for the parents' consent; `confirmed`: what would be missed was read.

    Raises `TimeTaken` with free times, `NeedsWord`, `ConsentsMissing` (`services/allowing.py`), `Refused` otherwise.
    """
    draft = replace(draft, room=room_name(draft.room))
    year = _year_of(draft)
    _check(draft, invited)
    days_locked(year.school, [draft.on])
    present = [one.pupil for one in invited] if draft.kind not in WITHOUT_CHILD else []
    consents = consents_needed(draft.kind, present, draft.on, urgent)
    sought = Sought(draft.specialist, draft.on, draft.on, present, draft.colleague, draft.room)
    outside = _check_time(by, sought, draft, confirmed=confirmed)
    meeting = _row(by, year, draft, outside=outside)
    with _kept(sought, draft):
        meeting.save()
        AppointmentPupil.objects.bulk_create(
            _line(meeting, one, consents.get(one.pupil.pk), present=one.pupil in present) for one in invited
        )
    meeting_step(by, meeting, MeetingDeed.BOOK)
    if urgent is not None:
        urgent_record(by=by, meeting=meeting, urgent=urgent)
    if signal is not None:
        _answer(by, meeting, signal, [one.pupil for one in invited])
    return meeting


@deed
def appointment_move(
    *,
    by: User,
    appointment: Appointment,
    version: int,
    on: date,
    time_from: time,
    time_to: time,
    room: str | None = None,
    confirmed: bool = False,
    comment: str = "",
) -> Appointment:
    """Another day, time or room (None: the same) for a planned meeting. Raises as `appointment_book`."""
    meeting = meeting_seen(appointment, version)
    was = f"с {meeting.on:%d.%m.%Y} {meeting.time_words}" + (f", каб. {meeting.room}" if meeting.room else "")
    place = meeting.room if room is None else room_name(room)
    draft = replace(_draft_of(meeting), on=on, time_from=time_from, time_to=time_to, room=place)
    meeting.year = _year_of(draft)
    _check_length(draft)
    days_locked(meeting.school, [meeting.on, on])
    lines = list(meeting.pupils.select_related("pupil"))
    _allow_again(meeting, lines, on)
    sought = Sought(meeting.specialist, on, on, _present(lines), meeting.colleague, place, meeting.pk)
    meeting.off_hours = _check_time(by, sought, draft, confirmed=confirmed)
    meeting.on, meeting.time_from, meeting.time_to, meeting.room = on, time_from, time_to, place
    with _kept(sought, draft):
        meeting_move(by, meeting, MeetingDeed.MOVE, "; ".join(filter(None, [was, comment.strip()[:_COMMENT]])))
    return meeting


@deed
def appointment_cancel(*, by: User, appointment: Appointment, version: int, why: str, comment: str = "") -> Appointment:
    """A planned meeting does not take place, for a reason; «другое» is told in words. Its time is free again."""
    meeting = meeting_seen(appointment, version)
    meeting.why = WhyCancelled(why)
    if meeting.why == WhyCancelled.OTHER and not comment.strip():
        raise Refused("Напишите, почему встреча отменена.")
    meeting_move(by, meeting, MeetingDeed.CANCEL, comment[:_COMMENT])
    _unanswer(by, meeting)
    return meeting


@deed
def appointment_hold(
    *, by: User, appointment: Appointment, version: int, came: Collection[int] = (), comment: str = ""
) -> Appointment:
    """The meeting took place; `came` are keys of pupils, the others did not come. Raises `Refused` before its day."""
    meeting = meeting_seen(appointment, version)
    _check_begun(meeting)
    lines = list(meeting.pupils.all())
    if lines and not {line.pupil_id for line in lines} & set(came):
        raise Refused("Никто не отмечен. Если не пришёл никто, отметьте «Не пришли».")
    meeting_move(by, meeting, MeetingDeed.HOLD, comment[:_COMMENT])
    meeting.pupils.filter(pupil__in=came).update(came=True)
    meeting.pupils.exclude(pupil__in=came).update(came=False)
    return meeting


@deed
def appointment_miss(*, by: User, appointment: Appointment, version: int, comment: str = "") -> Appointment:
    """Nobody came, and nobody had said so before. Raises `Refused` before its day."""
    meeting = meeting_seen(appointment, version)
    _check_begun(meeting)
    meeting_move(by, meeting, MeetingDeed.MISS, comment[:_COMMENT])
    meeting.pupils.update(came=False)
    return meeting


@deed
def appointment_reopen(*, by: User, appointment: Appointment, version: int, comment: str = "") -> Appointment:
    """Take a record or a cancelling back: planned again. Raises `TimeTaken` when the time was given to others since."""
    meeting = meeting_seen(appointment, version)
    days_locked(meeting.school, [meeting.on])
    lines = list(meeting.pupils.select_related("pupil"))
    was_free = meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED)
    meeting.why = ""
    draft = _draft_of(meeting)
    sought = Sought(
        meeting.specialist, meeting.on, meeting.on, _present(lines), meeting.colleague, meeting.room, meeting.pk
    )
    if was_free:
        _allow_again(meeting, lines, meeting.on)
        _check_free(sought, draft)
    with _kept(sought, draft):
        meeting_move(by, meeting, MeetingDeed.REOPEN, comment[:_COMMENT])
    meeting.pupils.update(came=None)
    return meeting


def _year_of(draft: MeetingDraft) -> AcademicYear:
    school = draft.specialist.school
    found = school.years.select_related("school").filter(starts__lte=draft.on, ends__gte=draft.on).first()
    if found is None:
        raise Refused("Этот день не входит ни в один учебный год школы: проверьте дату.")
    return found


def _check(draft: MeetingDraft, invited: Sequence[Invited]) -> None:
    _check_length(draft)
    kind = MeetingKind(draft.kind)
    if draft.specialist == draft.colleague:
        raise Refused("Специалист и педагог — один человек: выберите другого.")
    if kind == MeetingKind.STAFF and draft.colleague is None:
        raise Refused("Выберите педагога, с которым встреча.")
    if kind != MeetingKind.STAFF and not invited:
        raise Refused("Выберите, о ком встреча: хотя бы одного обучающегося.")
    if kind == MeetingKind.INDIVIDUAL and len(invited) > 1:
        raise Refused("Индивидуальная встреча — с одним обучающимся. Для нескольких выберите «Групповая».")
    if any(one.guardian is not None for one in invited) and kind != MeetingKind.PARENTS:
        raise Refused("Представителя указывают для встречи с родителями.")
    for one in invited:
        if one.guardian is not None and not one.pupil.guardianships.filter(guardian=one.guardian).exists():
            raise Refused(f"{one.guardian.full_name}: не записан представителем ({one.pupil.list_name}).")


def _check_length(draft: MeetingDraft) -> None:
    length = minutes_of(draft.time_to) - minutes_of(draft.time_from)
    if not _SHORTEST <= length <= _LONGEST:
        raise Refused("Встреча длится от 5 минут до 4 часов: проверьте начало и конец.")


def _check_begun(meeting: Appointment) -> None:
    if meeting.on > meeting.school.today():
        raise Refused("Этот день ещё не наступил: отметить можно то, что уже было.")


def _check_time(by: User, sought: Sought, draft: MeetingDraft, *, confirmed: bool) -> bool:
    """Whether the time is outside of the hours (only the specialist may choose such). Raises as is said above."""
    own = access_of(by).staff == draft.specialist
    day = _check_free(sought, draft)
    piece = draft.piece
    outside = not is_open(day, piece.span, draft.kind)
    if not own:
        if draft.on < sought.school.today():
            raise Refused("Этот день уже прошёл. Прошедшую встречу записывает сам специалист.")
        if outside:
            free = nearest_free(sought, piece, kind=draft.kind)
            raise TimeTaken(f"{piece.words}: в это время специалист не принимает.", [], free)
    told = [f"{one}." for one in said(day, piece.span, draft.room)]
    if outside:
        told.append("Это время вне часов приёма.")
    if sought.but is not None and draft.on < sought.school.today():
        told.append("Этот день уже прошёл.")
    if told and not confirmed:
        raise NeedsWord("Время свободно, но есть что учесть. Если так и нужно, подтвердите это.", told)
    return outside


def _check_free(sought: Sought, draft: MeetingDraft) -> Day:
    day = days_of(sought)[draft.on]
    against = clashes(day, draft.piece.span, draft.room)
    if against:
        raise _taken(sought, draft, [f"{one}." for one in against])
    return day


def _taken(sought: Sought, draft: MeetingDraft, against: Sequence[str]) -> TimeTaken:
    free = nearest_free(sought, draft.piece, kind=draft.kind)
    return TimeTaken(f"{day_words(draft.on).capitalize()}, {draft.piece.time_words} — занято.", against, free)


@contextmanager
def _kept(sought: Sought, draft: MeetingDraft) -> Iterator[None]:
    """The database saw what another person wrote a moment ago."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not any(name in str(error) for name in _TAKEN):
            raise
        raise _taken(sought, draft, ["Это время только что заняли."]) from error


def _row(by: User, year: AcademicYear, draft: MeetingDraft, *, outside: bool) -> Appointment:
    return Appointment(
        school=year.school,
        year=year,
        specialist=draft.specialist,
        colleague=draft.colleague if draft.kind == MeetingKind.STAFF else None,
        kind=MeetingKind(draft.kind),
        on=draft.on,
        time_from=draft.time_from,
        time_to=draft.time_to,
        room=draft.room,
        occasion=" ".join(draft.occasion.split())[:_OCCASION],
        off_hours=outside,
        booked_by=by,
        booked_at=year.school.now(),
    )


def _line(meeting: Appointment, one: Invited, consent: int | None, *, present: bool) -> AppointmentPupil:
    return AppointmentPupil(
        appointment=meeting,
        pupil=one.pupil,
        guardian=one.guardian,
        consent_id=consent,
        present=present,
        on=meeting.on,
        time_from=meeting.time_from,
        time_to=meeting.time_to,
        state=meeting.state,
    )


def _draft_of(meeting: Appointment) -> MeetingDraft:
    return MeetingDraft(
        meeting.specialist,
        meeting.kind,
        meeting.on,
        meeting.time_from,
        meeting.time_to,
        meeting.room,
        meeting.occasion,
        meeting.colleague,
    )


def _present(lines: Sequence[AppointmentPupil]) -> list[Pupil]:
    return [line.pupil for line in lines if line.present]


def _allow_again(meeting: Appointment, lines: Sequence[AppointmentPupil], on: date) -> None:
    """The consents on the new day; what was urgent has its grounds already."""
    if hasattr(meeting, "urgent"):
        return
    consents = consents_needed(meeting.kind, _present(lines), on, None)
    for line in lines:
        if line.consent_id != consents.get(line.pupil_id, line.consent_id):
            AppointmentPupil.objects.filter(pk=line.pk).update(consent=consents[line.pupil_id])


def _answer(by: User, meeting: Appointment, signal: Signal, pupils: Sequence[Pupil]) -> None:
    if signal.pupil_id not in [pupil.pk for pupil in pupils]:
        raise Refused("Сигнал — о другом обучающемся.")
    signal_answer(
        signal=signal, kind=AnswerKind.MEETING, by=by, on=meeting.school.today(), reference=_reference(meeting)
    )


def _unanswer(by: User, meeting: Appointment) -> None:
    """What only a cancelled meeting had answered is open again."""
    reference = _reference(meeting)
    for signal in Signal.objects.filter(responses__reference=reference, state=SignalState.ACTED):
        if not signal.responses.exclude(reference=reference).exists():
            signal_reopen(by=by, signal=signal, reason="встреча отменена")


def _reference(meeting: Appointment) -> str:
    return f"meeting:{meeting.pk}"

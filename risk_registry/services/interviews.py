"""The administration's interviews: planned many at once, held, noted, corrected, cancelled. Nothing is demanded."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from common.authorship import deed
from common.errors import Refused
from risk_registry.categories import DeedKind, SignalState
from risk_registry.interviews import INTERVIEW, STANDING, InterviewDeed, InterviewKind, InterviewState
from risk_registry.models import Interview, InterviewStep, Signal
from risk_registry.services.answers import deed_record, signal_reopen
from school.models import AcademicYear, Period, Pupil, SchoolClass, Staff, User

_AHEAD = "Провести можно только уже наступившим днём. Если собеседование впереди, запланируйте его."
_CHANGED = "Собеседование уже изменил кто-то другой: обновите страницу и решите ещё раз. Ничего не записано."
_TOLD = ["about", "agreed", "next_on"]


@dataclass(frozen=True)
class Partner:
    """With whom and for which time a talk is: a class teacher with class and month, else a period."""

    kind: InterviewKind
    staff: Staff | None = None
    pupil: Pupil | None = None
    school_class: SchoolClass | None = None
    month: date | None = None
    period: Period | None = None

    @property
    def found(self) -> Q:
        """Interviews of the same kind, person and time."""
        same = Q(kind=self.kind, staff=self.staff, pupil=self.pupil, month=self.month, period=self.period)
        return same & Q(school_class=self.school_class) if self.kind == InterviewKind.MONTHLY else same


@dataclass(frozen=True)
class Told:
    """What is written about a talk; everything but the day may stay empty."""

    on: date
    about: str = ""
    agreed: str = ""
    next_on: date | None = None
    pupils: Sequence[Pupil] = ()


@deed
def interviews_plan(*, by: User, year: AcademicYear, partners: Iterable[Partner], on: date) -> int:
    """Plan a talk with each of them on one day; returns how many are new. Who has one already is left alone.

    Raises `Refused` for a day that is over or of another year.
    """
    if on < year.school.today():
        raise Refused("Этот день прошёл. Если собеседование уже было, нажмите «Проведено».")
    _check_day(year, on)
    return len([_create(by, year, one, on) for one in _without(year, partners, STANDING)])


@deed
def interviews_hold(*, by: User, year: AcademicYear, partners: Iterable[Partner], on: date) -> int:
    """Note that a talk with each of them was held on that day, planned before or not; returns how many.

    Who has a held one already is left alone. Raises `Refused` for a day to come or of another year.
    """
    _check_day(year, on)
    held = 0
    for one in _without(year, partners, (InterviewState.HELD,)):
        planned = Interview.objects.filter(one.found, year=year, state=InterviewState.PLANNED).first()
        interview_hold(by=by, interview=planned or _create(by, year, one, on), told=Told(on))
        held += 1
    return held


def _without(year: AcademicYear, partners: Iterable[Partner], states: Collection[str]) -> list[Partner]:
    """Those who have no talk in such a state; two people who plan at once wait for each other."""
    AcademicYear.objects.select_for_update(no_key=True).get(pk=year.pk)
    rows = Interview.objects.filter(year=year, state__in=states)
    return [one for one in partners if not rows.filter(one.found).exists()]


def _create(by: User, year: AcademicYear, one: Partner, on: date) -> Interview:
    school = year.school
    row = Interview.objects.create(
        school=school,
        year=year,
        kind=one.kind,
        month=one.month,
        period=one.period,
        school_class=one.school_class,
        staff=one.staff,
        pupil=one.pupil,
        leader=by,
        planned_on=on,
        at=school.now(),
    )
    InterviewStep.objects.create(interview=row, to_state=row.state, by=by, at=school.now(), version=row.version)
    return row


@deed
def interview_hold(*, by: User, interview: Interview, told: Told, signals: Collection[Signal] = ()) -> Interview:
    """Note that the talk was held, with a few words or none; of one with a pupil, let it answer the chosen signals.

    Raises `Refused` for a day to come, when it is not planned any more, and when a signal is no longer open.
    """
    row = _locked(interview)
    _check_held(row, told.on)
    _step(row, InterviewDeed.HOLD, by)
    row.held_on, row.leader = told.on, by
    _tell(row, told)
    if row.pupil is not None:
        row.deed = deed_record(
            by=by, pupil=row.pupil, kind=DeedKind.TALK, on=told.on, text=_in_story(row), signals=signals
        )
    row.save()
    return row


@deed
def interview_move(*, by: User, interview: Interview, on: date) -> Interview:
    """Give a planned talk another day. Raises `Refused` for one that is over, and when it is not planned any more."""
    row = _locked(interview)
    if row.state != InterviewState.PLANNED:
        raise Refused(_CHANGED)
    if on < row.school.today():
        raise Refused("Этот день прошёл. Если собеседование уже было, нажмите «Проведено».")
    _check_day(row.year, on)
    row.planned_on = on
    row.save(update_fields=["planned_on"])
    return row


@deed
def interview_correct(*, by: User, interview: Interview, told: Told) -> Interview:
    """Correct the day and the words of a talk that was held; the pupil's story follows. Raises as `interview_hold`."""
    row = _locked(interview)
    if row.state != InterviewState.HELD:
        raise Refused(_CHANGED)
    _check_held(row, told.on)
    row.held_on = told.on
    _tell(row, told)
    row.save()
    if row.deed is not None:
        row.deed.on, row.deed.text = told.on, _in_story(row)
        row.deed.save(update_fields=["on", "text"])
    return row


@deed
def interview_cancel(*, by: User, interview: Interview, why: str = "") -> None:
    """Call a planned talk off. Raises `Refused` when it is not planned any more."""
    row = _locked(interview)
    _step(row, InterviewDeed.CANCEL, by, why)
    row.save(update_fields=["state", "version"])


@deed
def interview_reopen(*, by: User, interview: Interview, why: str = "") -> None:
    """Take «held» or «cancelled» back: it is planned again. Signals that it answered are open again.

    Raises `Refused` when it is planned already, and without a reason where it was held.
    """
    row = _locked(interview)
    _step(row, InterviewDeed.REOPEN, by, why)
    record, row.held_on, row.deed = row.deed, None, None
    row.save(update_fields=["state", "version", "held_on", "deed"])
    if record is None:
        return
    answered = Signal.objects.filter(responses__reference=f"deed:{record.pk}", state=SignalState.ACTED)
    for signal in answered.select_related("school"):
        signal_reopen(by=by, signal=signal, reason="запись о собеседовании снята")
    record.delete()


def _locked(interview: Interview) -> Interview:
    rows = Interview.objects.select_for_update(of=("self",)).select_related("school", "year__school", "pupil__school")
    return rows.select_related("deed").get(pk=interview.pk)


def _step(row: Interview, what: InterviewDeed, by: User, comment: str = "") -> None:
    step = INTERVIEW.step(what, row.state, comment)
    before, row.state, row.version = row.state, step.target, row.version + 1
    InterviewStep.objects.create(
        interview=row,
        from_state=before,
        to_state=row.state,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )


def _tell(row: Interview, told: Told) -> None:
    for name in _TOLD:
        setattr(row, name, getattr(told, name))
    row.pupils.set(told.pupils)


def _in_story(row: Interview) -> str:
    """What everybody who sees the pupil may read: that it was, and what was agreed; never the note."""
    return f"собеседование с администрацией. {row.agreed}"[:500] if row.agreed else "собеседование с администрацией"


def _check_held(row: Interview, on: date) -> None:
    if on > row.school.today():
        raise Refused(_AHEAD)
    _check_day(row.year, on)


def _check_day(year: AcademicYear, on: date) -> None:
    if not year.starts <= on <= year.ends:
        raise Refused(f"Этот день не относится к учебному году {year}. Проверьте дату.")

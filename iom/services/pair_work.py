"""What a pair does: meetings that were held or missed, assessments half-way and at the end."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.mentoring import Outcome, PairState, Stage
from iom.models import MentoringPair, PairAssessment, PairMeeting
from school.models import User


@dataclass(frozen=True)
class Met:
    """A meeting: held, or missed with the reason in `text`."""

    on: date
    held: bool = True
    minutes: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Assessed:
    """An assessment of a pair."""

    stage: Stage
    on: date
    outcome: Outcome
    text: str = ""


@deed
def meeting_record(*, by: User, pair: MentoringPair, met: Met) -> PairMeeting:
    """Write a meeting down. Raises `Refused` out of the pair's days, for a day that has one, for a miss without why."""
    row = _locked(pair)
    _check(row, met)
    if row.meetings.filter(on=met.on, removed_at__isnull=True).exists():
        raise Refused("За этот день запись уже есть: исправьте её.")
    meeting = PairMeeting(school=row.school, pair=row, pupil=row.pupil, by=by, at=row.school.now())
    return _write(meeting, met)


@deed
def meeting_correct(*, by: User, meeting: PairMeeting, met: Met) -> PairMeeting:
    """Correct a meeting. Raises as `meeting_record`, and for one that was taken back."""
    row = _locked(meeting.pair)
    _check(row, met)
    standing = row.meetings.filter(removed_at__isnull=True)
    kept = standing.filter(pk=meeting.pk).first()
    if kept is None:
        raise Refused("Эту запись уже отозвали: обновите страницу.")
    if standing.filter(on=met.on).exclude(pk=kept.pk).exists():
        raise Refused("За этот день есть другая запись.")
    return _write(kept, met)


@deed
def pair_assess(*, by: User, pair: MentoringPair, assessed: Assessed) -> PairAssessment:
    """Write an assessment, or correct that of the stage. Raises `Refused` out of the pair's days."""
    row = _locked(pair)
    _check_day(row, assessed.on)
    standing = row.assessments.filter(stage=assessed.stage, removed_at__isnull=True).first()
    found = standing or PairAssessment(
        school=row.school, pair=row, pupil=row.pupil, stage=assessed.stage, by=by, at=row.school.now()
    )
    found.on, found.outcome, found.text = assessed.on, assessed.outcome, assessed.text
    found.save()
    return found


def _write(meeting: PairMeeting, met: Met) -> PairMeeting:
    meeting.on, meeting.held, meeting.text = met.on, met.held, met.text
    meeting.minutes = met.minutes if met.held else None
    meeting.save()
    return meeting


def _check(pair: MentoringPair, met: Met) -> None:
    _check_day(pair, met.on)
    if not met.held and not met.text:
        raise Refused("Напишите, почему встреча не состоялась: «не состоялась» ещё не значит «не помогла».")


def _check_day(pair: MentoringPair, on: date) -> None:
    if pair.state == PairState.PROPOSED:
        raise Refused("Пара ещё не начала работу: сначала её запускают.")
    if on > pair.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    if on < pair.begins or (pair.ended_on is not None and on > pair.ended_on):
        raise Refused("В этот день пара не работала. Проверьте дату.")


def _locked(pair: MentoringPair) -> MentoringPair:
    return MentoringPair.objects.select_for_update(of=("self",)).select_related("school", "pupil").get(pk=pair.pk)

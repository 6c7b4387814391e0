"""Referrals from their sending to the answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from common.authorship import deed
from common.errors import Refused
from consultations.models import Referral, ReferralStep
from consultations.services.advice import Advice, recommendation_give
from consultations.talk_words import (
    REFERRAL,
    Knows,
    ReferralDeed,
    ReferralState,
    Specialist,
)
from risk_registry.categories import AnswerKind
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer
from school.access import pupils_for
from school.models import Pupil, Responsibility, Staff, User
from school.roles import ResponsibilityKind
from school.selectors import current_year

_OF_KIND = {
    Specialist.PSYCHOLOGIST: ResponsibilityKind.PSYCHOLOGIST,
    Specialist.SOCIAL_PEDAGOGUE: ResponsibilityKind.SOCIAL_PEDAGOGUE,
    Specialist.SPEECH_THERAPIST: ResponsibilityKind.SPEECH_THERAPIST,
}


@dataclass(frozen=True)
class Request:
    """What a teacher asks: whom (a kind, perhaps a person), what was seen and tried, whether the parents know."""

    to_kind: Specialist
    knows: Knows
    to: Staff | None = None
    seen: Sequence[str] = ()
    tried: Sequence[str] = ()
    text: str = ""


@deed
def referral_send(*, by: User, pupil: Pupil, asked: Request, signals: Collection[Signal] = ()) -> Referral:
    """Ask the service for help about a visible pupil; it answers the chosen signals of the pupil.

    Raises `Refused` when nothing is said, when the same person waits for the same specialist already, outside of a
    school year, and for a signal that is no longer open.
    """
    year = current_year(pupil.school)
    if year is None:
        raise Refused("Сейчас нет учебного года: направить можно, когда он откроется.")
    if not asked.seen and not asked.text.strip():
        raise Refused("Отметьте, что заметили, или напишите об этом коротко.")
    mine = Referral.objects.filter(pupil=pupil, by=by, to_kind=asked.to_kind, to=asked.to)
    if mine.open().exists():
        raise Refused("Ваше направление этого ученика к этому специалисту уже ждёт ответа.")
    row = Referral.objects.create(
        school=pupil.school,
        year=year,
        pupil=pupil,
        to_kind=asked.to_kind,
        to=asked.to,
        seen=list(asked.seen),
        tried=list(asked.tried),
        knows=asked.knows,
        text=asked.text.strip(),
        by=by,
        at=pupil.school.now(),
    )
    for signal in signals:
        reference, today = f"referral:{row.pk}", pupil.school.today()
        signal_answer(signal=signal, kind=AnswerKind.REFERRAL, by=by, on=today, reference=reference)
    return row


@deed
def referral_take(*, by: User, referral: Referral) -> Referral:
    """A specialist takes it; whoever did not see the pupil does so from now to the end of the year."""
    row = _locked(referral)
    assert by.staff is not None
    _step(row, ReferralDeed.TAKE, by)
    row.taken_by, row.taken_at = by.staff, row.school.now()
    row.save()
    if not pupils_for(by).filter(pk=row.pupil_id).exists():
        _answers_for(row, by.staff)
    return row


@deed
def referral_release(*, by: User, referral: Referral) -> None:
    """Put it back into the queue: another one takes it. What was seen because of it is seen no longer."""
    row = _locked(referral)
    _step(row, ReferralDeed.RELEASE, by)
    if row.taken_by is not None and row.taken_at is not None:
        since = localdate(row.taken_at)
        mine = Responsibility.objects.filter(pupil=row.pupil_id, person=row.taken_by, kind=_kind(row))
        mine.filter(starts=since, ends=row.year.ends).delete()
    row.taken_by, row.taken_at = None, None
    row.save()


@deed
def referral_answer(*, by: User, referral: Referral, text: str, advice: Advice | None = None) -> Referral:
    """Answer the sender; `advice` becomes a recommendation that everybody who sees the pupil can read.

    Raises `Refused` when nothing is said.
    """
    row = _locked(referral)
    if not text.strip() and advice is None:
        raise Refused("Напишите ответ учителю или рекомендацию.")
    assert by.staff is not None
    _step(row, ReferralDeed.ANSWER, by)
    if row.taken_by is None:
        row.taken_by, row.taken_at = by.staff, row.school.now()
    row.answer, row.answered_at = text.strip(), row.school.now()
    row.save()
    if advice is not None:
        recommendation_give(by=by, pupil=row.pupil, advice=advice, referral=row)
    return row


@deed
def referral_reopen(*, by: User, referral: Referral) -> None:
    """Take the answer back into work; what was answered stands until it is answered anew."""
    row = _locked(referral)
    _step(row, ReferralDeed.REOPEN, by)
    row.answered_at, row.noted_at = None, None
    row.save()


@deed
def referral_withdraw(*, by: User, referral: Referral, why: str) -> None:
    """The sender takes it back with a reason. Raises `Refused` once it is answered."""
    row = _locked(referral)
    if not why.strip():
        raise Refused("Напишите, почему отзываете: специалист увидит это.")
    _step(row, ReferralDeed.WITHDRAW, by, why.strip())
    row.save()


@deed
def referral_note(*, by: User, referral: Referral) -> None:
    """The sender has read the answer; a second time changes nothing."""
    row = _locked(referral)
    if row.state != ReferralState.ANSWERED:
        raise Refused("Ответа ещё нет: обновите страницу.")
    if row.noted_at is None:
        row.noted_at = row.school.now()
        row.save(update_fields=["noted_at"])


def _answers_for(row: Referral, staff: Staff) -> None:
    today = row.school.today()
    Responsibility.objects.create(person=staff, pupil=row.pupil, kind=_kind(row), starts=today, ends=row.year.ends)


def _kind(row: Referral) -> ResponsibilityKind:
    return _OF_KIND[Specialist(row.to_kind)]


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("school", "year", "pupil__school")
    return rows.select_related("school", "year", "pupil__school", "taken_by").get(pk=referral.pk)


def _step(row: Referral, what: ReferralDeed, by: User, comment: str = "") -> None:
    before, target = row.state, REFERRAL.step(what, row.state, comment).target
    row.state, row.version = target, row.version + 1
    ReferralStep.objects.create(
        referral=row,
        deed=what,
        from_state=before,
        to_state=target,
        by=by,
        at=row.school.now(),
        comment=comment,
        version=row.version,
    )

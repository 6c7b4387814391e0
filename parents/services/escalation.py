"""Decisions about families that evade their duties: each by a person, with grounds. Nothing is sent by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from consultations.councils import CouncilKind, Initiator, PetitionState, Reason
from consultations.models import Petition, Referral
from consultations.services.adding import row_add
from consultations.services.petitions import Asked, petition_send, petition_withdraw
from consultations.services.referrals import Request, referral_send, referral_withdraw
from consultations.talk_words import Knows, ReferralState, Specialist
from parents.escalation_words import CaseOutcome, CaseState, StepKind, StepState
from parents.models import FamilyCase, FamilyFact, FamilyPrint, FamilyStep
from parents.rules.escalation import Fact
from school.models import Pupil, User
from school.permissions import leads_class_of
from school.selectors import current_year

_CHANGED = "Пока вы решали, запись изменил кто-то другой: обновите страницу."
_OVER = "Эти решения уже завершены или отозваны: обновите страницу."
_SPECIALISTS = {StepKind.PSYCHOLOGIST: Specialist.PSYCHOLOGIST, StepKind.SOCIAL: Specialist.SOCIAL_PEDAGOGUE}
_COUNCILS = {StepKind.SMALL_COUNCIL: CouncilKind.SMALL, StepKind.PREVENTION: CouncilKind.PREVENTION}


@dataclass(frozen=True)
class Decision:
    """To whom the school turns, why, and until when an outcome is expected."""

    kind: StepKind
    grounds: str
    due: date | None = None


@deed
def case_open(*, by: User, pupil: Pupil, grounds: str, facts: Sequence[Fact] = ()) -> FamilyCase:
    """A person opens a case on grounds; `facts` are those that the person ticked.

    Raises `Refused` without grounds, outside of a school year, and while a case of the pupil goes on.
    """
    year = current_year(pupil.school)
    if year is None:
        raise Refused("Учебного года ещё нет: решения записывают внутри года.")
    text = _said(grounds, "Напишите основания своими словами: что было, когда, что школа уже сделала.")
    if FamilyCase.objects.filter(pupil=pupil, state=CaseState.OPEN).exists():
        raise Refused("По этому ученику решения уже идут: откройте их и добавьте шаг.")
    row = FamilyCase.objects.create(
        school=pupil.school, year=year, pupil=pupil, grounds=text, opened_by=by, opened_on=pupil.school.today()
    )
    _keep_facts(row, facts)
    return row


@deed
def case_correct(*, by: User, case: FamilyCase, version: int, grounds: str, facts: Sequence[Fact]) -> FamilyCase:
    """Correct the grounds and the ticked facts of an open case."""
    row = _locked(case, version)
    row.grounds = _said(grounds, "Основания не могут быть пустыми: если решение ошибочное, отзовите его.")
    wanted = {(fact.kind.value, fact.key) for fact in facts}
    for known in row.facts.all():
        if (known.kind, known.row) not in wanted:
            known.delete()
    _keep_facts(row, facts)
    return _moved(row)


@deed
def case_close(*, by: User, case: FamilyCase, version: int, outcome: str, text: str) -> FamilyCase:
    """End the case with its outcome. Raises `Refused` while a step waits for its own."""
    row = _locked(case, version)
    if row.steps.filter(state=StepState.OPEN).exists():
        raise Refused("Есть шаги без исхода: запишите исход каждого или отмените шаг.")
    row.outcome = CaseOutcome(outcome)
    return _ended(row, by, CaseState.CLOSED, _said(text, "Напишите, чем закончилось."))


@deed
def case_withdraw(*, by: User, case: FamilyCase, version: int, why: str) -> FamilyCase:
    """The case was a mistake: it stays, withdrawn, with the reason; its open steps are withdrawn with it."""
    row = _locked(case, version)
    text = _said(why, "Напишите, почему решение отзывается.")
    for step in row.steps.filter(state=StepState.OPEN):
        _call_off(step, by, text)
    return _ended(row, by, CaseState.WITHDRAWN, text)


@deed
def step_decide(*, by: User, case: FamilyCase, version: int, decision: Decision) -> FamilyStep:
    """A person turns to a specialist, a council or the commission.

    To a specialist goes a referral, to a council a petition, both with the grounds; to the commission the school
    sends its papers itself. Raises `Refused` without grounds, for a term that is over, while such a step waits, and
    what referrals and petitions refuse.
    """
    row, today = _locked(case, version), case.pupil.school.today()
    text = _said(decision.grounds, "Напишите основания этого шага.")
    if decision.due is not None and decision.due < today:
        raise Refused("Срок уже прошёл: назовите сегодняшний день или более поздний.")
    if row.steps.filter(kind=decision.kind, state=StepState.OPEN).exists():
        raise Refused(f"{decision.kind.label}: такой шаг уже ждёт исхода.")
    step = FamilyStep.objects.create(
        case=row,
        pupil=row.pupil,
        kind=decision.kind,
        grounds=text,
        decided_by=by,
        decided_on=today,
        due=decision.due,
        referral=_refer(by, row.pupil, decision.kind, text),
        petition=_petition(by, row.pupil, decision.kind, text),
    )
    _moved(row)
    return step


@deed
def step_end(*, by: User, step: FamilyStep, version: int, on: date, outcome: str) -> FamilyStep:
    """What came of the step, as a person writes it."""
    row = _open_step(step, version)
    if not row.decided_on <= on <= row.case.school.today():
        raise Refused("День исхода — не раньше решения и не позже сегодняшнего.")
    row.state, row.ended_by, row.ended_on = StepState.DONE, by, on
    row.outcome = _said(outcome, "Напишите, чем закончился этот шаг.")
    row.save()
    return row


@deed
def step_correct(*, by: User, step: FamilyStep, version: int, grounds: str, due: date | None) -> FamilyStep:
    """Correct the grounds and the term of a step that waits; what the specialist or the council got stays as sent."""
    row = _open_step(step, version)
    row.grounds, row.due = _said(grounds, "Напишите основания этого шага."), due
    if due is not None and due < row.decided_on:
        raise Refused("Срок раньше решения.")
    row.save()
    return row


@deed
def step_withdraw(*, by: User, step: FamilyStep, version: int, why: str) -> FamilyStep:
    """The step is called off; a referral or petition that nobody has taken up is taken back with it."""
    row = _open_step(step, version)
    _call_off(row, by, _said(why, "Напишите, почему шаг отменяется."))
    return row


@deed
def print_note(*, by: User, case: FamilyCase, why: str) -> FamilyPrint:
    """Write down who orders the file for the commission and why. Raises `Refused` without a reason."""
    text = _said(why, "Напишите, зачем нужны материалы: запись останется в журнале.")
    about = {"school": case.school_id, "case": case.pk, "pupil": case.pupil_id, "by": by.pk}
    return FamilyPrint.objects.get(pk=row_add(FamilyPrint, why=text[:200], **about))


def _said(text: str, refusal: str) -> str:
    if not text.strip():
        raise Refused(refusal)
    return text.strip()


def _locked(case: FamilyCase, version: int) -> FamilyCase:
    rows = FamilyCase.objects.select_for_update(of=("self",)).select_related("school", "pupil__school")
    row = rows.get(pk=case.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    if row.state != CaseState.OPEN:
        raise Refused(_OVER)
    return row


def _open_step(step: FamilyStep, version: int) -> FamilyStep:
    case = _locked(step.case, version)
    row = FamilyStep.objects.get(pk=step.pk)
    row.case = case
    if row.state != StepState.OPEN:
        raise Refused(_CHANGED)
    _moved(case)
    return row


def _moved(row: FamilyCase) -> FamilyCase:
    row.version += 1
    row.save()
    return row


def _ended(row: FamilyCase, by: User, state: CaseState, text: str) -> FamilyCase:
    row.state, row.outcome_text = state, text
    row.ended_by, row.ended_on = by, row.school.today()
    return _moved(row)


def _keep_facts(case: FamilyCase, facts: Sequence[Fact]) -> None:
    """Those that stand keep the words of their day."""
    FamilyFact.objects.bulk_create(
        [
            FamilyFact(case=case, pupil=case.pupil, kind=fact.kind, row=fact.key, on=fact.on, words=fact.words)
            for fact in facts
        ],
        ignore_conflicts=True,
    )


def _refer(by: User, pupil: Pupil, kind: StepKind, grounds: str) -> Referral | None:
    if kind not in _SPECIALISTS:
        return None
    asked = Request(to_kind=_SPECIALISTS[kind], knows=Knows.YES, text=grounds)
    return referral_send(by=by, pupil=pupil, asked=asked)


def _petition(by: User, pupil: Pupil, kind: StepKind, grounds: str) -> Petition | None:
    if kind not in _COUNCILS:
        return None
    initiator = Initiator.CLASS_TEACHER if leads_class_of(by, pupil) else Initiator.ADMIN
    asked = Asked(reason=Reason.OTHER, initiator=initiator, on=pupil.school.today(), seen=grounds)
    return petition_send(by=by, pupil=pupil, kind=_COUNCILS[kind], asked=asked)


def _call_off(step: FamilyStep, by: User, why: str) -> None:
    if step.referral is not None and step.referral.state == ReferralState.NEW:
        referral_withdraw(by=by, referral=step.referral, why=why[:300])
    if step.petition is not None and step.petition.state == PetitionState.SENT:
        petition_withdraw(by=by, petition=step.petition, why=why[:300])
    step.state, step.outcome = StepState.WITHDRAWN, why[:500]
    step.ended_by, step.ended_on = by, step.case.school.today()
    step.save()

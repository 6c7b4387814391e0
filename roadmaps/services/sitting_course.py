"""What happens at a sitting: people, agenda, decisions and what becomes of them, the signed protocol."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from common.authorship import deed
from common.errors import Refused
from documents.services.numbers import number_next
from roadmaps.models import (
    StaffDecision,
    StaffDecisionStep,
    StaffProtocol,
    StaffQuestion,
    StaffSitting,
    StaffSittingPerson,
)
from roadmaps.reports.sitting_protocol import frozen, sitting_paper
from roadmaps.services.sittings import check_open, sitting_locked, step_keep
from roadmaps.sitting_words import DecisionDeed, DecisionState, SittingDeed, SittingState, Topic
from roadmaps.sitting_workflow import DECISION, SITTING
from school.models import Staff, User

_CHANGED = "Пока вы решали, отметку изменили: обновите страницу. Ничего не записано."
_HELD_FIRST = "Сначала отметьте, что заседание проведено."


@dataclass(frozen=True)
class Asked:
    """A question of an agenda."""

    title: str
    topic: Topic = Topic.OTHER
    speaker: Staff | None = None
    heard: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision; `question` None: on the whole."""

    text: str
    responsible: Staff
    due: date
    question: StaffQuestion | None = None


@deed
def people_invite(*, by: User, sitting: StaffSitting, staff: Collection[Staff], guests: Sequence[str]) -> None:
    """Exactly these are invited; whoever stays keeps the mark. Raises `Refused` when the protocol is signed."""
    row = _open(sitting)
    names = {name.strip() for name in guests if name.strip()}
    row.people.exclude(staff__in=[one.pk for one in staff]).filter(staff__isnull=False).delete()
    row.people.filter(staff__isnull=True).exclude(guest__in=names).delete()
    rows = [StaffSittingPerson(sitting=row, staff=one) for one in staff]
    rows += [StaffSittingPerson(sitting=row, guest=name) for name in sorted(names)]
    StaffSittingPerson.objects.bulk_create(rows, ignore_conflicts=True)


@deed
def people_mark(*, by: User, sitting: StaffSitting, present: Collection[int]) -> None:
    """Who of the invited was there, by keys; the others were not. Raises `Refused` while it is not held or signed."""
    row = _held(sitting)
    row.people.filter(pk__in=present).update(present=True)
    row.people.exclude(pk__in=present).update(present=False)


@deed
def question_add(*, by: User, sitting: StaffSitting, asked: Asked) -> StaffQuestion:
    """Put a question at the end of the agenda. Raises `Refused` when it is signed or cancelled."""
    row = _open(sitting)
    last: int = row.questions.aggregate(n=Max("place"))["n"] or 0
    return _ask(StaffQuestion(sitting=row, place=last + 1), asked)


@deed
def question_edit(*, by: User, question: StaffQuestion, asked: Asked) -> StaffQuestion:
    """Correct a question, write what was said about it; raises as `question_add`."""
    _open(question.sitting)
    return _ask(StaffQuestion.objects.get(pk=question.pk), asked)


@deed
def question_remove(*, by: User, question: StaffQuestion) -> None:
    """Take a question off. Raises `Refused` when something was decided on it."""
    row = _open(question.sitting)
    if row.decisions.filter(question=question).exists():
        raise Refused("По этому вопросу записаны решения: сначала уберите их.")
    StaffQuestion.objects.filter(pk=question.pk).delete()


@deed
def question_raise(*, by: User, question: StaffQuestion) -> None:
    """One place up in the agenda; the first stays."""
    row = _open(question.sitting)
    own = row.questions.get(pk=question.pk)
    above = row.questions.filter(place__lt=own.place).last()
    if above is not None:
        own.place, above.place = above.place, own.place
        StaffQuestion.objects.bulk_update([own, above], ["place"])


@deed
def decision_add(*, by: User, sitting: StaffSitting, decided: Decided) -> StaffDecision:
    """Write a decision down. Raises `Refused` before the sitting is held, when it is signed, for a term before it."""
    row = _held(sitting)
    return _decide(StaffDecision(sitting=row, by=by, at=row.school.now()), decided)


@deed
def decision_edit(*, by: User, decision: StaffDecision, decided: Decided) -> StaffDecision:
    """Correct a decision while its protocol is open; once something became of it, that is taken back first."""
    _held(decision.sitting)
    row = StaffDecision.objects.select_for_update().get(pk=decision.pk)
    if row.state != DecisionState.OPEN:
        raise Refused("С решением уже что-то сделано: сначала снимите отметку.")
    return _decide(row, decided)


@deed
def decision_remove(*, by: User, decision: StaffDecision) -> None:
    """Take out what was written by mistake; history keeps it. Raises `Refused` once the protocol is signed."""
    _held(decision.sitting)
    StaffDecision.objects.filter(pk=decision.pk).delete()


@deed
def decision_step(
    *,
    by: User,
    decision: StaffDecision,
    version: int,
    what: DecisionDeed,
    comment: str = "",
    on: date | None = None,
    to: date | None = None,
) -> StaffDecision:
    """Done on a day, moved to a day, cancelled, or a mark taken back; the last three with why.

    Raises `Refused` when the state does not allow it, a reason is missing, or the day is not possible.
    """
    row = _locked_decision(decision, version)
    transition, was = DECISION.step(what, row.state, comment), row.due
    target, school = DecisionState(transition.target), row.sitting.school
    row.closed_on = None
    if what == DecisionDeed.MOVE:
        row.due = _new_term(row, to)
    elif what == DecisionDeed.RETURN:
        target = DecisionState.MOVED if row.due != row.first_due else DecisionState.OPEN
    else:
        row.closed_on = on or school.today()
        if not row.sitting.on <= row.closed_on <= school.today():
            raise Refused("День — не раньше заседания и не позже сегодняшнего.")
    row.state, row.note, row.version = target, comment.strip()[:300], row.version + 1
    row.save()
    moved = (was, row.due) if what == DecisionDeed.MOVE else (None, None)
    StaffDecisionStep.objects.create(
        decision=row, deed=what, from_state=transition.source, to_state=target, was=moved[0], becomes=moved[1], by=by,
        at=school.now(), comment=comment.strip(), version=row.version,
    )  # fmt: skip
    return row


def _new_term(row: StaffDecision, to: date | None) -> date:
    if to is None or to == row.due:
        raise Refused("Назовите новый срок: нынешний и так стоит.")
    if to < row.sitting.on:
        raise Refused("Срок решения не может быть раньше заседания.")
    return to


@deed
def protocol_sign(*, by: User, sitting: StaffSitting, version: int) -> StaffProtocol:
    """Freeze the protocol. It gets its number once: the next by kind and year, without gaps under two people at once.

    Raises `Refused` with what is missing.
    """
    row = sitting_locked(sitting, version)
    check_open(row)
    lacks = _lacks(row)
    if lacks:
        raise Refused("Подписать протокол ещё нельзя.", lacks)
    SITTING.step(SittingDeed.SIGN, row.state)
    if row.number is None:
        row.number = number_next(school=row.school, kind=f"sitting_protocol_{row.kind}", year=row.year.start)
    number = row.protocols.count() + 1
    opened = row.steps.filter(deed=SittingDeed.REOPEN).last()
    why = opened.comment[:300] if opened is not None and number > 1 else ""
    row.signed_on = row.school.today()
    step_keep(by, row, SittingDeed.SIGN, row.state)
    told = {**frozen(sitting_paper(row)), "version": number, "signed_on": row.signed_on.isoformat(), "why": why}
    return StaffProtocol.objects.create(sitting=row, version=number, paper=told, why=why, by=by, at=row.school.now())


def _lacks(row: StaffSitting) -> list[str]:
    """What a protocol needs and is not there."""
    wanted = (
        ("Отметьте, что заседание проведено.", row.state == SittingState.HELD),
        ("Назовите председателя.", row.chair is not None),
        ("Назовите секретаря.", row.secretary is not None),
        ("Поставьте в повестку хотя бы один вопрос.", row.questions.exists()),
        ("Отметьте, кто был.", row.people.filter(present=True).exists()),
    )
    return [words for words, there in wanted if not there]


@deed
def protocol_reopen(*, by: User, sitting: StaffSitting, version: int, why: str) -> StaffSitting:
    """Open a signed protocol for a correction; what was signed stays, the number too."""
    row = sitting_locked(sitting, version)
    if row.signed_on is None:
        raise Refused("Протокол не подписан: правьте его сразу.")
    SITTING.step(SittingDeed.REOPEN, row.state, why)
    row.signed_on = None
    step_keep(by, row, SittingDeed.REOPEN, row.state, why[:300])
    return row


def _open(sitting: StaffSitting) -> StaffSitting:
    row = sitting_locked(sitting, None)
    check_open(row)
    return row


def _held(sitting: StaffSitting) -> StaffSitting:
    row = _open(sitting)
    if row.state != SittingState.HELD:
        raise Refused(_HELD_FIRST)
    return row


def _locked_decision(decision: StaffDecision, version: int) -> StaffDecision:
    rows = StaffDecision.objects.select_for_update(of=("self",)).select_related("sitting__school")
    row = rows.get(pk=decision.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    return row


def _ask(row: StaffQuestion, asked: Asked) -> StaffQuestion:
    if not asked.title.strip():
        raise Refused("Напишите вопрос.")
    row.title, row.topic = asked.title.strip(), asked.topic
    row.speaker, row.heard = asked.speaker, asked.heard.strip()
    row.save()
    return row


def _decide(row: StaffDecision, decided: Decided) -> StaffDecision:
    if not decided.text.strip():
        raise Refused("Напишите решение.")
    if decided.due < row.sitting.on:
        raise Refused("Срок решения не может быть раньше заседания.")
    if decided.question is not None and decided.question.sitting_id != row.sitting_id:
        raise Refused("Вопрос из повестки другого заседания: выберите его заново.")
    row.text, row.responsible, row.question = decided.text.strip(), decided.responsible, decided.question
    row.due = row.first_due = decided.due
    row.save()
    return row

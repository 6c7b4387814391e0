"""The agenda of a sitting, who was there, what was said and decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from common.authorship import deed
from common.errors import Refused
from consultations.councils import CouncilKind, DecisionState, PetitionState, SittingState
from consultations.models import (
    CouncilDecision,
    Petition,
    QuestionWords,
    Sitting,
    SittingPerson,
    SittingQuestion,
)
from consultations.services.agenda_petitions import check_petition_day
from consultations.services.sitting_steps import sitting_held, sitting_locked, sitting_open
from school.models import Consent, Guardian, Pupil, Staff, User
from school.purposes import Purpose
from school.selectors_consents import consent_for

NO_CONSENT = (
    "Нет письменного согласия родителей на психолого-педагогическую помощь, действующего в день заседания: "
    "без него консилиум не рассматривает вопрос об обучающемся (273-ФЗ, ст. 42, ч. 3; Р-93)."
)


@dataclass(frozen=True)
class Told:
    """What was said about a question, and whether a parent was there."""

    course: str = ""
    parent_present: bool | None = None
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Decided:
    """A decision: what, who answers for it, until when."""

    text: str
    responsible: Staff | None = None
    due: date | None = None


@deed
def question_add(
    *, by: User, sitting: Sitting, title: str, pupil: Pupil | None = None, petition: Petition | None = None
) -> SittingQuestion:
    """Put a question on the agenda. Raises `Refused` for a pupil who is on it, and on the ППк without a consent."""
    row = sitting_open(sitting.pk)
    if petition is not None:
        petition = Petition.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=petition.pk)
        if petition.state != PetitionState.SENT or petition.kind != row.council.kind:
            raise Refused("Это ходатайство уже в повестке, рассмотрено или подано не сюда: обновите страницу.")
        check_petition_day(petition, row.on)
        pupil = petition.pupil
    consent = None if pupil is None else _consent(row, pupil)
    if pupil is not None and row.questions.filter(pupil=pupil).exists():
        raise Refused("Об этом обучающемся вопрос в повестке уже есть.")
    place = (row.questions.aggregate(last=Max("place"))["last"] or 0) + 1
    question = SittingQuestion.objects.create(
        school=row.school, sitting=row, place=place, pupil=pupil, title=title, petition=petition, consent=consent
    )
    if petition is not None:
        Petition.objects.filter(pk=petition.pk).update(state=PetitionState.ON_AGENDA)
    return question


def _consent(row: Sitting, pupil: Pupil) -> Consent | None:
    if pupil.school_id != row.school_id:
        raise Refused("Этого обучающегося нет в вашей школе.")
    found = consent_for(pupil, Purpose.PSYCHOLOGICAL_HELP, row.on)
    if found is None and row.council.kind == CouncilKind.PPK:
        raise Refused(NO_CONSENT)
    return found


@deed
def question_retitle(*, by: User, question: SittingQuestion, title: str) -> None:
    """Correct the words of a question."""
    sitting_open(question.sitting_id)
    SittingQuestion.objects.filter(pk=question.pk).update(title=title)


@deed
def question_remove(*, by: User, question: SittingQuestion) -> None:
    """Take a question off the agenda; its petition waits again. Raises `Refused` when it has decisions already."""
    sitting_open(question.sitting_id)
    if question.decisions.exists() or hasattr(question, "conclusion"):
        raise Refused("По вопросу уже есть решение или заключение: сначала удалите их.")
    if question.petition_id is not None:
        Petition.objects.filter(pk=question.petition_id).update(state=PetitionState.SENT)
    question.delete()


@deed
def question_tell(*, by: User, question: SittingQuestion, told: Told) -> None:
    """Write what was said, in short. Raises `Refused` before the sitting is held and once its protocol is signed."""
    sitting_held(question.sitting_id)
    guardian = told.guardian if told.parent_present else None
    SittingQuestion.objects.filter(pk=question.pk).update(parent_present=told.parent_present, guardian=guardian)
    QuestionWords.objects.update_or_create(question=question, defaults={"pupil": question.pupil, "course": told.course})


@deed
def decision_add(*, by: User, question: SittingQuestion, decided: Decided) -> CouncilDecision:
    """Write a decision down."""
    sitting = sitting_held(question.sitting_id)
    return _write(CouncilDecision(question=question, pupil=question.pupil), sitting, decided)


@deed
def decision_change(*, by: User, decision: CouncilDecision, decided: Decided) -> CouncilDecision:
    """Correct a decision until the protocol is signed."""
    sitting = sitting_held(decision.question.sitting_id)
    return _write(CouncilDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk), sitting, decided)


@deed
def decision_remove(*, by: User, decision: CouncilDecision) -> None:
    """Take a decision away until the protocol is signed; history keeps that it was."""
    sitting_held(decision.question.sitting_id)
    CouncilDecision.objects.filter(pk=decision.pk).delete()


def _write(row: CouncilDecision, sitting: Sitting, decided: Decided) -> CouncilDecision:
    if decided.due is not None and decided.due < sitting.on:
        raise Refused("Срок решения раньше заседания. Проверьте дату.")
    if decided.responsible is not None and decided.responsible.school_id != sitting.school_id:
        raise Refused("Ответственный — сотрудник школы.")
    row.text, row.responsible, row.due = decided.text, decided.responsible, decided.due
    row.save()
    return row


@deed
def decision_answer(*, by: User, decision: CouncilDecision, state: DecisionState, answer: str) -> CouncilDecision:
    """Say what became of a decision: done, not done with the reason, or back to work."""
    row = CouncilDecision.objects.select_for_update(of=("self",)).select_related("question__school").get(pk=decision.pk)
    if state == DecisionState.FAILED and not answer.strip():
        raise Refused("Напишите, почему решение не выполнено: совет к нему вернётся.")
    row.state, row.answer = state, answer.strip()
    row.answered_by = None if state == DecisionState.OPEN else by
    row.answered_at = None if state == DecisionState.OPEN else row.question.school.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return row


@deed
def people_invite(*, by: User, sitting: Sitting, staff: Collection[Staff], guest: str = "", role: str = "") -> None:
    """Invite people of the school and one guest by name. Whoever is invited already stays so."""
    row = sitting_open(sitting.pk)
    if any(one.school_id != row.school_id for one in staff):
        raise Refused("Приглашают сотрудников школы; остальных записывают по имени.")
    people = [SittingPerson(sitting=row, staff=one, role=role or "приглашённый") for one in staff]
    SittingPerson.objects.bulk_create(people, ignore_conflicts=True)
    if guest and not row.people.filter(guest=guest).exists():
        SittingPerson.objects.create(sitting=row, guest=guest, role=role or "приглашённый")


@deed
def person_remove(*, by: User, person: SittingPerson) -> None:
    """Take an invitation back; members stay: they are marked absent."""
    sitting_open(person.sitting_id)
    if person.member:
        raise Refused("Член совета остаётся в списке: отметьте, что его не было.")
    person.delete()


@deed
def presence_mark(*, by: User, person: SittingPerson, present: bool | None) -> None:
    """Mark that a person was there, was not, or that nobody has said. Raises `Refused` once it is signed."""
    row = sitting_locked(person.sitting_id)
    if row.state != SittingState.HELD:
        raise Refused("Присутствие отмечают, когда заседание проведено и протокол ещё не подписан.")
    SittingPerson.objects.filter(pk=person.pk).update(present=present)

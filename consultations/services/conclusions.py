"""Conclusions of a council, what parents say of them, who has read them; referrals to the ПМПК."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from consultations.councils import Agreement, AgreementWay, CouncilKind, Outcome, PmpkResult
from consultations.models import (
    Conclusion,
    ConclusionReader,
    ConclusionWords,
    PmpkReferral,
    SittingQuestion,
)
from consultations.rules.councils import diagnosis_codes
from consultations.services.sitting_steps import sitting_held
from documents.services.numbers import number_next
from school.access import access_of
from school.models import Pupil, School, User
from school.selectors import current_year

CONCLUSIONS, REFERRALS = "council.conclusions", "council.pmpk"
_FUTURE = "Этот день ещё не наступил. Проверьте дату."


@dataclass(frozen=True)
class Concluded:
    """What a conclusion says: findings without a diagnosis, advice to teachers and parents, what it leads to."""

    outcome: Outcome
    findings: str
    advice: str
    parents: str = ""


@dataclass(frozen=True)
class Answered:
    """What the parents said and when the paper went where; empty for what has not happened."""

    agreement: Agreement | None = None
    on: date | None = None
    how: AgreementWay | None = None
    signed: bool = False
    given_on: date | None = None
    teachers_on: date | None = None
    dissent: str = ""


@deed
def conclusion_write(*, by: User, question: SittingQuestion, told: Concluded) -> Conclusion:
    """Write or correct the conclusion on a question about a pupil. Raises `Refused` for codes of illnesses."""
    sitting = sitting_held(question.sitting_id)
    if question.pupil is None or sitting.council.kind != CouncilKind.PPK:
        raise Refused("Коллегиальное заключение составляет консилиум по вопросу об обучающемся.")
    _refuse_diagnoses(told.findings, told.advice, told.parents)
    row = Conclusion.objects.select_for_update(of=("self",)).filter(question=question).first()
    if row is None:
        year = sitting.council.year
        number = number_next(school=sitting.school, kind=CONCLUSIONS, year=year.start)
        row = Conclusion(school=sitting.school, year=year, question=question, number=number, by=by)
        row.pupil, row.at = question.pupil, sitting.school.now()
    row.outcome = told.outcome
    row.save()
    words = {"findings": told.findings, "advice": told.advice, "parents": told.parents}
    ConclusionWords.objects.update_or_create(conclusion=row, defaults={"pupil": question.pupil, **words})
    return row


def _refuse_diagnoses(*texts: str) -> None:
    found = [code for text in texts for code in diagnosis_codes(text)]
    if found:
        raise Refused(
            f"Похоже на код диагноза: {', '.join(found)}. В заключении консилиума диагнозов нет: их ставит врач, "
            "консилиум пишет о трудностях и о том, что помогает. Если это номер кабинета или формы, "
            "напишите слово перед ним целиком: «кабинет 12»."
        )


@deed
def conclusion_answer(*, by: User, conclusion: Conclusion, told: Answered) -> Conclusion:
    """Write what the parents said and on which days the paper was handed over. Raises `Refused` for wrong days."""
    row = _locked(conclusion)
    held, today = row.question.sitting.on, row.school.today()
    for day in (told.on, told.given_on, told.teachers_on):
        if day is not None and day > today:
            raise Refused(_FUTURE)
        if day is not None and day < held:
            raise Refused(f"Этот день раньше заседания ({held:%d.%m.%Y}). Проверьте дату.")
    if told.agreement is not None and (told.on is None or told.how is None):
        raise Refused("Укажите, когда и как ответили родители.")
    row.agreement = told.agreement or ""
    row.agreement_on = told.on if told.agreement is not None else None
    row.agreement_how = told.how if told.agreement is not None and told.how is not None else ""
    row.signed, row.given_on, row.teachers_on = told.signed, told.given_on, told.teachers_on
    row.save()
    ConclusionWords.objects.filter(conclusion=row).update(dissent=told.dissent)
    return row


@deed
def conclusion_read(*, by: User, conclusion: Conclusion) -> None:
    """A teacher says that the recommendations are read; the same tap twice is one."""
    staff = access_of(by).staff
    if staff is None:
        raise Refused("Ознакомление отмечают сотрудники школы.")
    ConclusionReader.objects.get_or_create(conclusion=conclusion, staff=staff, defaults={"at": conclusion.school.now()})


@deed
def conclusion_remove(*, by: User, conclusion: Conclusion) -> None:
    """Take away a conclusion written by mistake, until the protocol is signed; its number is not given again."""
    sitting_held(conclusion.question.sitting_id)
    conclusion.delete()


def _locked(conclusion: Conclusion) -> Conclusion:
    rows = Conclusion.objects.select_for_update(of=("self",))
    return rows.select_related("school", "question__sitting").get(pk=conclusion.pk)


@dataclass(frozen=True)
class Referred:
    """A line of the journal of referrals."""

    on: date
    reason: str
    handed_on: date | None = None
    result: PmpkResult = PmpkResult.WAITS
    result_on: date | None = None
    note: str = ""


@deed
def pmpk_refer(*, by: User, pupil: Pupil, told: Referred) -> PmpkReferral:
    """Write a referral down; it gets the next number of the year. Raises `Refused` for wrong days."""
    school, year = pupil.school, current_year(pupil.school)
    if year is None:
        raise Refused("Учебного года ещё нет: направления записывают внутри года.")
    number = number_next(school=school, kind=REFERRALS, year=year.start)
    row = PmpkReferral(school=school, year=year, pupil=pupil, number=number, by=by, at=school.now())
    return _write_referral(row, told, school)


@deed
def pmpk_change(*, by: User, referral: PmpkReferral, told: Referred) -> PmpkReferral:
    """Correct a referral, or write its result down."""
    row = PmpkReferral.objects.select_for_update(of=("self",)).select_related("school").get(pk=referral.pk)
    return _write_referral(row, told, row.school)


def _write_referral(row: PmpkReferral, told: Referred, school: School) -> PmpkReferral:
    if any(day is not None and day > school.today() for day in (told.on, told.handed_on, told.result_on)):
        raise Refused(_FUTURE)
    if any(day is not None and day < told.on for day in (told.handed_on, told.result_on)):
        raise Refused("Этот день раньше направления. Проверьте даты.")
    if (told.result == PmpkResult.WAITS) != (told.result_on is None):
        raise Refused("У результата есть день, когда он стал известен; пока результата нет, день не указывают.")
    row.on, row.reason, row.handed_on = told.on, told.reason, told.handed_on
    row.result, row.result_on, row.note = told.result, told.result_on, told.note
    row.save()
    return row

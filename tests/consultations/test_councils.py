"""Councils: consents, protocols that stay as they were signed, decisions that come back, who sees what."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from common.errors import Refused
from consultations.council_papers import PAPERS, paper_find, protocol_pdf
from consultations.councils import (
    CaseKind,
    CaseState,
    CouncilKind,
    DecisionState,
    Initiator,
    MemberRole,
    Outcome,
    PetitionState,
    Reason,
    SittingState,
)
from consultations.models import Council, CouncilMember, Petition, PmpkReferral, Sitting, SittingProtocol
from consultations.reports.protocol import protocol_kept
from consultations.services.conclusions import (
    Answered,
    Concluded,
    Referred,
    conclusion_answer,
    conclusion_write,
    pmpk_refer,
)
from consultations.services.councils import member_add
from consultations.services.mediation import CaseEnd, CaseTold, case_close, case_open, case_write
from consultations.services.petitions import Asked, petition_decline, petition_send
from consultations.services.sitting_questions import (
    Decided,
    Told,
    decision_add,
    decision_answer,
    question_add,
    question_remove,
    question_tell,
)
from consultations.services.sittings import (
    SittingPlan,
    sitting_cancel,
    sitting_hold,
    sitting_move,
    sitting_plan,
    sitting_reopen,
    sitting_return,
    sitting_sign,
)
from school.agendas import agenda_of
from school.models import Pupil, RestrictedRead, School, SchoolClass, Staff, TeachingAssignment, User
from school.roles import Position
from tests.consultations.council_making import (
    ADVICE,
    FINDINGS,
    HELD,
    conclude,
    consent,
    fresh,
    held_about,
    make_council,
    set_day,
)
from tests.counting import MOST, queries
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def chair(school: School) -> Staff:
    return make_staff(school, "Рощина Вера Олеговна", Position.PSYCHOLOGIST, login="chair")


@pytest.fixture
def teacher(school: School) -> Staff:
    """Teaches algebra in 7А; is in no council."""
    return make_staff(school, "Гречко Павел Семёнович", Position.TEACHER, login="teacher")


@pytest.fixture
def leader(school: School) -> Staff:
    return make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login="leader")


@pytest.fixture
def seventh(school: School, leader: Staff, teacher: Staff) -> SchoolClass:
    school_class = make_class(school, "7А", teacher=leader)
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Алгебра"), school_class=school_class)
    return school_class


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def ppk(deputy: User, chair: Staff) -> Council:
    return make_council(deputy, CouncilKind.PPK, chair=chair)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def visit(client: Client) -> Callable[..., Any]:
    def go(user: User, name: str, *keys: int) -> Any:
        client.force_login(fresh(user))
        return client.get(reverse(name, args=keys))

    return go


def test_the_consilium_takes_no_question_about_a_pupil_without_the_parents_consent(
    client: Client, ppk: Council, chair: Staff, pupil: Pupil
) -> None:
    sitting = sitting_plan(by=chair.user, council=ppk, plan=SittingPlan(HELD, "План"))
    with pytest.raises(Refused, match="Нет письменного согласия"):
        question_add(by=chair.user, sitting=sitting, title="О помощи", pupil=pupil)
    client.force_login(fresh(chair.user))
    page = client.get(reverse("councils:question_new", args=[sitting.pk]) + f"?pupil={pupil.pk}")
    assert "психолого-педагогическая помощь" in text_of(page)
    blank = reverse("desk:consent_form", args=[pupil.pk, "psychological_help"])
    assert blank in page.content.decode()
    given = consent(pupil)
    question = question_add(by=chair.user, sitting=sitting, title="О помощи", pupil=pupil)
    assert question.consent == given


def test_a_consent_withdrawn_before_the_sitting_stops_it_and_names_the_pupil(
    ppk: Council, chair: Staff, pupil: Pupil
) -> None:
    given = consent(pupil)
    sitting = sitting_plan(by=chair.user, council=ppk, plan=SittingPlan(HELD, "План"))
    question = question_add(by=chair.user, sitting=sitting, title="О помощи", pupil=pupil)
    given.withdrawn_on = date(2026, 11, 10)
    given.save()
    with pytest.raises(Refused) as refused:
        sitting_hold(by=chair.user, sitting=sitting, version=sitting.version)
    assert refused.value.details == ["Ковтун Матвей"]
    question_remove(by=chair.user, question=question)
    question_add(by=chair.user, sitting=sitting, title="Общий вопрос")
    assert sitting_hold(by=chair.user, sitting=sitting, version=sitting.version).number == 1


def test_a_signed_protocol_prints_the_same_after_its_correction(ppk: Council, chair: Staff, pupil: Pupil) -> None:
    consent(pupil)
    by = chair.user
    sitting, question = held_about(by, ppk, pupil)
    question_tell(by=by, question=question, told=Told("обсудили работы", True))
    decision_add(by=by, question=question, decided=Decided("карточки на уроке"))
    first = sitting_sign(by=by, sitting=sitting, version=sitting.version, on=date(2026, 11, 18))
    printed = pdf_text(protocol_pdf(protocol_kept(first)))
    assert "обсудили работы" in printed and "карточки на уроке" in printed and "Протокол № 1" in printed
    with pytest.raises(Refused, match="откройте протокол"):
        decision_add(by=by, question=question, decided=Decided("ещё одно"))
    sitting.refresh_from_db()
    sitting_reopen(by=by, sitting=sitting, version=sitting.version, why="забыли решение")
    decision_add(by=by, question=question, decided=Decided("занятия раз в неделю"))
    Pupil.objects.filter(pk=pupil.pk).update(last_name="Иначев")
    sitting.refresh_from_db()
    second = sitting_sign(by=by, sitting=sitting, version=sitting.version, on=date(2026, 11, 19))
    kept = SittingProtocol.objects.get(pk=first.pk)
    assert pdf_text(protocol_pdf(protocol_kept(kept))) == printed
    told = pdf_text(protocol_pdf(protocol_kept(second)))
    assert (second.version, "занятия раз в неделю" in told, "забыли решение" in told) == (2, True, True)


def test_what_changed_meanwhile_is_not_signed_and_twice_is_once(ppk: Council, chair: Staff, pupil: Pupil) -> None:
    consent(pupil)
    sitting, _ = held_about(chair.user, ppk, pupil)
    seen = sitting.version
    sitting_move(by=chair.user, sitting=sitting, plan=SittingPlan(HELD, "Иная тема"))
    with pytest.raises(Refused, match="изменилось"):
        sitting_sign(by=chair.user, sitting=sitting, version=seen, on=HELD)
    sitting.refresh_from_db()
    version = sitting.version
    sitting_sign(by=chair.user, sitting=sitting, version=version, on=HELD)
    with pytest.raises(Refused):
        sitting_sign(by=chair.user, sitting=sitting, version=version, on=HELD)
    assert SittingProtocol.objects.count() == 1
    assert [step.deed for step in sitting.steps.all()] == ["plan", "hold", "move", "sign"]


def test_petitions_come_on_the_agenda_wait_again_when_it_is_called_off_and_are_answered_by_the_protocol(
    ppk: Council, chair: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, HELD)
    petition = petition_send(by=leader.user, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
    with pytest.raises(Refused, match="уже подано"):
        petition_send(by=leader.user, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
    sitting = sitting_plan(by=chair.user, council=ppk, plan=SittingPlan(HELD, "План"))
    question_add(by=chair.user, sitting=sitting, title="О помощи", petition=petition)

    def state() -> str:
        return Petition.objects.get(pk=petition.pk).state

    assert state() == PetitionState.ON_AGENDA
    with pytest.raises(Refused, match="снимите вопрос"):
        petition_decline(by=chair.user, petition=petition, why="не к нам")
    with pytest.raises(Refused, match="причину"):
        sitting_cancel(by=chair.user, sitting=sitting, version=sitting.version, why=" ")
    sitting = sitting_cancel(by=chair.user, sitting=sitting, version=sitting.version, why="нет большинства")
    assert state() == PetitionState.SENT
    sitting = sitting_return(by=chair.user, sitting=sitting, version=sitting.version)
    assert state() == PetitionState.ON_AGENDA
    sitting = sitting_hold(by=chair.user, sitting=sitting, version=sitting.version)
    sitting.people.update(present=True)
    sitting_sign(by=chair.user, sitting=sitting, version=sitting.version, on=HELD)
    assert state() == PetitionState.ANSWERED


def test_a_conclusion_with_a_code_of_an_illness_is_refused_with_the_reason(
    ppk: Council, chair: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    _, question = held_about(chair.user, ppk, pupil)
    with pytest.raises(Refused, match=r"G40\.1.*диагнозов нет"):
        told = Concluded(Outcome.SUPPORT, "в карте G40.1", "больше времени")
        conclusion_write(by=chair.user, question=question, told=told)
    conclusion = conclude(chair.user, question)
    with pytest.raises(Refused, match="раньше заседания"):
        conclusion_answer(by=chair.user, conclusion=conclusion, told=Answered(given_on=date(2026, 11, 1)))


def test_terms_stand_on_the_agenda_of_who_runs_the_council_until_the_deed_is_done(
    school: School, ppk: Council, chair: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    conclusion = conclude(chair.user, question)

    def told(day: date) -> dict[str, date | None]:
        set_day(school, day)
        return {item.title: item.due for item in agenda_of(fresh(chair.user), day) if item.title.startswith("ППк")}

    assert told(HELD) == {
        "ППк: подписать протокол": date(2026, 11, 23),
        "ППк: передать заключение родителям": HELD,
        "ППк: довести заключение до педагогов": date(2026, 11, 19),
    }
    set_day(school, date(2026, 11, 20))
    days = Answered(given_on=HELD, teachers_on=date(2026, 11, 19))
    conclusion_answer(by=chair.user, conclusion=conclusion, told=days)
    assert list(told(date(2026, 11, 24))) == ["ППк: подписать протокол"]
    sitting.refresh_from_db()
    sitting_sign(by=chair.user, sitting=sitting, version=sitting.version, on=date(2026, 11, 24))
    assert told(date(2026, 11, 25)) == {}
    assert list(told(date(2027, 1, 12))) == ["ППк: назначить плановое заседание"]


def test_a_decision_comes_back_to_the_responsible_and_when_late_to_the_council(
    school: School, ppk: Council, chair: Staff, teacher: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    _, question = held_about(chair.user, ppk, pupil)
    decided = Decided("карточки на уроке", teacher, date(2026, 11, 20))
    decision = decision_add(by=chair.user, question=question, decided=decided)

    def titles(staff: Staff) -> list[str]:
        return [item.title for item in agenda_of(fresh(staff.user), TODAY)]

    assert "ППк: выполнить решение" in titles(teacher)
    assert any("срок прошёл" in title for title in titles(chair))
    assert all("Ковтун" not in item.title for item in agenda_of(fresh(teacher.user), TODAY))
    with pytest.raises(Refused, match="почему"):
        decision_answer(by=teacher.user, decision=decision, state=DecisionState.FAILED, answer="")
    decision_answer(by=teacher.user, decision=decision, state=DecisionState.DONE, answer="с ноября")
    assert "ППк: выполнить решение" not in titles(teacher)
    decision_answer(by=chair.user, decision=decision, state=DecisionState.OPEN, answer="")
    assert "ППк: выполнить решение" in titles(teacher)


def test_whoever_sees_the_pupil_knows_of_the_consilium_and_reads_the_advice_alone(
    visit: Callable[..., Any], ppk: Council, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    question_tell(by=chair.user, question=question, told=Told("слова-ход обсуждения"))
    decision_add(by=chair.user, question=question, decided=Decided("слова-решение"))
    conclude(chair.user, question)
    words = ("слова-ход", "слова-решение", FINDINGS, ADVICE)

    def shown(user: User, name: str, *keys: int) -> list[bool]:
        page = text_of(visit(user, name, *keys))
        return [word in page for word in words]

    assert shown(teacher.user, "councils:pupil", pupil.pk) == [False, False, False, False]
    sitting.refresh_from_db()
    sitting_sign(by=chair.user, sitting=sitting, version=sitting.version, on=HELD)
    assert shown(teacher.user, "councils:pupil", pupil.pk) == [False, False, False, True]
    assert shown(leader.user, "councils:pupil", pupil.pk) == [False, True, True, True]
    assert shown(chair.user, "councils:sitting", sitting.pk) == [True, True, True, True]
    assert visit(teacher.user, "councils:sitting", sitting.pk).status_code == 404
    assert RestrictedRead.objects.filter(user=teacher.user, pupil=pupil, what="council").exists()
    assert "рассмотрен вопрос" in text_of(visit(teacher.user, "desk:pupil", pupil.pk))
    for name in ("desk:pupil", "desk:history", "councils:council", "councils:decisions"):
        key = () if name.endswith("decisions") else (ppk.pk if "council" in name else pupil.pk,)
        assert not any(shown(teacher.user, name, *key)), name
    assert "совет" not in text_of(visit(teacher.user, "desk:history", pupil.pk)).split("История")[-1]


def test_of_the_prevention_council_only_those_know_whom_it_concerns(
    visit: Callable[..., Any], deputy: User, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    council = make_council(deputy, CouncilKind.PREVENTION, chair=chair)
    held_about(chair.user, council, pupil)  # asks for no consent
    psychologist = make_staff(pupil.school, "Зорина Анна", Position.PSYCHOLOGIST, login="other").user
    told = [
        "Совет профилактики, 16.11.2026" in text_of(visit(user, "councils:pupil", pupil.pk))
        for user in (chair.user, leader.user, deputy, teacher.user, psychologist)
    ]
    assert told == [True, True, True, False, False]
    assert "Совет профилактики" not in text_of(visit(teacher.user, "desk:pupil", pupil.pk))
    assert "Совет профилактики" in text_of(visit(leader.user, "desk:pupil", pupil.pk))


def test_how_a_mediation_went_is_between_its_members_alone(
    visit: Callable[..., Any],
    deputy: User,
    chair: Staff,
    teacher: Staff,
    leader: Staff,
    seventh: SchoolClass,
    pupil: Pupil,
) -> None:
    service = make_council(deputy, CouncilKind.MEDIATION, chair=chair)
    other = make_pupil(make_class(pupil.school, "7Б"), "Жарков Илья")
    with pytest.raises(Refused, match="две стороны"):
        told = CaseTold(CaseKind.PUPILS, Initiator.TEACHER, chair, HELD, [pupil])
        case_open(by=chair.user, council=service, told=told)
    told = CaseTold(CaseKind.PUPILS, Initiator.TEACHER, chair, HELD, [pupil, other])
    case = case_open(by=chair.user, council=service, told=told)
    case_write(by=chair.user, case=case, course="слова-ход медиации")
    with pytest.raises(Refused, match="о чём договорились"):
        case_close(by=chair.user, case=case, end=CaseEnd(CaseState.AGREED, HELD))
    case_close(by=chair.user, case=case, end=CaseEnd(CaseState.AGREED, HELD, "слова-договор"))
    for user, course, agreed in ((chair.user, True, True), (deputy, False, True), (leader.user, False, True)):
        page = text_of(visit(user, "councils:case", case.pk))
        assert ("слова-ход" in page, "слова-договор" in page) == (course, agreed), user
    page = text_of(visit(leader.user, "councils:case", case.pk))
    assert "Жарков" not in page and "обучающийся другого класса" in page
    assert visit(teacher.user, "councils:case", case.pk).status_code == 403


def test_there_is_one_chair_at_a_time_whoever_writes(ppk: Council, chair: Staff, teacher: Staff, deputy: User) -> None:
    with pytest.raises(Refused, match="Председатель уже есть"):
        member_add(by=deputy, council=ppk, staff=teacher, role=MemberRole.CHAIR, begins=date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilMember.objects.create(council=ppk, staff=teacher, role=MemberRole.CHAIR.value, begins=date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilMember.objects.create(council=ppk, staff=chair, role=MemberRole.MEMBER.value, begins=TODAY)


def test_registers_hold_each_conclusion_and_referral_under_its_number(
    client: Client, ppk: Council, chair: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, HELD)
    petition_send(by=leader.user, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
    _, question = held_about(chair.user, ppk, pupil)
    conclude(chair.user, question)
    for _ in range(2):
        pmpk_refer(by=chair.user, pupil=pupil, told=Referred(HELD, "=уточнить условия"))
    assert list(PmpkReferral.objects.values_list("number", flat=True)) == [1, 2]
    client.force_login(fresh(chair.user))

    def rows(what: str) -> list[tuple[Any, ...]]:
        answer = client.get(reverse("councils:register", args=[what, ppk.pk]))
        return list(load_workbook(BytesIO(answer.content)).worksheets[0].values)[2:]

    assert rows("sittings")[0][:4] == (1, rows("sittings")[0][1], "Сопровождение", "плановое")
    (line,) = rows("conclusions")
    assert line[1:3] == ("Ковтун Матвей Андреевич", "7А") and line[6] == FINDINGS
    assert [row[5] for row in rows("pmpk")] == ["=уточнить условия"] * 2


def test_papers_are_made_for_whoever_may_read_them(
    ppk: Council, chair: Staff, teacher: Staff, leader: Staff, pupil: Pupil
) -> None:
    consent(pupil)
    sitting, question = held_about(chair.user, ppk, pupil)
    conclusion = conclude(chair.user, question)
    assert paper_find(fresh(teacher.user), "conclusion", conclusion.pk) is None
    assert paper_find(fresh(teacher.user), "draft", sitting.pk) is None
    row = paper_find(fresh(leader.user), "conclusion", conclusion.pk)
    text = pdf_text(PAPERS["conclusion"].make(leader.user, row))
    assert FINDINGS in text and "согласен(на) частично" in text
    card = pdf_text(PAPERS["card"].make(fresh(teacher.user), pupil))
    assert FINDINGS not in card and "Ковтун" in card


def test_lists_take_the_same_queries_however_much_there_is(
    client: Client, school: School, ppk: Council, chair: Staff, seventh: SchoolClass
) -> None:
    client.force_login(fresh(chair.user))
    by, names = chair.user, ("list", "petitions", "decisions", "pmpk")

    def grow(number: int, day: date) -> None:
        for place in range(number):
            pupil = make_pupil(seventh, f"Белов Кирилл{place}")
            consent(pupil)
            _, question = held_about(by, ppk, pupil, day + timedelta(days=place))
            decision_add(by=by, question=question, decided=Decided("карточки", chair))
            asked = Asked(Reason.LEARNING, Initiator.TEACHER, HELD)
            petition_send(by=by, pupil=pupil, kind=CouncilKind.PPK, asked=asked)
            pmpk_refer(by=by, pupil=pupil, told=Referred(HELD, "уточнить"))

    def count() -> list[int]:
        lists = [queries(client, reverse(f"councils:{name}")) for name in names]
        return [*lists, queries(client, reverse("councils:council", args=[ppk.pk]))]

    grow(1, date(2026, 10, 1))
    before = count()
    grow(6, date(2026, 10, 5))
    assert count() == before
    assert max(before[:-1]) <= MOST, before
    sittings = Sitting.objects.filter(council=ppk, state=SittingState.HELD)
    assert sittings.count() == 7

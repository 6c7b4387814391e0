"""Sittings: consents, protocols that stay as they were signed, decisions that come back, terms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from consultations.council_papers import protocol_pdf
from consultations.councils import (
    CouncilKind,
    DecisionState,
    Initiator,
    MemberRole,
    Outcome,
    PetitionState,
    Reason,
)
from consultations.models import Council, CouncilMember, Petition, SittingProtocol
from consultations.reports.protocol import protocol_kept
from consultations.services.conclusions import (
    Answered,
    Concluded,
    conclusion_answer,
    conclusion_write,
)
from consultations.services.councils import member_add, member_change
from consultations.services.petitions import Asked, petition_change, petition_decline, petition_send
from consultations.services.sitting_questions import (
    Decided,
    Told,
    decision_add,
    decision_answer,
    people_invite,
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
from school.models import Pupil, School, Staff, User
from tests.consultations.council_making import (
    HELD,
    conclude,
    consent,
    fresh,
    held_about,
    pdf_text,
    set_day,
    text_of,
)
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


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


def _petition(leader: Staff, pupil: Pupil, day: date) -> Petition:
    consent(pupil)
    asked = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, day)
    return petition_send(by=leader.user, pupil=pupil, kind=CouncilKind.PPK, asked=asked)


def test_a_sitting_considers_no_petition_of_a_later_day(
    client: Client, ppk: Council, chair: Staff, leader: Staff, pupil: Pupil
) -> None:
    by, day, later = chair.user, HELD, HELD + timedelta(days=2)
    petition = _petition(leader, pupil, later)
    sitting = sitting_plan(by=by, council=ppk, plan=SittingPlan(day, "План"))
    client.force_login(fresh(by))
    address = reverse("councils:question_take", args=[sitting.pk])
    told = text_of(client.post(address, {"petition": petition.pk}, follow=True))
    assert "Ходатайство датировано 18.11.2026, позже заседания 16.11.2026" in told
    assert not sitting.questions.exists()
    earlier = Asked(Reason.LEARNING, Initiator.CLASS_TEACHER, day)
    petition_change(by=leader.user, petition=petition, asked=earlier)
    question_add(by=by, sitting=sitting, title="О помощи", petition=petition)
    with pytest.raises(Refused, match=r"в повестке заседания 16\.11\.2026: его дата не может быть позже"):
        petition_change(by=leader.user, petition=petition, asked=replace(earlier, on=later))
    with pytest.raises(Refused, match=r"позже заседания 15\.11\.2026"):
        sitting_move(by=by, sitting=sitting, plan=SittingPlan(day - timedelta(days=1), "План"))
    Petition.objects.update(on=later)  # written before the rule
    sitting = ppk.sittings.get()
    with pytest.raises(Refused, match="Исправьте дату ходатайства или день заседания"):
        sitting_hold(by=by, sitting=sitting, version=sitting.version)


@pytest.mark.parametrize("meanwhile", ["elsewhere", "declined"])
def test_a_cancelled_sitting_comes_back_without_questions_whose_petitions_went_elsewhere(
    ppk: Council, chair: Staff, leader: Staff, pupil: Pupil, meanwhile: str
) -> None:
    by, petition = chair.user, _petition(leader, pupil, HELD)
    first = sitting_plan(by=by, council=ppk, plan=SittingPlan(HELD, "План"))
    question_add(by=by, sitting=first, title="О помощи", petition=petition)
    question_add(by=by, sitting=first, title="О плане")
    first = sitting_cancel(by=by, sitting=first, version=first.version, why="нет большинства")
    if meanwhile == "elsewhere":
        second = sitting_plan(by=by, council=ppk, plan=SittingPlan(date(2026, 11, 20), "Ещё"))
        question_add(by=by, sitting=second, title="О помощи", petition=petition)
    else:
        petition_decline(by=by, petition=petition, why="не к нам")
    first = sitting_return(by=by, sitting=first, version=first.version)
    assert [question.title for question in first.questions.all()] == ["О плане"]
    assert petition.questions.count() == (1 if meanwhile == "elsewhere" else 0)
    assert "1\u00a0вопрос снят с повестки: ходатайства уже в другой" in first.steps.latest("version").comment


def test_a_cancelled_sitting_does_not_return_to_a_time_that_another_has_taken(ppk: Council, chair: Staff) -> None:
    plan = SittingPlan(HELD, "План")
    sitting = sitting_plan(by=chair.user, council=ppk, plan=plan)
    sitting = sitting_cancel(by=chair.user, sitting=sitting, version=sitting.version, why="нет большинства")
    sitting_plan(by=chair.user, council=ppk, plan=plan)
    with pytest.raises(Refused, match="назначено другое заседание"):
        sitting_return(by=chair.user, sitting=sitting, version=sitting.version)


def test_who_joins_a_council_takes_part_in_sittings_that_were_planned_before(
    ppk: Council, chair: Staff, teacher: Staff, leader: Staff
) -> None:
    by = chair.user
    sitting = sitting_plan(by=by, council=ppk, plan=SittingPlan(HELD, "План"))
    people_invite(by=by, sitting=sitting, staff=[teacher])
    for staff in (teacher, leader):
        member_add(by=by, council=ppk, staff=staff, role=MemberRole.MEMBER, begins=date(2026, 11, 1))
    gone = ppk.members.get(staff=leader)
    member_change(by=by, member=gone, role=MemberRole.MEMBER, begins=gone.begins, ends=date(2026, 11, 10))
    secretary = ppk.members.get(staff=teacher)
    member_change(by=by, member=secretary, role=MemberRole.SECRETARY, begins=secretary.begins, ends=None)

    there = {one.staff: (one.member, one.role) for one in sitting.people.select_related("staff")}
    assert leader not in there
    assert there[teacher] == (True, "Секретарь") and there[chair][0]


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


def test_there_is_one_chair_at_a_time_whoever_writes(ppk: Council, chair: Staff, teacher: Staff, deputy: User) -> None:
    with pytest.raises(Refused, match="Председатель уже есть"):
        member_add(by=deputy, council=ppk, staff=teacher, role=MemberRole.CHAIR, begins=date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilMember.objects.create(council=ppk, staff=teacher, role=MemberRole.CHAIR.value, begins=date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilMember.objects.create(council=ppk, staff=chair, role=MemberRole.MEMBER.value, begins=TODAY)

"""Referrals and recommendations: what a teacher sends, who reads it, what comes back."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from consultations.models import Recommendation, Referral
from consultations.selectors.advice import recommendations_for, to_acknowledge
from consultations.selectors.referrals import referral_row, with_people
from consultations.services.advice import (
    Advice,
    recommendation_acknowledge,
    recommendation_replace,
    recommendation_withdraw,
)
from consultations.services.referrals import (
    Request,
    referral_answer,
    referral_release,
    referral_send,
    referral_take,
    referral_withdraw,
)
from consultations.talk_words import Audience, Knows, ReferralState, Specialist
from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Signal
from school.access import pupils_for
from school.agendas import agenda_of
from school.models import Pupil, Responsibility, School, TeachingAssignment, User
from school.roles import Position
from tests.consultations.making import Service, make_service
from tests.counting import queries
from tests.factories import make_pupil, make_staff, make_subject
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
ASKED = Request(Specialist.PSYCHOLOGIST, Knows.NOT_YET, seen=["tired"], text="засыпает на первом уроке")


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def algebra(service: Service) -> User:
    """Teaches 7А."""
    staff = make_staff(service.school, "Гречко Павел Семёнович", login="algebra")
    subject = make_subject(service.school, "Алгебра")
    TeachingAssignment.objects.create(staff=staff, subject=subject, school_class=service.seventh)
    return User.objects.get(staff=staff)


def fresh(user: User) -> User:
    """As the next request knows the person."""
    return User.objects.get(pk=user.pk)


def signal_of(pupil: Pupil, school: School) -> Signal:
    return Signal.objects.create(
        school=school,
        pupil=pupil,
        school_class=pupil.enrolments.get().school_class,
        period=period_of(school),
        rule=SignalRule.ABSENCES,
        since=date(2026, 11, 16),
        evidence={},
        opened_at=school.now(),
    )


def test_a_referral_from_a_signal_answers_it(service: Service, algebra: User) -> None:
    signal = signal_of(service.pupil, service.school)

    made = referral_send(by=algebra, pupil=service.pupil, asked=ASKED, signals=[signal])

    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    assert signal.responses.get().reference == f"referral:{made.pk}"


def test_what_the_teacher_wrote_is_read_by_few(service: Service, algebra: User) -> None:
    director = make_staff(service.school, "Самойлова Нина Павловна", Position.DIRECTOR, login="director")
    physics = make_staff(service.school, "Бондарев Алексей Константинович", login="physics")
    subject = make_subject(service.school, "Физика")
    TeachingAssignment.objects.create(staff=physics, subject=subject, school_class=service.seventh)
    referral_send(by=algebra, pupil=service.pupil, asked=ASKED)

    readers = {
        login
        for login in ("algebra", "teacher", "deputy", "psychologist", "head", "social", "director", "physics")
        if Referral.objects.visible_to(User.objects.get(username=login)).exists()
    }

    assert readers == {"algebra", "teacher", "deputy", "psychologist", "head", "social"}
    assert director.pk and physics.pk


def test_it_refuses_to_say_nothing_and_to_ask_the_same_twice(service: Service, algebra: User) -> None:
    with pytest.raises(Refused, match="Отметьте"):
        referral_send(by=algebra, pupil=service.pupil, asked=Request(Specialist.PSYCHOLOGIST, Knows.YES))
    referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    with pytest.raises(Refused, match="уже ждёт"):
        referral_send(by=algebra, pupil=service.pupil, asked=ASKED)


def test_a_speech_therapist_sees_the_pupil_from_taking_on_and_no_longer_after_putting_it_back(
    service: Service, algebra: User
) -> None:
    therapist = make_staff(service.school, "Кравец Анна Борисовна", Position.SPEECH_THERAPIST, login="speech")
    user = User.objects.get(staff=therapist)
    asked = Request(Specialist.SPEECH_THERAPIST, Knows.YES, seen=["speech"])
    made = referral_send(by=algebra, pupil=service.pupil, asked=asked)
    assert not pupils_for(user).exists()

    referral_take(by=user, referral=made)

    assert list(pupils_for(fresh(user))) == [service.pupil]
    referral_release(by=fresh(user), referral=made)
    assert not pupils_for(fresh(user)).exists()
    assert not Responsibility.objects.exists()


def test_an_answer_comes_back_to_the_sender_and_becomes_advice(service: Service, algebra: User) -> None:
    made = referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    assert [item.title for item in agenda_of(service.user, service.school.today())] == [
        "Ждут ответа: 1\u00a0направление"
    ]

    advice = Advice("Спрашивайте во второй половине урока.", Audience.TEACHERS)
    referral_answer(by=service.user, referral=made, text="Встретимся во вторник.", advice=advice)

    told = [item.title for item in agenda_of(fresh(algebra), service.school.today())]
    assert told == ["Ознакомиться: 1\u00a0рекомендация специалиста", "Специалист ответил: 1\u00a0направление"]
    assert agenda_of(fresh(service.user), service.school.today()) == []
    recommendation_acknowledge(by=algebra, row=Recommendation.objects.get())
    assert not to_acknowledge(fresh(algebra)).exists()


def test_waiting_is_counted_from_the_sending(service: Service, algebra: User) -> None:
    made = referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    Referral.objects.filter(pk=made.pk).update(at=made.at - timedelta(days=5))

    row = referral_row(with_people(Referral.objects.all(), algebra).get(), service.school.today())

    assert row.waits == "ждёт 5\u00a0дней"


def test_only_an_unanswered_one_is_withdrawn_and_with_a_reason(service: Service, algebra: User) -> None:
    made = referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    with pytest.raises(Refused, match="почему"):
        referral_withdraw(by=algebra, referral=made, why=" ")
    referral_answer(by=service.user, referral=made, text="Встретились.")
    with pytest.raises(Refused, match="Состояние уже изменилось"):
        referral_withdraw(by=algebra, referral=made, why="передумал")


def test_a_new_wording_takes_the_place_of_the_old_and_is_acknowledged_anew(service: Service, algebra: User) -> None:
    client = Client()
    client.force_login(service.user)
    address = reverse("advice:new", args=[service.pupil.pk])
    assert "прочтут все, кто видит ученика" in client.get(address).content.decode()
    client.post(address, {"text": "Давайте больше времени.", "audience": "all"})
    old = Recommendation.objects.get()
    recommendation_acknowledge(by=algebra, row=old)

    new = recommendation_replace(by=service.user, row=old, advice=Advice("Диктуйте медленнее."))

    assert list(recommendations_for(algebra, service.pupil)) == [new]
    assert to_acknowledge(fresh(algebra)).get() == new
    with pytest.raises(Refused, match="отозвана или заменена"):
        recommendation_withdraw(by=service.user, row=old, why="устарела")


def test_the_pupils_page_shows_advice_and_the_way_to_the_service(service: Service, algebra: User) -> None:
    client = Client()
    client.force_login(algebra)
    made = referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    referral_answer(by=service.user, referral=made, text="", advice=Advice("Сажайте ближе к доске."))

    page = client.get(reverse("desk:pupil", args=[service.pupil.pk])).content.decode()

    assert "Сажайте ближе к доске." in page
    assert reverse("referrals:new", args=[service.pupil.pk]) in page
    assert reverse("referrals:referral", args=[made.pk]) in page
    assert "засыпает" not in page


def test_fifty_referrals_cost_no_more_queries_than_one(service: Service, algebra: User, client: Client) -> None:
    referral_send(by=algebra, pupil=service.pupil, asked=ASKED)
    client.force_login(service.user)
    address = reverse("referrals:list")
    few = queries(client, address)
    for number in range(50):
        pupil = make_pupil(service.seventh, f"Иванов{number} Пётр")
        referral_send(by=algebra, pupil=pupil, asked=ASKED)

    assert few == queries(client, address) <= 8
    assert Referral.objects.filter(state=ReferralState.NEW).count() == 51

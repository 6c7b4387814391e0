"""Signals on pages: what they ask, the short record that answers them, laying aside, opening again."""

from datetime import date, timedelta

import pytest
from django.test import Client

from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Deed, Signal
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, SchoolClass, User
from tests.factories import make_pupil, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 7)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="1")


@pytest.fixture
def signal(pupil: Pupil) -> Signal:
    give_marks(pupil, "Алгебра", 2, 2, 1, on=FIRST)
    period_judge(period=period_of(pupil.school))
    return Signal.objects.get(pupil=pupil)


@pytest.fixture
def deputy(school: School) -> User:
    staff = make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="deputy9")
    assert staff.user is not None
    return staff.user


@pytest.fixture
def as_deputy(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_list_says_what_is_asked_of_whom_by_when(as_deputy: Client, signal: Signal) -> None:
    html = page(as_deputy, "/registry/signals/?period=" + str(signal.period_id))
    assert "учитель: сообщить кл. руководителю или родителям" in html
    assert f"?signal={signal.pk}" in html


def test_a_record_answers_the_chosen_signal(as_deputy: Client, signal: Signal, deputy: User) -> None:
    url = f"/registry/pupils/{signal.pupil_id}/deeds/new/?signal={signal.pk}"
    form = as_deputy.get(url).context["form"]
    assert form["signals"].initial == [signal.pk]
    sent = {"kind": "talk", "on": signal.school.today().isoformat(), "text": "позвонили маме", "signals": [signal.pk]}
    assert as_deputy.post(url, sent).status_code == 302
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    assert signal.responses.get().by == deputy
    assert "позвонили маме" in page(as_deputy, f"/pupils/{signal.pupil_id}/")
    answered = page(as_deputy, f"/registry/signals/?period={signal.period_id}&state=acted")
    assert "Беседа" in answered and deputy.display_name in answered


def test_a_record_needs_no_text_and_no_signal(as_deputy: Client, pupil: Pupil) -> None:
    url = f"/registry/pupils/{pupil.pk}/deeds/new/"
    assert as_deputy.post(url, {"kind": "note", "on": pupil.school.today().isoformat()}).status_code == 302
    assert Deed.objects.get().text == ""


def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(as_deputy: Client, pupil: Pupil) -> None:
    tomorrow = (pupil.school.today() + timedelta(days=1)).isoformat()
    answer = as_deputy.post(
        f"/registry/pupils/{pupil.pk}/deeds/new/", {"kind": "work", "on": tomorrow, "text": "дроби"}
    )
    assert answer.status_code == 422
    assert "ещё не наступил" in answer.content.decode() and "дроби" in answer.content.decode()


def test_another_pupils_signal_is_no_choice(as_deputy: Client, signal: Signal, seventh: SchoolClass) -> None:
    other = make_pupil(seventh, "Пак Виктор Ильич")
    sent = {"kind": "talk", "on": other.school.today().isoformat(), "signals": [signal.pk]}
    as_deputy.post(f"/registry/pupils/{other.pk}/deeds/new/", sent)
    signal.refresh_from_db()
    assert signal.state == SignalState.OPEN


def test_a_signal_is_laid_aside_with_a_reason_and_opened_again(as_deputy: Client, signal: Signal) -> None:
    url = f"/registry/signals/{signal.pk}/dismiss/"
    assert as_deputy.post(url, {"reason": " "}).status_code == 422
    assert as_deputy.post(url, {"reason": "ошибка в журнале"}).status_code == 302
    laid = page(as_deputy, f"/registry/signals/?period={signal.period_id}&state=dismissed")
    assert "ошибка в журнале" in laid
    assert as_deputy.post(f"/registry/signals/{signal.pk}/reopen/").status_code == 302
    signal.refresh_from_db()
    assert signal.state == SignalState.OPEN


def test_two_people_answering_one_signal_the_second_is_told(as_deputy: Client, signal: Signal) -> None:
    url = f"/registry/signals/{signal.pk}/dismiss/"
    as_deputy.post(url, {"reason": "ошибка"})
    second = as_deputy.post(url, {"reason": "тоже ошибка"})
    assert second.status_code == 422
    assert "уже не открыт" in second.content.decode()


def test_signals_are_filtered_by_rule(as_deputy: Client, signal: Signal) -> None:
    listed = f"/registry/signals/?period={signal.period_id}&rule="
    assert len(as_deputy.get(listed + SignalRule.THREE_UNSATISFACTORY).context["rows"]) == 1
    assert not as_deputy.get(listed + SignalRule.ABSENCES).context["rows"]


def test_a_late_signal_says_so(as_deputy: Client, signal: Signal) -> None:
    Signal.objects.update(due=signal.school.today() - timedelta(days=1))
    assert "срок был" in page(as_deputy, f"/registry/signals/?period={signal.period_id}")
    Signal.objects.update(due=signal.school.today())
    assert "срок был" not in page(as_deputy, f"/registry/signals/?period={signal.period_id}")


def test_the_list_opens_on_the_period_under_way(as_deputy: Client, school: School) -> None:
    school.demo_today = date(2026, 11, 21)
    school.save(update_fields=["demo_today"])
    assert as_deputy.get("/registry/signals/").context["period"].number == 2
    assert as_deputy.get("/registry/").context["period"].number == 1

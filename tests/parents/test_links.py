"""Personal links: docs/trust.md, 7. What a parent sees and does."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from common.errors import Refused
from consultations.selectors.free import Sought, free_times
from consultations.services.booking import Invited, MeetingDraft, TimeTaken, appointment_book
from consultations.words import MeetingKind
from iom.models import Route
from iom.words import RouteState
from parents.models import Notice, PersonalLink
from parents.rules.notices import Invitation
from parents.services.links import link_again, link_note, link_withdraw
from parents.words import LinkAnswer, Matter, NoticeState
from school.agendas import agenda_of
from school.busy_times import BusyAsked, busy_in
from school.models import Pupil, SchoolClass, User
from tests.factories import make_pupil
from tests.iom.making import fresh
from tests.parents.link_making import BIRTH, CLOSED, Parent, issue, make_psychologist, make_waiting_route, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1", birth=BIRTH)


@pytest.fixture
def notice(leader: User, pupil: Pupil) -> Notice:
    return told(leader, pupil)


@pytest.fixture
def route(leader: User, pupil: Pupil) -> Route:
    return make_waiting_route(leader, pupil)


def test_an_invitation_is_answered_and_who_cannot_come_says_when(leader: User, pupil: Pupil) -> None:
    invited = told(leader, pupil, Invitation(date(2026, 11, 30), "17:30", "каб. 12", "Тихонова А. П."))
    parent = Parent(issue(leader, pupil, notice=invited).secret)
    assert "Вы придёте?" in parent.open()

    assert "Напишите, когда вам удобно" in parent.answer("cannot")
    parent.answer("cannot", comment="Могу в среду")

    link = PersonalLink.objects.get()
    assert (link.answer, link.comment) == (LinkAnswer.CANNOT, "Могу в среду")
    assert any("Родители ответили по ссылке" in item.title for item in agenda_of(leader, pupil.school.today()))
    link_note(by=leader, link=link)
    assert not any("Родители ответили по ссылке" in item.title for item in agenda_of(leader, pupil.school.today()))


def test_a_new_link_shuts_the_one_before(leader: User, pupil: Pupil, notice: Notice) -> None:
    first = issue(leader, pupil, notice=notice)
    second = link_again(by=leader, link=first.link)

    assert CLOSED in Parent(first.secret).open()
    assert "Ковтун" in Parent(second.secret).open()


def test_a_plan_that_changed_meanwhile_is_not_agreed_to(leader: User, pupil: Pupil, route: Route) -> None:
    parent = Parent(issue(leader, pupil, Matter.ROUTE, route=route).secret)
    parent.open()

    assert "План изменился" in parent.answer("agreed", version=fresh(route).version - 1)
    assert fresh(route).state == RouteState.WITH_PARENTS


def test_a_parent_chooses_when_to_talk(leader: User, pupil: Pupil) -> None:
    soon = pupil.school.now().replace(microsecond=0) + timedelta(days=2)
    parent = Parent(issue(leader, pupil, Matter.TALK, times=[soon, soon + timedelta(hours=1)], place="каб. 12").secret)
    codes = re.findall(r'name="chosen" value="([^"]+)"', parent.open())

    assert len(codes) == 2
    assert "Выберите время" in parent.answer("chosen")
    parent.answer("chosen", chosen=codes[1].replace("&#x2B;", "+"))
    assert PersonalLink.objects.get().chosen == soon + timedelta(hours=1)


def test_a_colleague_who_is_logged_in_does_not_answer_for_the_parents(
    leader: User, pupil: Pupil, notice: Notice
) -> None:
    parent = Parent(issue(leader, pupil, notice=notice).secret)
    client = Client()
    client.force_login(leader)

    page = client.post(parent.address, {"step": "open", "birth": BIRTH.isoformat()}).content.decode()

    assert "Эта страница — для родителей" in page
    notice.refresh_from_db()
    assert notice.state == NoticeState.MADE


def _chosen(leader: User, pupil: Pupil, moment: datetime) -> PersonalLink:
    parent = Parent(issue(leader, pupil, Matter.TALK, times=[moment], place="каб. 12").secret)
    parent.open()
    assert "Школа получила ваш ответ" in parent.answer("chosen", chosen=moment.isoformat())
    return PersonalLink.objects.get(pupil=pupil)


def test_a_time_that_one_family_chose_is_offered_to_no_other_until_it_is_free_again(
    leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    other = make_pupil(seventh, "Белова Ева Артёмовна", external_id="p2", birth=BIRTH)
    soon = pupil.school.now().replace(microsecond=0) + timedelta(days=2)
    second = Parent(issue(leader, other, Matter.TALK, times=[soon, soon + timedelta(hours=1)]).secret)
    assert second.open().count('name="chosen"') == 2
    first = _chosen(leader, pupil, soon)

    assert "только что заняли" in second.answer("chosen", chosen=soon.isoformat())
    assert second.open().count('name="chosen"') == 1
    with pytest.raises(Refused, match="вы заняты"):
        issue(leader, pupil, Matter.TALK, times=[soon + timedelta(minutes=20)])
    link_withdraw(by=leader, link=first)
    second.answer("chosen", chosen=soon.isoformat())
    assert PersonalLink.objects.get(pupil=other).chosen == soon


def test_a_chosen_time_takes_the_specialists_time_and_the_room(leader: User, pupil: Pupil) -> None:
    psychologist = make_psychologist(pupil.school)
    tuesday = datetime(2026, 11, 24, 13, 40, tzinfo=pupil.school.now().tzinfo)
    assert psychologist.staff is not None
    sought = Sought(psychologist.staff, tuesday.date(), tuesday.date())
    before = [one.time_words for one in free_times(sought)[tuesday.date()]]
    _chosen(psychologist, pupil, tuesday)

    assert [one.time_words for one in free_times(sought)[tuesday.date()]] != before
    draft = MeetingDraft(psychologist.staff, MeetingKind.PARENTS, tuesday.date(), time(13, 50), time(14, 30))
    with pytest.raises(TimeTaken) as refused:
        appointment_book(by=psychologist, draft=draft, invited=[Invited(pupil)], confirmed=True)
    assert "беседа с родителями" in refused.value.details[0] and pupil.last_name not in str(refused.value.details)
    asked = BusyAsked(pupil.school, tuesday.date(), tuesday.date(), room="12")
    assert [(one.starts, one.ends, one.room) for one in busy_in(asked)] == [(820, 850, "12")]

"""A parent with a telephone and a link, in real Chromium: agrees to a route, books a time. No account, no cookies."""

from datetime import date

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from consultations.models import Appointment
from consultations.words import MeetingKind
from iom.models import RouteAgreement
from iom.words import RouteKind, Way
from parents.services.links import Wish, link_make
from parents.words import Matter
from school.models import Pupil, User
from school.roles import Position
from tests.browser.looks import assert_accessible
from tests.consultations.making import make_hours
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.iom.making import add_gap, add_step, agree_all, make_route, part_of, teach


@pytest.fixture
def width() -> int:
    return 375


@pytest.fixture
def leader(transactional_db: None, settings: LazySettings, site: str) -> User:
    settings.PUBLIC_URL = site
    return make_staff(make_school(), "Тихонова Анна Петровна", login="leader").user


@pytest.fixture
def pupil(leader: User) -> Pupil:
    assert leader.school is not None
    seventh = make_class(leader.school, "7А", teacher=leader.staff)
    return make_pupil(seventh, "Ковтун Матвей Андреевич", birth=date(2013, 5, 4))


def _open(page: Page, secret: str) -> None:
    page.goto(f"/p/?k={secret}")
    expect(page.get_by_role("heading", name="Школа прислала вам сообщение")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Дата рождения вашего ребёнка").fill("2013-05-04")
    page.get_by_role("button", name="Открыть").click()


def test_a_parent_agrees_to_a_route_on_a_telephone(page: Page, leader: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра", "Гречко Павел Сергеевич")
    route = make_route(leader, pupil, "Алгебра", kind=RouteKind.FAILING)
    add_gap(leader, part_of(route, "Алгебра"))
    add_step(leader, part_of(route, "Алгебра"))
    made = link_make(by=leader, wish=Wish(pupil, Matter.ROUTE, route=agree_all(leader, route)))

    _open(page, made.secret)
    expect(page.get_by_text("Дроби")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Согласен, согласна").check()
    page.get_by_role("button", name="Ответить").click()

    expect(page.get_by_role("status")).to_contain_text("Школа получила ваш ответ")
    assert_accessible(page)
    word = RouteAgreement.objects.get(side="parents")
    assert (word.agreed, word.way) == (True, Way.LINK)
    assert page.context.cookies() == []


def test_a_parent_books_a_time_on_a_telephone(page: Page, leader: User, pupil: Pupil) -> None:
    staff = make_staff(pupil.school, "Орлова Вера Ильинична", Position.PSYCHOLOGIST, login="orlova")
    for weekday in range(1, 6):
        make_hours(staff, weekday)
    made = link_make(by=leader, wish=Wish(pupil, Matter.TIME, staff=staff, words="как помочь дома"))

    _open(page, made.secret)
    assert_accessible(page)
    page.get_by_label("13:40–14:20").first.check()
    page.get_by_role("button", name="Записаться").click()

    expect(page.get_by_text("Вы записаны")).to_be_visible()
    assert_accessible(page)
    meeting = Appointment.objects.get()
    assert (meeting.kind, meeting.time_words) == (MeetingKind.PARENTS, "13:40–14:20")

"""Specialists, as the school asked for them: hours, booking, reminders. Each test is one sentence of it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.services.hours import ExceptionDraft, exception_add
from consultations.words import ExceptionKind, MeetingKind
from school.agendas import agenda_of
from school.models import Holiday, User
from tests.consultations.making import TUESDAY, Service, make_hours, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


def shown(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(url).content.decode()


def test_weekly_hours_have_a_room_a_kind_and_exceptions(service: Service) -> None:
    make_hours(service.psychologist, 5, "09:00", "10:00", room="15", kind=MeetingKind.GROUP)
    off = ExceptionDraft(ExceptionKind.OFF, TUESDAY, TUESDAY, why="обследование")
    exception_add(by=service.user, specialist=service.psychologist, draft=off)

    page = shown(service.teacher, reverse("service:receiving"))

    assert "09:00–10:00, каб. 15" in page and "групповая" in page
    assert "Приёма нет" in page and "обследование" not in page
    assert "2026-11-24" not in page, "no time is offered on a day without receiving"


def test_holidays_and_periods_are_known(service: Service) -> None:
    year = service.school.years.get()
    Holiday.objects.create(year=year, name="Каникулы", starts=TUESDAY, ends=TUESDAY + timedelta(days=14))

    page = shown(service.teacher, reverse("service:receiving"))

    assert "На две недели вперёд свободного времени нет" in page


def test_the_specialist_is_reminded_of_todays_meetings_without_names(service: Service) -> None:
    service.book("10:00", "10:40", on=date(2026, 11, 21), confirmed=True)
    service.book("11:00", "11:40", on=date(2026, 11, 21), confirmed=True)

    items = agenda_of(service.user, service.school.today())

    assert [item.title for item in items if item.title.startswith("Встречи")] == ["Встречи сегодня: 2"]
    assert "Ковтун" not in "".join(item.title + item.about for item in items)
    assert shown(service.user, items[0].url).count("Ковтун Матвей") == 2


def test_the_page_of_a_specialist_shows_all_free_times_and_what_a_pupil_would_miss(service: Service) -> None:
    service.book()

    url = reverse("service:specialist", args=[service.psychologist.pk]) + f"?pupil={service.pupil.pk}"
    page = shown(service.teacher, url)

    assert "13:00–13:40" in page and "14:40–15:20" in page
    assert page.count("at=2026-11-24") == 3

"""The agenda away from the pages: a calendar by a secret address, a letter in the morning; no names in either."""

import logging
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import Settings

from common.logs import PrivateFormatter
from config.celery import app
from desk.models import Reminders
from desk.services.reminders import calendar_issue, digest_send, digest_set, digests_send
from documents.models import OutboxMail
from school.models import Pupil, School, User
from tests.desk.test_agenda import person, pupil, raise_signals, school, seventh
from tests.factories import TODAY

__all__ = ["pupil", "school", "seventh"]  # fixtures
pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
MORNING = datetime(2026, 11, 21, 7, 5, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


def feed(client: Client, key: str) -> Any:
    answer = client.get(reverse("desk:calendar"), {"key": key})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_the_calendar_tells_days_and_titles_without_names(client: Client, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    calendar = feed(client, calendar_issue(by=person("predmet")))
    [event] = calendar.walk("VEVENT")
    assert str(event["summary"]).replace("\u00a0", " ") == "Ответить на 1 сигнал"
    assert event["dtstart"].dt == date(2026, 11, 25)
    assert str(event["url"]).endswith("/mine/?due=2026-11-25")
    assert "Ковтун" not in calendar.to_ical().decode()
    assert "Алгебра" not in calendar.to_ical().decode()


def test_what_is_late_stands_on_today(client: Client, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра", due=date(2026, 11, 3))
    [event] = feed(client, calendar_issue(by=person("predmet"))).walk("VEVENT")
    assert event["dtstart"].dt == TODAY


def test_only_the_hash_of_the_secret_is_kept(pupil: Pupil) -> None:
    key = calendar_issue(by=person("predmet"))
    kept = Reminders.objects.get()
    assert kept.calendar_hash == sha256(key.encode()).hexdigest()
    assert len(key) >= 43


def test_a_new_address_ends_the_former_and_a_withdrawn_one_opens_nothing(client: Client, pupil: Pupil) -> None:
    user = person("predmet")
    first = calendar_issue(by=user)
    client.force_login(user)
    page = client.post(reverse("desk:calendar_renew"))
    assert page.status_code == 201
    second = page.content.decode().split("?key=")[1].split("<")[0]
    visitor = Client()
    assert visitor.get(reverse("desk:calendar"), {"key": first}).status_code == 404
    assert visitor.get(reverse("desk:calendar"), {"key": second}).status_code == 200
    client.post(reverse("desk:calendar_withdraw"))
    assert visitor.get(reverse("desk:calendar"), {"key": second}).status_code == 404
    assert visitor.get(reverse("desk:calendar"), {"key": ""}).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change_password": True}])
def test_a_login_that_is_off_or_reset_has_no_calendar(client: Client, pupil: Pupil, change: dict[str, bool]) -> None:
    key = calendar_issue(by=person("predmet"))
    User.objects.filter(username="predmet").update(**change)
    assert client.get(reverse("desk:calendar"), {"key": key}).status_code == 404


def test_the_calendar_has_the_rights_of_the_moment(client: Client, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    user = person("predmet")
    key = calendar_issue(by=user)
    assert user.staff is not None
    user.staff.assignments.update(ends=date(2026, 11, 20))
    assert feed(client, key).walk("VEVENT") == []


def test_guessing_secrets_is_limited(client: Client, pupil: Pupil) -> None:
    key = calendar_issue(by=person("predmet"))
    codes = [client.get(reverse("desk:calendar"), {"key": f"wrong{n}"}).status_code for n in range(22)]
    assert codes == [404] * 20 + [429] * 2
    assert client.get(reverse("desk:calendar"), {"key": key}).status_code == 429


def test_the_secret_stands_in_the_query_which_logs_leave_out() -> None:
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, "GET /calendar.ics?key=%s", ("s3cret",), None)
    assert reverse("desk:calendar") == "/calendar.ics"
    assert "s3cret" not in PrivateFormatter().format(record)


def ordered(login: str = "predmet") -> User:
    user = person(login)
    digest_set(by=user, wanted=True, email="teacher@school.example")
    return user


def test_the_letter_tells_titles_days_and_addresses_and_nobodys_name(pupil: Pupil, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://opora.example"
    raise_signals(pupil, "Алгебра")
    user = ordered()
    assert digest_send(user_id=user.pk, moment=MORNING)
    letter = OutboxMail.objects.get()
    body = letter.body.replace("\u00a0", " ")
    assert letter.to == "teacher@school.example"
    assert letter.subject.replace("\u00a0", " ") == "Опора: 1 дело"
    assert "Ответить на 1 сигнал, до 25 ноября" in body
    assert "https://opora.example/mine/?due=2026-11-25" in body
    for name in ("Ковтун", "Матвей", "Алгебра", "7А", "Гречко"):
        assert name not in letter.subject + letter.body


def test_it_is_written_once_a_day_and_anew_the_next(pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    user = ordered()
    assert digest_send(user_id=user.pk, moment=MORNING)
    assert not digest_send(user_id=user.pk, moment=MORNING + timedelta(hours=3))
    assert not digest_send(user_id=user.pk, moment=MORNING + timedelta(days=1))  # Sunday
    assert digest_send(user_id=user.pk, moment=MORNING + timedelta(days=2))
    assert OutboxMail.objects.count() == 2


def test_it_waits_for_the_morning_of_the_school(pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    user = ordered()
    assert not digest_send(user_id=user.pk, moment=MORNING.replace(hour=6, minute=59))
    School.objects.update(timezone="Asia/Vladivostok")
    far = MORNING.replace(hour=0, minute=30).astimezone(ZoneInfo("Asia/Vladivostok"))
    assert digest_send(user_id=user.pk, moment=far)


def test_where_nothing_is_ahead_nothing_is_written(pupil: Pupil) -> None:
    assert not digest_send(user_id=ordered().pk, moment=MORNING)
    raise_signals(pupil, "Алгебра", due=date(2026, 12, 20))
    Reminders.objects.update(digest_on=None)
    assert not digest_send(user_id=person("predmet").pk, moment=MORNING)
    assert not OutboxMail.objects.exists()


def test_whoever_did_not_ask_gets_no_letter(pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    assert digests_send() == 0
    digest_set(by=ordered(), wanted=False, email="teacher@school.example")
    assert digests_send() == 0
    assert not OutboxMail.objects.exists()


def test_the_person_orders_and_leaves_it_on_a_page(client: Client, pupil: Pupil) -> None:
    client.force_login(person("predmet"))
    address = reverse("desk:reminders")
    assert client.post(address, {"digest": "on", "email": ""}).status_code == 422
    assert client.post(address, {"digest": "on", "email": "не адрес"}).status_code == 422
    assert client.post(address, {"digest": "on", "email": "teacher@school.example"}).status_code == 302
    assert Reminders.objects.get().digest
    client.post(address, {"email": "teacher@school.example"})
    assert not Reminders.objects.get().digest


def test_the_scheduler_knows_the_letter() -> None:
    app.loader.import_default_modules()
    assert "desk.tasks.send_digests" in app.tasks
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)

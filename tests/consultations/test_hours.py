"""Hours of specialists: what closing keeps, days that differ, rooms of two, what the form of booking begins with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from consultations.models import AppointmentStep, HoursException, ServiceHours
from consultations.services.booking import NeedsWord, appointment_move
from consultations.services.hours import ExceptionDraft, exception_add, exception_correct, hours_close
from consultations.words import ExceptionKind
from school.models import User
from tests.consultations.making import TUESDAY, Service, make_hours, make_service
from tests.factories import make_class, make_pupil, make_staff

pytestmark = pytest.mark.django_db
OFF = ExceptionDraft(ExceptionKind.OFF, TUESDAY, TUESDAY, why="болезнь")


@pytest.fixture
def service() -> Service:
    return make_service()


def page(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_hours_that_were_kept_do_not_vanish_by_a_day_before_their_first(service: Service) -> None:
    hours = service.psychologist.service_hours.order_by("pk")[0]
    with pytest.raises(Refused, match="последний день не может быть раньше"):
        hours_close(by=service.user, hours=hours, last=hours.begins - timedelta(days=1))
    assert ServiceHours.objects.filter(pk=hours.pk).exists()


def test_hours_of_days_to_come_are_taken_away(service: Service) -> None:
    coming = make_hours(service.psychologist, 5, begins=TUESDAY)
    hours_close(by=service.user, hours=coming, last=service.school.today())
    assert not ServiceHours.objects.filter(pk=coming.pk).exists()


def test_the_same_days_are_written_once(service: Service) -> None:
    first = exception_add(by=service.user, specialist=service.psychologist, draft=OFF)
    with pytest.raises(Refused, match="уже записаны"):
        exception_add(by=service.user, specialist=service.psychologist, draft=OFF)
    exception_correct(by=service.user, exception=first, draft=OFF)
    assert HoursException.objects.count() == 1


def test_a_room_in_which_a_colleague_receives_then_is_named(service: Service) -> None:
    told = page(service.user, reverse("service:hours"))
    assert "в этом кабинете тогда же" not in told
    make_hours(service.other, 2, "15:30", "17:00")
    make_hours(service.other, 3, "13:00", "16:00")

    told = page(service.user, reverse("service:hours"))

    assert told.count("в этом кабинете тогда же: Соколова") == 1


def test_extra_hours_begin_from_their_own_button(service: Service) -> None:
    url = reverse("service:exception_new", args=[service.psychologist.pk])
    assert f'href="{url}?kind=extra"' in page(service.user, reverse("service:hours"))
    assert '<option value="extra" selected>' in page(service.user, f"{url}?kind=extra")


def test_a_class_teacher_books_from_the_own_class_and_sees_the_nearest_times(service: Service) -> None:
    other = make_class(service.school, "5А", teacher=make_staff(service.school, "Агеева Нина Олеговна"))
    stranger = make_pupil(other, "Ветров Егор Ильич")
    whole = service.deputy
    service.seventh.class_teacher = whole.staff
    service.seventh.save()
    service.book("13:00", "13:40")

    told = page(User.objects.get(pk=whole.pk), reverse("service:book", args=[service.psychologist.pk]))

    assert service.pupil.list_name in told
    assert stranger.list_name not in told
    assert "вторник, 24 ноября, 13:40–14:20" in told
    assert "вторник, 24 ноября, 13:00–13:40" not in told
    assert "at=2026-11-24+13%3A40+14%3A20" in told


def test_a_deed_of_the_night_stands_on_the_schools_day(service: Service) -> None:
    meeting = service.book()
    AppointmentStep.objects.update(at=datetime(2026, 11, 20, 22, 30, tzinfo=UTC))
    assert '<time datetime="2026-11-21">' in page(service.user, reverse("service:meeting", args=[meeting.pk]))


def test_a_cancelled_meeting_is_not_put_into_a_calendar(service: Service) -> None:
    meeting = service.book()
    address, file = reverse("service:meeting", args=[meeting.pk]), reverse("week:meeting_ics", args=[meeting.pk])
    assert file in page(service.user, address)
    meeting.state, meeting.why = "undone", "pupil"
    meeting.save()
    assert file not in page(service.user, address)


def test_a_specialist_is_told_no_figure_of_a_colleague(service: Service) -> None:
    client = Client()
    client.force_login(service.user)
    url = f"{reverse('load:list')}?staff="
    assert client.get(f"{url}{service.psychologist.pk}").status_code == 200
    assert client.get(f"{url}{service.other.pk}").status_code == 404
    assert client.get(f"{url}x").status_code == 404


def test_a_move_into_the_past_is_asked_about(service: Service) -> None:
    meeting = service.book()
    past = service.school.today() - timedelta(days=4)  # a Tuesday of receiving
    told: dict[str, Any] = {"on": past, "time_from": meeting.time_from, "time_to": meeting.time_to}
    with pytest.raises(NeedsWord) as refusal:
        appointment_move(by=service.user, appointment=meeting, version=0, **told)
    assert refusal.value.details == ["Этот день уже прошёл."]
    moved = appointment_move(by=service.user, appointment=meeting, version=0, confirmed=True, **told)
    assert moved.on == past


def test_nobody_is_to_be_chosen_for_a_meeting_with_a_colleague_alone(service: Service) -> None:
    client = Client()
    client.force_login(service.user)
    url = reverse("service:book", args=[service.psychologist.pk])
    sent = {"on": TUESDAY.isoformat(), "time_from": "13:00", "time_to": "13:40", "colleague": service.other.pk}
    refused = client.post(url, {**sent, "kind": "single"})
    assert "Выберите, о ком встреча" in refused.content.decode()
    assert client.post(url, {**sent, "kind": "staff"}).status_code == 302

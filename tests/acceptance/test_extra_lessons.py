"""Extra lessons: a weekly timetable that knows shifts, rooms, lessons and the school bus."""

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from iom.models import ExtraAttendance, ExtraGroup, ExtraMember
from iom.services.extra import extra_group_create, extra_members_add
from iom.services.extra_sessions import extra_session_cancel, extra_session_hold, extra_session_substitute
from iom.words import CancelWhy
from school.agendas import agenda_of
from school.models import Bell, LessonSlot, User
from tests.factories import make_class, make_pupil
from tests.iom.extra_making import TUESDAY, Day, make_day

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 17)


@pytest.fixture
def day() -> Day:
    return make_day()


def log_in(client: Client, username: str) -> User:
    user = User.objects.get(username=username)
    client.force_login(user)
    return user


def typed(day: Day, begins: str, ends: str) -> dict[str, object]:
    """What the form of a new group is sent with."""
    told = {"title": "Алгебра", "teacher": day.teacher.pk, "weekday": TUESDAY, "time_from": begins, "time_to": ends}
    return {**told, "room": "14", "begins": "2026-11-24", "ends": "2026-12-29", "pupils": [day.rider.pk]}


def test_a_lesson_after_the_pupils_bus_is_refused_naming_the_bus_with_three_free_times(
    client: Client, day: Day
) -> None:
    log_in(client, "grechko")

    answer = client.post(reverse("extra:new"), typed(day, "14:00", "14:40"))

    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert "Вторник, 14:00–14:40 — занято." in page
    assert "Ковтун М. А.: автобус «Липовка» уходит в 14:10" in page
    offered = page.split("Свободно у всех: ")[1].split(".")[0].split("; ")
    assert len(offered) == 3
    assert offered[0] == "вторник, 13:30–14:10"
    assert not ExtraGroup.objects.exists()

    accepted = client.post(reverse("extra:new"), typed(day, "13:30", "14:10"))

    assert accepted.status_code == 302
    assert ExtraMember.objects.get().pupil == day.rider


def test_a_double_booking_by_raw_sql_fails_too(day: Day) -> None:
    first = extra_group_create(by=day.user, year=day.school_class.year, draft=day.draft(), pupils=[day.walker])
    second = extra_group_create(by=day.user, year=day.school_class.year, draft=day.draft("15:00", "15:40"), pupils=[])
    booking = (
        "INSERT INTO iom_extramember (group_id, pupil_id, begins, ends, weekday, time_from, time_to)"
        " SELECT id, %s, begins, ends, weekday, time_from, time_to FROM iom_extragroup WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(booking, [day.walker.pk, second.pk])  # another hour: this is no double booking
    for statement, values in (
        (booking, [day.walker.pk, first.pk]),
        ("UPDATE iom_extragroup SET time_from = '14:30', time_to = '15:10' WHERE id = %s", [second.pk]),
    ):
        with (
            pytest.raises(IntegrityError, match=r"extra_(pupil|teacher|room)_once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)


def test_pupils_of_the_second_shift_may_come_before_their_lessons(client: Client, day: Day) -> None:
    second = make_class(day.school, "6А")
    pupil = make_pupil(second, "Голубев Никита Олегович")
    Bell.objects.create(school=day.school, shift=2, number=1, starts=time(14, 0), ends=time(14, 40))
    LessonSlot.objects.create(school=day.school, school_class=second, weekday=TUESDAY, number=1, shift=2)
    log_in(client, "ermolaeva")

    late = client.post(
        f"{reverse('extra:new')}?cls={second.pk}", {**typed(day, "14:10", "14:50"), "pupils": [pupil.pk]}
    )
    early = client.post(
        f"{reverse('extra:new')}?cls={second.pk}", {**typed(day, "13:30", "14:00"), "pupils": [pupil.pk]}
    )

    assert "1-й урок, 6А, 14:00–14:40" in late.content.decode()
    assert early.status_code == 302


def test_attendance_is_taken_by_taps_with_everybody_present_by_default(client: Client, day: Day) -> None:
    group = extra_group_create(
        by=day.user, year=day.school_class.year, draft=day.draft("13:30", "14:10"), pupils=[day.rider, day.walker]
    )
    log_in(client, "grechko")
    address = reverse("extra:session", args=[group.pk, HELD.isoformat()])

    page = client.get(address).content.decode()
    assert page.count(" checked>") == 2
    client.post(address, {f"came-{day.rider.pk}": "on"})

    assert dict(ExtraAttendance.objects.values_list("pupil", "came")) == {day.rider.pk: True, day.walker.pk: False}
    told = client.get(reverse("extra:group", args=[group.pk])).content.decode()
    assert "были 1 из 2" in told
    pupil = client.get(reverse("desk:pupil", args=[day.walker.pk])).content.decode()
    assert "ни разу из 1" in pupil
    assert "не был" in pupil


def test_a_cancelled_lesson_keeps_its_reason_and_a_substitute_gets_the_lesson_on_the_agenda(
    client: Client, day: Day
) -> None:
    draft = day.draft("13:30", "14:10")
    group = extra_group_create(by=day.user, year=day.school_class.year, draft=draft, pupils=[day.walker])
    extra_session_cancel(by=day.user, group=group, on=HELD, why=CancelWhy.CLOSED, note="Карантин")
    extra_session_substitute(by=day.deputy, group=group, on=date(2026, 11, 24), staff=day.other)

    log_in(client, "grechko")
    page = client.get(reverse("extra:group", args=[group.pk])).content.decode()
    items = agenda_of(User.objects.get(username="ilina"), date(2026, 11, 24))

    assert "не состоялось: карантин или отмена занятий" in page
    assert "замена: Ильина" in page
    assert [item.about for item in items if item.title == "Дополнительное занятие в 13:30"] == ["Алгебра, 7А, замена"]


def test_a_lesson_without_a_record_waits_on_the_agenda_until_it_has_one(day: Day) -> None:
    draft = day.draft("13:30", "14:10")
    group = extra_group_create(by=day.user, year=day.school_class.year, draft=draft, pupils=[day.walker])

    def waiting() -> list[str]:
        user = User.objects.get(username="grechko")
        return [item.title for item in agenda_of(user, date(2026, 11, 21)) if "Нет записи" in item.title]

    assert waiting() == [f"Нет записи о дополнительном занятии {on}" for on in ("10.11", "17.11")]
    extra_session_hold(by=day.user, group=group, on=HELD, came=[day.walker.pk])
    assert waiting() == ["Нет записи о дополнительном занятии 10.11"]


def test_a_school_without_a_timetable_uses_extra_lessons_and_is_told_what_was_not_compared(
    client: Client, day: Day
) -> None:
    LessonSlot.objects.all().delete()
    draft = day.draft("12:00", "12:40")
    group = extra_group_create(by=day.user, year=day.school_class.year, draft=draft, pupils=[day.walker])
    assert extra_members_add(by=day.user, group=group, pupils=[day.rider], begins=HELD) == 1

    log_in(client, "grechko")
    page = client.get(reverse("extra:group", args=[group.pk])).content.decode()

    assert "Расписание уроков не внесено: 7А. С этими уроками время не сверено." in page

"""Groups of extra lessons: what is refused, what the database refuses, who sees whom."""

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from common.errors import Refused
from iom.models import ExtraAttendance, ExtraGroup, ExtraMember, ExtraSession, WorkEntry
from iom.selectors.work_form import habits_of
from iom.services.extra import (
    extra_group_change,
    extra_group_create,
    extra_group_end,
    extra_member_end,
    extra_members_add,
)
from iom.services.extra_sessions import (
    extra_session_cancel,
    extra_session_forget,
    extra_session_hold,
    extra_session_substitute,
)
from iom.services.work import work_withdraw
from iom.words import CancelWhy, SessionState
from iom.work_words import WorkWay
from school.access import pupils_for
from school.models import LessonSlot, Responsibility, User
from school.permissions import can_see_contacts
from tests.factories import make_class, make_pupil
from tests.iom.extra_making import Day, make_day

pytestmark = pytest.mark.django_db

HELD = date(2026, 11, 17)


@pytest.fixture
def day() -> Day:
    return make_day()


def make_group(day: Day, time_from: str = "14:00", time_to: str = "14:40", **told: object) -> ExtraGroup:
    draft = day.draft(time_from, time_to, **told)
    return extra_group_create(by=day.user, year=day.school_class.year, draft=draft, pupils=[day.walker])


def refused(day: Day, begins: str, ends: str, **told: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        make_group(day, begins, ends, **told)
    return refusal.value


def test_it_refuses_the_pupils_lesson_and_the_teachers_and_the_room(day: Day) -> None:
    told = refused(day, "13:00", "13:40")

    assert told.message == "Вторник, 13:00–13:40 — занято."
    named = [detail.replace("\u00a0", " ") for detail in told.details]
    assert named[:2] == [
        "Гречко П. С., кабинет 12: 6-й урок, Алгебра в 7А, 12:50–13:30",
        "Рябов Д. И.: 6-й урок, Алгебра, 7А, 12:50–13:30",
    ]
    assert named[2].startswith("Свободно у всех: вторник, 13:30–14:10; ")


def test_a_lesson_of_another_subgroup_is_no_clash(day: Day) -> None:
    part = day.school_class.subgroups.create(name="1 группа")
    LessonSlot.objects.filter(number=6).update(subgroup=part, staff=None, room="")

    make_group(day, "12:50", "13:30")
    part.pupils.add(day.rider)
    with pytest.raises(Refused, match="занято"):
        extra_members_add(by=day.user, group=ExtraGroup.objects.get(), pupils=[day.rider], begins=HELD)


def test_it_refuses_a_second_group_of_the_teacher_of_the_room_and_of_the_pupil(day: Day) -> None:
    make_group(day)

    assert "дополнительное занятие «Алгебра, 7А»" in refused(day, "14:30", "15:10", room="5").details[0]
    assert refused(day, "14:30", "15:10", teacher=day.other, room="Каб. 12").details[0].startswith("кабинет 12, Рябов")
    assert refused(day, "14:30", "15:10", teacher=day.other, room="5").details[0].startswith("Рябов")


def test_groups_of_terms_that_do_not_meet_do_not_clash(day: Day) -> None:
    make_group(day)
    later = day.draft(begins=date(2027, 1, 12), ends=date(2027, 3, 16))

    assert extra_group_create(by=day.user, year=day.school_class.year, draft=later, pupils=[day.walker]).pk


def test_a_class_without_a_timetable_is_said_to_be_unknown(day: Day) -> None:
    other = make_class(day.school, "8Б")
    guest = make_pupil(other, "Ёлкин Павел Викторович")
    group = make_group(day)

    with pytest.raises(Refused) as refusal:
        extra_members_add(by=day.user, group=group, pupils=[guest, day.rider], begins=HELD)

    assert refusal.value.details[-1] == "Расписание уроков не внесено: 8Б. С этими уроками время не сверено."
    assert extra_members_add(by=day.user, group=group, pupils=[guest], begins=HELD) == 1


def test_the_database_refuses_a_pupil_in_two_places_by_raw_sql(day: Day) -> None:
    make_group(day)
    second = make_group(day, "15:00", "15:40", teacher=day.other, room="5")
    raw = (
        "UPDATE iom_extragroup SET time_from = '14:20', time_to = '15:00' WHERE id = %s",
        "UPDATE iom_extramember SET time_from = '14:20', time_to = '15:00' WHERE group_id = %s",
    )

    for statement, named in zip(raw, ("extra_pupil_once", "extra_member_at_its_group|extra_pupil_once"), strict=True):
        with pytest.raises(IntegrityError, match=named), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [second.pk])


def test_the_database_refuses_a_teacher_and_a_room_in_two_places_by_raw_sql(day: Day) -> None:
    group = make_group(day)
    copy = (
        "INSERT INTO iom_extragroup (school_id, year_id, title, teacher_id, room, weekday, time_from, time_to, begins,"
        " ends, note, created_at) SELECT school_id, year_id, title, %s, %s, weekday, '14:39', '15:00', ends, ends, '',"
        " now() FROM iom_extragroup WHERE id = %s"
    )

    for teacher, room, named in (
        (day.teacher.pk, "5", "extra_teacher_once"),
        (day.other.pk, "12", "extra_room_once"),
    ):
        with pytest.raises(IntegrityError, match=named), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copy, [teacher, room, group.pk])


def test_moving_a_group_moves_its_pupils(day: Day) -> None:
    group = make_group(day)

    extra_group_change(by=day.user, group=group, draft=day.draft("15:00", "15:40", weekday=4, ends=date(2026, 12, 24)))

    member = ExtraMember.objects.get()
    assert (member.weekday, member.time_from, member.ends) == (4, time(15), date(2026, 12, 24))


def test_a_group_is_not_moved_onto_a_lesson_of_its_pupils(day: Day) -> None:
    group = make_group(day, teacher=day.other, room="5")

    with pytest.raises(Refused, match="занято"):
        extra_group_change(by=day.user, group=group, draft=day.draft("13:00", "13:40", teacher=day.other, room="5"))


def test_who_leads_a_group_sees_its_pupils_without_their_telephones(day: Day) -> None:
    lead = User.objects.get(username="ilina")
    assert not pupils_for(lead).exists()

    group = make_group(day, teacher=day.other, room="5")

    lead = User.objects.get(username="ilina")
    assert list(pupils_for(lead)) == [day.walker]
    assert not can_see_contacts(lead, day.walker)
    extra_member_end(by=day.user, member=group.members.get(), last=date(2026, 11, 20))
    assert not pupils_for(User.objects.get(username="ilina")).exists()


def test_a_group_that_never_met_is_taken_away_with_what_its_teacher_saw(day: Day) -> None:
    group = make_group(day)

    extra_group_end(by=day.user, group=group, last=date(2026, 11, 1))

    assert not ExtraGroup.objects.exists()
    assert not Responsibility.objects.exists()


def test_a_held_lesson_tells_who_came_and_can_be_corrected(day: Day) -> None:
    group = make_group(day)
    guest = make_pupil(day.school_class, "Зимина Полина Сергеевна")
    extra_members_add(by=day.user, group=group, pupils=[guest], begins=HELD)

    extra_session_hold(by=day.user, group=group, on=HELD, came=[guest.pk, 10**6])
    session = extra_session_hold(by=day.user, group=group, on=HELD, came=[day.walker.pk], note="Дроби")

    assert ExtraSession.objects.get() == session
    assert dict(session.attendance.values_list("pupil", "came")) == {day.walker.pk: True, guest.pk: False}


@pytest.mark.parametrize(
    ("on", "came", "words"),
    [
        (date(2026, 11, 24), True, "ещё не наступил"),
        (date(2026, 10, 20), True, "Группа занимается с 03.11.2026"),
        (HELD, False, "занятие не состоялось"),
    ],
)
def test_it_refuses_a_record_that_cannot_be(day: Day, on: date, came: bool, words: str) -> None:
    group = make_group(day)

    with pytest.raises(Refused, match=words):
        extra_session_hold(by=day.user, group=group, on=on, came=[day.walker.pk] if came else [])


def test_a_cancelled_lesson_has_a_reason_and_nobody_came(day: Day) -> None:
    group = make_group(day)
    extra_session_hold(by=day.user, group=group, on=HELD, came=[day.walker.pk])

    with pytest.raises(Refused, match="Напишите, почему"):
        extra_session_cancel(by=day.user, group=group, on=HELD, why=CancelWhy.OTHER)
    session = extra_session_cancel(by=day.user, group=group, on=HELD, why=CancelWhy.EVENT)

    assert (session.state, session.why) == (SessionState.CANCELLED, CancelWhy.EVENT)
    assert not ExtraAttendance.objects.exists()
    extra_session_forget(by=day.user, session=session)
    assert not ExtraSession.objects.exists()


def test_a_held_lesson_is_an_entry_of_the_journal_that_follows_its_corrections(day: Day) -> None:
    group = make_group(day)
    extra_members_add(by=day.user, group=group, pupils=[make_pupil(day.school_class, "Зимина Полина")], begins=HELD)
    first, second = group.members.order_by("pupil__sort_key").values_list("pupil", flat=True)

    session = extra_session_hold(by=day.user, group=group, on=HELD, came=[first])
    entry = WorkEntry.objects.get()
    assert (entry.form, entry.minutes, entry.topic, entry.by) == (WorkWay.EXTRA, 40, "Алгебра, 7А", day.user)
    extra_session_hold(by=day.deputy, group=group, on=HELD, came=[second], note="Дроби")

    entry.refresh_from_db()
    assert list(entry.pupils.values_list("pupil", flat=True)) == [second]
    assert (entry.topic, entry.version, WorkEntry.objects.count()) == ("Дроби", 2, 1)
    entry.pupils.update(result="решил сам")
    extra_session_hold(by=day.user, group=group, on=HELD, came=[first])
    assert entry.pupils.count() == 2  # what was written about a pupil is not lost
    extra_session_cancel(by=day.user, group=group, on=HELD, why=CancelWhy.PUPILS)
    entry.refresh_from_db()
    assert entry.withdrawn_why == "Занятие не состоялось"
    again = extra_session_hold(by=day.user, group=group, on=HELD, came=[first])
    assert (again.pk, WorkEntry.objects.standing().get().pupils.get().pupil_id) == (session.pk, first)


def test_the_entry_of_a_lesson_is_withdrawn_with_the_lesson_and_belongs_to_who_gave_it(
    client: Client, day: Day
) -> None:
    group = make_group(day)
    extra_session_hold(by=day.deputy, group=group, on=HELD, came=[day.walker.pk])
    entry = WorkEntry.objects.get()
    client.force_login(day.deputy)
    assert list(client.get(f"/journals/?teacher={day.user.pk}").context["rows"]) == [entry]
    assert not client.get(f"/journals/?teacher={day.deputy.pk}").context["rows"]
    assert day.teacher.short_name in client.get(f"/journals/{entry.pk}/").content.decode()
    with pytest.raises(Refused, match="дополнительного занятия"):
        work_withdraw(by=day.deputy, entry=entry, why="не было")
    assert habits_of(day.deputy, entry.subject).last is None

    assert "уйдёт и отметка" in client.get(f"/journals/{entry.pk}/withdraw/").content.decode()
    client.post(f"/journals/{entry.pk}/withdraw/", {"why": "занятия не было"})
    entry.refresh_from_db()
    assert entry.withdrawn_why == "занятия не было"
    assert not ExtraSession.objects.exists() and not ExtraAttendance.objects.exists()


def test_of_a_lesson_to_come_nobody_can_say_that_no_one_came(client: Client, day: Day) -> None:
    group = make_group(day)
    client.force_login(day.user)
    ahead, held = (f"/extra/{group.pk}/{on:%Y-%m-%d}/cancel/" for on in (date(2026, 11, 24), HELD))

    assert "никто не пришёл" in client.get(held).content.decode()
    page = client.get(ahead).content.decode()
    assert "никто не пришёл" not in page and "Отменить занятие 24.11.2026" in page
    assert client.post(ahead, {"why": "pupils"}).status_code == 422
    assert client.post(ahead, {"why": "event"}).status_code == 302


@pytest.mark.parametrize("on", ["2026-02-30", "2026-13-01", "0000-00-00", "20261117aa"])
def test_a_day_that_is_none_is_not_found(client: Client, day: Day, on: str) -> None:
    group = make_group(day)
    client.force_login(day.deputy)
    for deed in ("", "cancel/", "substitute/"):
        assert client.get(f"/extra/{group.pk}/{on}/{deed}").status_code == 404
    assert client.post(f"/extra/{group.pk}/{on}/forget/").status_code == 404


def test_a_substitute_sees_the_pupils_for_a_week_and_is_not_taken_twice(day: Day) -> None:
    group = make_group(day)
    busy = make_group(day, "15:00", "15:40")

    extra_session_substitute(by=day.deputy, group=group, on=date(2026, 11, 24), staff=day.other)

    assert list(pupils_for(User.objects.get(username="ilina"))) == [day.walker]
    ExtraGroup.objects.filter(pk=busy.pk).update(teacher=day.other, room="")
    with pytest.raises(Refused) as refusal:
        extra_group_change(by=day.user, group=group, draft=day.draft("15:10", "15:50", teacher=day.other, room="7"))
    assert "Ильина" in refusal.value.details[0]


def test_a_new_group_takes_pupils_of_several_classes_and_keeps_what_was_typed(client: Client, day: Day) -> None:
    eighth = make_class(day.school, "8Б")
    other = make_pupil(eighth, "Зимина Полина Олеговна", external_id="p8")
    client.force_login(day.deputy)
    classes = [str(day.school_class.pk), str(eighth.pk)]
    typed = {"title": "Физика, 7–8", "weekday": "2", "time_from": "14:00", "time_to": "14:40", "cls": classes}
    shown = client.post("/extra/new/", typed | {"show": "1", "pupils": [day.walker.pk]})
    assert shown.status_code == 200 and not ExtraGroup.objects.exists()
    page = shown.content.decode()
    assert "Физика, 7–8" in page and "Зимина Полина, 8Б" in page and "Рябов Денис, 7А" in page
    assert shown.context["form"]["pupils"].value() == [str(day.walker.pk)]

    told = {"teacher": day.teacher.pk, "begins": "2026-11-03", "ends": "2026-12-29", "room": "12"}
    written = client.post("/extra/new/", typed | told | {"pupils": [day.walker.pk, other.pk]})
    assert written.status_code == 302
    assert ExtraGroup.objects.get().members.count() == 2

"""The school's day: what a cell says, weeks that replace each other from a day on, bells, riders of a bus."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from school.lessons_text import Part, read_cell, write_cell
from school.models import Bell, BusRider, BusRun, LessonSlot, School, SchoolClass, TeachingAssignment, User
from school.services.day import BellDraft, LessonDraft, bells_write, lessons_write, rider_end, riders_add
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

SUBJECTS = {"алгебра": 1, "иностранный язык (английский)": 2, "труд": 3}
GROUPS = {"1 группа": 7, "2 группа": 8}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("Алгебра", [Part(1, None, "")]),
        (" алгебра ,  12 ", [Part(1, None, "12")]),
        ("Алгебра 21", [Part(1, None, "21")]),
        ("Алгебра каб. 21а", [Part(1, None, "21а")]),
        ("Иностранный язык (английский), 21", [Part(2, None, "21")]),
        ("Труд (1 группа), 5 / Труд (2 группа)", [Part(3, 7, "5"), Part(3, 8, "")]),
        ("Иностранный язык (английский) (1 группа)", [Part(2, 7, "")]),
    ],
)
def test_a_cell_is_read_as_it_is_typed(text: str, parts: list[Part]) -> None:
    assert read_cell(text, SUBJECTS, GROUPS) == parts


@pytest.mark.parametrize(("text", "words"), [("Черчение, 5", "Черчение"), ("Труд (3 группа)", "подгруппы «3 группа»")])
def test_words_that_are_nothing_of_the_school_are_named(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_cell(text, SUBJECTS, GROUPS)


def test_what_is_shown_in_a_cell_is_read_back() -> None:
    shown = write_cell([("Труд", "1 группа", "5"), ("Иностранный язык (английский)", "", "")])

    assert read_cell(shown, SUBJECTS, GROUPS) == [Part(3, 7, "5"), Part(2, None, "")]


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    return make_class(school, "7А", teacher=teacher)


def stands(place: SchoolClass, day: date) -> list[tuple[int, int, str, str]]:
    slots = LessonSlot.objects.on(day).filter(school_class=place).select_related("subject")
    return [(slot.weekday, slot.number, str(slot.subject), slot.room) for slot in slots]


def test_a_new_week_begins_on_its_day_and_the_former_one_stays_in_the_past(deputy: User, seventh: SchoolClass) -> None:
    algebra, history = (make_subject(seventh.school, name) for name in ("Алгебра", "История"))
    teacher = make_staff(seventh.school, "Гречко Павел Семёнович", "teacher")
    TeachingAssignment.objects.create(staff=teacher, subject=algebra, school_class=seventh)
    first = [LessonDraft(1, 1, algebra, None, "12"), LessonDraft(1, 2, history)]
    second = [LessonDraft(1, 1, algebra, None, "12"), LessonDraft(1, 3, history)]

    lessons_write(by=deputy, school_class=seventh, shift=1, lessons=first, starts=date(2026, 9, 1))
    lessons_write(by=deputy, school_class=seventh, shift=1, lessons=second, starts=date(2026, 11, 9))
    lessons_write(by=deputy, school_class=seventh, shift=1, lessons=second, starts=date(2026, 11, 9))

    assert stands(seventh, date(2026, 11, 8)) == [(1, 1, "Алгебра", "12"), (1, 2, "История", "")]
    assert stands(seventh, date(2026, 11, 9)) == [(1, 1, "Алгебра", "12"), (1, 3, "История", "")]
    assert LessonSlot.objects.count() == 3  # what stays the same is one row
    assert {slot.staff for slot in LessonSlot.objects.filter(subject=algebra)} == {teacher}


def test_a_week_is_typed_and_a_word_that_is_no_subject_is_told_with_its_cell(
    client: Client, deputy: User, seventh: SchoolClass
) -> None:
    make_subject(seventh.school, "Алгебра")
    client.force_login(deputy)
    address = reverse("day:week", args=[seventh.pk])

    wrong = client.post(address, {"shift": "2", "starts": "2026-09-01", "2-6": "Черчение", "1-1": "Алгебра, 12"})
    assert wrong.status_code == 422
    assert "Вторник, 6-й урок: нет предмета «Черчение»." in wrong.content.decode()
    assert 'value="Алгебра, 12"' in wrong.content.decode()
    right = client.post(address, {"shift": "2", "starts": "2026-09-01", "1-1": "Алгебра, 12"})

    assert right.status_code == 302
    slot = LessonSlot.objects.get()
    assert (slot.weekday, slot.number, slot.shift, slot.room) == (1, 1, 2, "12")


def test_bells_that_run_into_each_other_are_refused(deputy: User, school: School) -> None:
    first, second = BellDraft(1, time(8, 30), time(9, 10)), BellDraft(2, time(9, 5), time(9, 45))

    with pytest.raises(Refused, match="2-й урок начинается раньше, чем кончается 1-й"):
        bells_write(by=deputy, school=school, shift=1, bells=[first, second])
    bells_write(by=deputy, school=school, shift=1, bells=[first, BellDraft(2, time(9, 20), time(10, 0))])
    bells_write(by=deputy, school=school, shift=1, bells=[BellDraft(2, time(9, 10), time(9, 50))])

    assert [(bell.number, bell.starts) for bell in Bell.objects.all()] == [(2, time(9, 10))]


def test_a_class_teacher_keeps_the_riders_of_the_own_class_only(
    client: Client, deputy: User, seventh: SchoolClass
) -> None:
    own, foreign = make_pupil(seventh, "Рябов Денис"), make_pupil(make_class(seventh.school, "8Б"), "Ёлкин Павел")
    bus = BusRun.objects.create(school=seventh.school, title="Липовка", weekdays=[1], leaves=time(14, 10))
    riders_add(by=deputy, bus=bus, pupils=[foreign], starts=date(2026, 9, 1))
    client.force_login(User.objects.get(username="klass"))
    address = reverse("day:bus", args=[bus.pk])

    refused = client.post(address, {"pupils": [foreign.pk], "starts": "2026-11-21"})
    taken = client.post(address, {"pupils": [own.pk], "starts": "2026-11-21"})
    page = client.get(address).content.decode()

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Рябов Денис" in page
    assert "Ёлкин Павел" not in page


def test_a_rider_who_leaves_the_bus_rode_until_yesterday(deputy: User, seventh: SchoolClass) -> None:
    pupil, today = make_pupil(seventh, "Рябов Денис"), date(2026, 11, 21)
    bus = BusRun.objects.create(school=seventh.school, title="Липовка", weekdays=[1], leaves=time(14, 10))
    assert riders_add(by=deputy, bus=bus, pupils=[pupil], starts=date(2026, 9, 1)) == 1
    assert riders_add(by=deputy, bus=bus, pupils=[pupil], starts=today) == 0

    rider_end(by=deputy, rider=BusRider.objects.get(), today=today)

    assert BusRider.objects.get().ends == date(2026, 11, 20)
    assert riders_add(by=deputy, bus=bus, pupils=[pupil], starts=today) == 1

"""A school brings its own timetable: guesses, what a person corrects, what is written, what is left and why."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.rendering.xlsx import Sheet, render_xlsx
from iom.models import ExtraGroup, ExtraTable
from iom.rules.extra_table import Column, guess_columns, lesson_rows, read_times, read_weekday
from iom.selectors.named_people import staff_named
from school.models import LessonSlot, Staff, User
from school.services.day import lessons_told
from tests.factories import make_class
from tests.iom.extra_making import Day, make_day

HEAD = ("№", "Педагог", "Предмет", "Класс", "День", "Время", "Каб.", "Ученики")


@pytest.mark.parametrize(
    ("text", "until", "expected"),
    [
        ("14.00–14.40", "", (840, 880)),
        ("14:00 - 15:00", "", (840, 900)),
        ("14-00-14-45", "", (840, 885)),
        ("8:05", "", (485, 525)),
        ("14:00", "14:30", (840, 870)),
        ("после уроков", "", (None, None)),
    ],
)
def test_times_are_read_as_schools_write_them(text: str, until: str, expected: tuple[int | None, int | None]) -> None:
    assert read_times(text, until) == expected


def test_days_are_read_in_full_and_short() -> None:
    assert [read_weekday(text) for text in ("Вторник", "вт.", "ЧТ", "Пятница", "суббота", "каждый день")] == [
        2, 2, 4, 5, 6, None,
    ]  # fmt: skip


def test_columns_are_guessed_by_their_headings() -> None:
    assert guess_columns(HEAD, lessons=False) == {
        0: Column.NUMBER,
        1: Column.TEACHER,
        2: Column.SUBJECT,
        3: Column.CLASS,
        4: Column.WEEKDAY,
        5: Column.TIME,
        6: Column.ROOM,
        7: Column.PUPILS,
    }


def test_a_grid_of_lessons_is_read_by_its_columns_of_classes() -> None:
    head = ("День", "Урок", "7А", "7 Б")
    columns = guess_columns(head, lessons=True)
    rows = [("Понедельник", "1", "Алгебра, 12", "Физика"), ("", "2", "", "Химия, 34"), ("Вторник", "1", "История", "")]

    found = [(row.class_name, row.weekday, row.lesson, row.text) for row in lesson_rows(rows, columns, 2, head)]

    assert found == [
        ("7А", 1, 1, "Алгебра, 12"),
        ("7 Б", 1, 1, "Физика"),
        ("7 Б", 1, 2, "Химия, 34"),
        ("7А", 2, 1, "История"),
    ]


def test_a_teacher_is_known_by_surname_and_initials_and_namesakes_are_asked_about() -> None:
    one = Staff(last_name="Гречко", first_name="Павел", middle_name="Семёнович")
    other = Staff(last_name="Гречко", first_name="Анна", middle_name="Борисовна")

    assert staff_named("Гречко П.С.", [one, other]) is one
    assert staff_named("гречко анна борисовна", [one, other]) is other
    assert staff_named("Гречко", [one, other]) is None
    assert staff_named("", [one]) is None


@pytest.fixture
def day(db: None) -> Day:
    return make_day()


def send(client: Client, kind: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> ExtraTable:
    client.force_login(User.objects.get(username="ermolaeva"))
    content = render_xlsx([Sheet("Расписание", head, rows)])
    answer = client.post(reverse("extra:bring"), {"kind": kind, "file": SimpleUploadedFile("Занятия.xlsx", content)})
    table = ExtraTable.objects.get()
    assert answer["Location"] == reverse("extra:table", args=[table.pk])
    return table


def test_a_timetable_of_extra_lessons_is_mapped_written_and_taken_back(client: Client, day: Day) -> None:
    table = send(
        client,
        "extra",
        HEAD,
        [
            ("1", "Гречко П. С.", "Алгебра", "7А", "Вторник", "13:30–14:10", "каб. 12", "Ковтун Матвей, Рябов Д."),
            ("2", "", "Алгебра", "7А", "Вторник", "14:20–15:00", "12", "Ковтун М. А."),
            ("3", "Учитель новый", "Русский язык", "7А", "среда", "14:20", "", "Рябов, Неизвестный"),
        ],
    )
    address = reverse("extra:table", args=[table.pk])
    page = client.get(address).content.decode()
    assert "учитель «Учитель новый» не узнан" in page
    assert "не узнаны: Неизвестный" in page

    kept = {f"column-{place}": kind for place, kind in table.columns.items()}
    told = client.post(address, {"what": "write", **kept, "column-0": "title"}, follow=True).content.decode()
    assert "Вы изменили столбцы: разбор обновлён" in told
    assert not ExtraGroup.objects.exists()
    client.post(address, {"what": "save", **kept, "staff-1": day.other.pk})
    client.post(address, {"what": "write"})

    table.refresh_from_db()
    first, second = ExtraGroup.objects.order_by("weekday")
    assert (first.title, first.teacher, first.room, first.members.count()) == ("Алгебра, 7А", day.teacher, "12", 2)
    assert (second.teacher, second.note, second.ends) == (day.other, "Не узнаны: Неизвестный", date(2027, 8, 31))
    failed = [line for line in table.written if "why" in line]
    assert [line["row"] for line in failed] == [3]
    assert "автобус «Липовка» уходит в 14:10" in failed[0]["why"]
    assert "Свободно у всех" in client.get(address).content.decode()
    client.post(address, {"what": "undo"})
    assert not ExtraGroup.objects.exists()


def test_a_grid_of_lessons_becomes_the_weeks_of_its_classes(client: Client, day: Day) -> None:
    table = send(
        client,
        "lessons",
        ("День", "Урок", "7А"),
        [("Понедельник", "1", "Алгебра, 12"), ("", "2", "Черчение"), ("Вторник", "1", "Алгебра")],
    )
    address = reverse("extra:table", args=[table.pk])
    assert "нет предмета «Черчение»" in client.get(address).content.decode()

    client.post(address, {"what": "write"})

    today = day.school.today()
    slots = LessonSlot.objects.on(today).filter(school_class=day.school_class)
    assert [(slot.weekday, slot.number, slot.room, slot.staff) for slot in slots] == [
        (1, 1, "12", day.teacher),
        (2, 1, "", day.teacher),
    ]
    assert LessonSlot.objects.filter(ends=date(2026, 11, 20)).count() == 6  # what stood before has ended


def test_lessons_that_were_brought_are_taken_back_unless_somebody_changed_them(client: Client, day: Day) -> None:
    before = lessons_told(day.school_class)
    eighth = make_class(day.school, "8Б")
    table = send(client, "lessons", ("День", "Урок", "7А", "8Б"), [("Понедельник", "1", "Алгебра, 12", "Алгебра")])
    address = reverse("extra:table", args=[table.pk])
    client.post(address, {"what": "write"})
    assert lessons_told(day.school_class) != before and eighth.lessons.count() == 1
    eighth.lessons.update(room="40")

    told = client.post(address, {"what": "undo"}, follow=True).content.decode()
    assert "прежнее расписание уроков" in told and "Не тронуто у 1\u00a0класса" in told
    assert lessons_told(day.school_class) == before and eighth.lessons.get().room == "40"
    client.post(address, {"what": "undo"})
    assert lessons_told(day.school_class) == before


def test_a_grid_under_a_title_is_known_by_its_classes_not_by_a_fuller_row(client: Client, day: Day) -> None:
    lesson = ("вторник", "1", "Труд (1 группа), 5 / Труд (2 группа), 7", "Алгебра, 12", "", "Химия, 3")
    rows: list[tuple[str, ...]] = [
        ("День", "№", "7А", "7Б", "8А", "8Б"),
        ("понедельник", "2", "Алгебра, 12", "", "", ""),
        lesson,
    ]
    table = send(client, "lessons", ("Расписание уроков", "", "", "", "", ""), rows)
    assert table.head == list(rows[0])
    assert [table.columns[str(place)] for place in range(2, 6)] == [Column.GRID.value] * 4


def test_lessons_outside_of_a_week_are_left_with_their_reason(client: Client, day: Day) -> None:
    head = ("Класс", "День", "Урок", "Смена", "Предмет")
    rows = [("7А", "пн", "15", "1", "Алгебра"), ("7А", "пн", "2", "3", "Алгебра"), ("7А", "пн", "3", "1", "Алгебра")]
    table = send(client, "lessons", head, [*rows, ("7А", "праздник", "4", "1", "Алгебра")])
    address = reverse("extra:table", args=[table.pk])
    assert client.post(address, {"what": "write"}).status_code == 302

    table.refresh_from_db()
    told = [line["why"] for line in table.written if "why" in line]
    assert told == [
        "7А: урока № 15 не бывает: последний — 12-й",
        "7А: смены № 3 не бывает: есть 1-я и 2-я",
        "7А: день или номер урока не понят",
    ]

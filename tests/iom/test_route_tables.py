"""Routes that the school already keeps as a table: read, corrected by a person, written as drafts, taken back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from iom.models import ExtraTable, Gap, Route, RoutePart
from iom.rules.route_table import Column, guess_columns, read_kind, read_number, route_rows
from iom.words import RouteState
from school.models import Pupil, School, SchoolClass, User
from tests.factories import make_pupil, make_staff
from tests.iom.making import agree_all, make_route, teach

HEAD = ["№", "Ф.И.О. ученика", "Класс", "Предмет", "Пробелы в знаниях (тема)", "Форма работы", "Срок", "Контроль"]
ROWS = [
    ["1", "Ковтун Матвей", "7 а", "Алгебра", "Дроби", "доп. занятие", "20.12.2026", "самостоятельная"],
    ["", "", "", "", "Уравнения", "карточки", "25.12", ""],
    ["2", "Белова Е.А.", "7А", "Матем.", "Проценты", "", "", ""],
    ["3", "Неизвестный Пётр", "7А", "Алгебра", "Степени", "", "", ""],
]


def test_columns_are_guessed_by_their_headings() -> None:
    assert guess_columns(HEAD) == {
        1: Column.PUPIL,
        2: Column.CLASS,
        3: Column.SUBJECT,
        4: Column.TOPIC,
        5: Column.WORK,
        6: Column.DUE,
        7: Column.CONTROL,
    }


def test_a_row_without_a_name_is_another_gap_of_the_pupil_above() -> None:
    first, second, third, _ = route_rows(ROWS, guess_columns(HEAD), 2, 2026)
    assert (first.pupil, first.topic, first.work, first.due) == (
        "Ковтун Матвей",
        "Дроби",
        "доп. занятие",
        date(2026, 12, 20),
    )
    assert (second.pupil, second.class_name, second.subject, second.due) == (
        "Ковтун Матвей",
        "7 а",
        "Алгебра",
        date(2026, 12, 25),
    )
    assert (third.number, third.due, third.target) == (4, None, Decimal(3))


def test_a_row_that_names_no_work_is_told_and_a_name_alone_heads_the_rows_below() -> None:
    rows = [
        ["1", "Ковтун Матвей", "7 а", "", "", "", "", ""],
        ["", "", "", "Алгебра", "Дроби", "", "", ""],
        ["", "", "", "Физика", "", "", "20.12.2026", ""],
    ]
    assert [(row.number, row.topic) for row in route_rows(rows, guess_columns(HEAD), 2, 2026)] == [
        (3, "Дроби"),
        (4, ""),
    ]


@pytest.mark.parametrize(
    ("text", "number"), [("до 4", "4"), ("75 %", "75"), ("3,5", "3.5"), ("хорошо", None), ("99999", None)]
)
def test_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    assert read_number(text) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("text", "kind"), [("Слабоуспевающий", "weak"), ("неуспев.", "failing"), ("?", ""), ("ОВЗ", "needs"), ("?", "")]
)
def test_categories_are_read_by_their_words(text: str, kind: str) -> None:
    assert read_kind(text) == kind


@pytest.fixture
def deputy_client(deputy: User) -> Client:
    client = Client()
    client.force_login(deputy)
    return client


def workbook() -> SimpleUploadedFile:
    book, kept = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    book.save(kept)
    return SimpleUploadedFile("Маршруты.xlsx", kept.getvalue())


@pytest.fixture
def brought(deputy_client: Client, seventh: SchoolClass) -> ExtraTable:
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    make_pupil(seventh, "Белова Ева Артёмовна")
    make_pupil(seventh, "Белова Евгения Алексеевна")
    teach(pupil, "Алгебра")
    answer = deputy_client.post("/routes/bring/", {"file": workbook()})
    assert answer.status_code == 302, answer.content.decode()
    return ExtraTable.objects.get()


@pytest.mark.django_db
def test_drafts_hold_what_the_table_says_and_the_rest_says_why_not(
    deputy_client: Client, school: School, brought: ExtraTable
) -> None:
    address = f"/routes/bring/{brought.pk}/"
    page = deputy_client.get(address).content.decode()
    assert "«Белова Е.А., 7А» не узнан" in page and "«Неизвестный Пётр, 7А» не узнан" in page
    eva, algebra = Pupil.objects.get(first_name="Ева"), school.subjects.get(name="Алгебра")
    corrected = {f"column-{place}": column.value for place, column in guess_columns(HEAD).items()}
    deputy_client.post(address, {**corrected, "pupil-0": eva.pk, "subject-0": algebra.pk})
    deputy_client.post(address, {"what": "write"})
    first, second = Route.objects.order_by("pk")
    assert [gap.topic for gap in first.gaps.order_by("pk")] == ["Дроби", "Уравнения"]
    gap: Gap = first.gaps.get(topic="Дроби")
    assert (gap.due, gap.planned_work, gap.control_form) == (date(2026, 12, 20), "доп. занятие", "самостоятельная")
    assert (second.pupil, second.state, second.gaps.get().topic) == (eva, RouteState.DRAFT, "Проценты")
    page = " ".join(deputy_client.get(address).content.decode().split())
    assert "строка 5" in page and "2 черновика" in page


@pytest.mark.django_db
def test_undoing_takes_back_what_is_still_a_draft(deputy_client: Client, deputy: User, brought: ExtraTable) -> None:
    address = f"/routes/bring/{brought.pk}/"
    eva, algebra = Pupil.objects.get(first_name="Ева"), brought.school.subjects.get(name="Алгебра")
    deputy_client.post(address, {"pupil-0": eva.pk, "subject-0": algebra.pk, "what": "write"})
    first, second = Route.objects.order_by("pk")
    agree_all(deputy, first)
    page = deputy_client.post(address, {"what": "undo"}, follow=True).content.decode()
    assert "Осталось: 1 маршрут" in " ".join(page.split())
    states = list(Route.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RouteState.WITH_PARENTS, RouteState.WITHDRAWN]
    assert second.pk == Route.objects.get(state=RouteState.WITHDRAWN).pk


@pytest.mark.django_db
def test_whoever_has_such_a_route_keeps_it(deputy_client: Client, deputy: User, brought: ExtraTable) -> None:
    make_route(deputy, Pupil.objects.get(last_name="Ковтун"), "Алгебра")
    page = deputy_client.get(f"/routes/bring/{brought.pk}/").content.decode()
    assert "такой маршрут уже есть" in page


@pytest.mark.django_db
def test_what_stands_twice_is_written_once_and_what_is_not_understood_is_told(
    deputy_client: Client, brought: ExtraTable
) -> None:
    brought.rows = [
        ["1", "Ковтун Матвей", "7А", "Алгебра", "Дроби", "", "32.13.2026", ""],
        ["", "", "", "", "дроби", "", "", ""],
        ["2", "Белов Пётр", "99Ю", "Алгебра", "Степени", "", "", ""],
    ]
    brought.save()
    make_pupil(Pupil.objects.get(last_name="Ковтун").enrolments.get().school_class, "Белов Семён Олегович")
    page = deputy_client.get(f"/routes/bring/{brought.pk}/").content.decode()
    assert "срок «32.13.2026» не понят" in page
    assert "то же, что в строке 2" in page
    assert "Белов Семён Олегович" in page  # of a class that is not there: those with the same surname
    deputy_client.post(f"/routes/bring/{brought.pk}/", {"what": "write"})
    assert Gap.objects.get().topic == "Дроби"


@pytest.mark.django_db
def test_a_target_that_was_reached_before_stops_its_row_and_not_the_file(
    deputy_client: Client, brought: ExtraTable
) -> None:
    brought.head = [*HEAD, "Было", "Цель"]
    brought.columns = {**brought.columns, "8": "baseline", "9": "target"}
    line = ["1", "Ковтун Матвей", "7А", "Алгебра"]
    brought.rows = [[*line, "Дроби", "", "", "", "4", "3"], [*line, "Степени", "", "", "", "2", "3"]]
    brought.save()
    assert "цель 3 не выше того, что было: 4" in deputy_client.get(f"/routes/bring/{brought.pk}/").content.decode()
    deputy_client.post(f"/routes/bring/{brought.pk}/", {"what": "write"})
    assert Gap.objects.get().topic == "Степени"


@pytest.mark.django_db
def test_the_teacher_of_the_table_answers_for_the_part_and_one_who_is_not_known_is_told_and_chosen(
    deputy_client: Client, school: School, brought: ExtraTable
) -> None:
    other = make_staff(school, "Гречко Павел Семёнович", "teacher")
    third = make_staff(school, "Сомова Инна Львовна", "teacher")
    brought.head, brought.columns = [*HEAD, "Учитель-предметник"], {**brought.columns, "8": "teacher"}
    line = ["1", "Ковтун Матвей", "7А", "Алгебра"]
    brought.rows = [
        [*line, "Дроби", "", "", "", "Гречко П.С."],
        [*line, "Степени", "", "", "", "Сомова И.Л."],
        ["2", "Белова Ева", "7А", "Алгебра", "Корни", "", "", "", "Сорокина"],
    ]
    brought.save()
    assert guess_columns(brought.head)[8] == Column.TEACHER
    address = f"/routes/bring/{brought.pk}/"
    page = " ".join(deputy_client.get(address).content.decode().split())
    assert "по предмету отвечает один педагог, выше назван Гречко П." in page
    assert "учитель «Сорокина» не узнан: ответит тот, кто ведёт предмет" in page
    deputy_client.post(address, {"staff-0": third.pk, "what": "save"})
    assert "не узнан: ответит" not in deputy_client.get(address).content.decode()
    deputy_client.post(address, {"what": "write"})
    named = RoutePart.objects.filter(subject__name="Алгебра").values_list("pupil__last_name", "teacher")
    assert dict(named) == {"Ковтун": other.pk, "Белова": third.pk}


@pytest.mark.django_db
def test_columns_that_were_changed_are_shown_before_anything_is_written(
    deputy_client: Client, brought: ExtraTable
) -> None:
    address = f"/routes/bring/{brought.pk}/"
    changed = {f"column-{place}": column.value for place, column in guess_columns(HEAD).items() if place != 6}
    page = deputy_client.post(address, {**changed, "what": "write"}, follow=True).content.decode()
    assert "Вы изменили столбцы: разбор обновлён" in page
    assert not Route.objects.exists()
    deputy_client.post(address, {**changed, "what": "write"})
    assert Route.objects.exists()

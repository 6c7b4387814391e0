"""The pages of the change of year, as the deputy uses them."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from school.lots import Lot
from school.models import (
    AcademicYear,
    ClassPlan,
    Enrolment,
    ImportBatch,
    Pupil,
    PupilPlan,
    School,
    SchoolClass,
    User,
    YearChange,
)
from school.services.imports import batch_apply
from tests.counting import MOST
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school(today=date(2027, 6, 1))


@pytest.fixture
def year(school: School) -> AcademicYear:
    return school.years.get()


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А", teacher=make_staff(school, "Власова Надежда Игоревна"))


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1")


def page(client: Client, name: str, year: AcademicYear, query: str = "") -> str:
    answer = client.get(reverse(f"school:{name}", args=[year.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def do_change(client: Client, year: AcademicYear) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', page(client, "year_change", year))
    assert seen is not None
    client.post(reverse("school:year_change", args=[year.pk]), {"seen": seen[1]})


def test_it_shows_where_each_class_goes_and_leads_to_its_pupils(
    deputy: Client, year: AcademicYear, pupil: Pupil, seventh: SchoolClass
) -> None:
    shown = page(deputy, "year_change", year)

    assert "Переход на 2027/28" in shown and "<b>8А</b>" in shown and "Власова" in shown
    assert f"?class={seventh.pk}&amp;lot=promoted" in shown or f"?class={seventh.pk}&lot=promoted" in shown
    assert pupil.full_name in page(deputy, "year_pupils", year, f"?class={seventh.pk}&lot=promoted")
    assert pupil.full_name not in page(deputy, "year_pupils", year, "?lot=left")


def test_the_change_is_done_and_undone_on_the_page(deputy: Client, year: AcademicYear, pupil: Pupil) -> None:
    do_change(deputy, year)
    after = page(deputy, "year_change", year)
    assert "Отменить переход" in after and "Классы нового года" in after
    assert "Переведён" in page(deputy, "year_pupils", year, "?lot=promoted")

    deputy.post(reverse("school:year_undo", args=[year.pk]))

    assert not YearChange.objects.exists()
    assert pupil.enrolments.get().ends is None


def test_what_stands_in_the_way_of_undoing_is_listed(deputy: Client, year: AcademicYear, pupil: Pupil) -> None:
    do_change(deputy, year)
    newcomer = Pupil.objects.create(school=pupil.school, last_name="Новая", first_name="Анна")
    eighth = SchoolClass.objects.get(grade=8)
    Enrolment.objects.create(pupil=newcomer, school_class=eighth, starts=eighth.year.starts)

    answer = deputy.post(reverse("school:year_undo", args=[year.pk]))

    assert (answer.status_code, YearChange.objects.count()) == (422, 1)
    assert "место в классе (1)" in answer.content.decode()


def test_a_change_that_was_looked_at_before_another_decision_is_refused(
    deputy: Client, year: AcademicYear, pupil: Pupil
) -> None:
    answer = deputy.post(reverse("school:year_change", args=[year.pk]), {"seen": "old"}, follow=True)

    assert "посмотрите ещё раз" in answer.content.decode()
    assert not YearChange.objects.exists()


def test_the_deputy_decides_on_several_pupils_at_once(
    deputy: Client, year: AcademicYear, seventh: SchoolClass, pupil: Pupil
) -> None:
    other = make_pupil(seventh, "Рябов Денис")
    picks = [f"{one.pk}:promoted:8А" for one in (pupil, other)]
    url = reverse("school:year_pupils", args=[year.pk])

    deputy.post(url, {"pick": picks, "lot": "conditional", "note": "протокол № 5"})
    again = deputy.post(url, {"pick": picks, "lot": "left"})

    assert set(PupilPlan.objects.values_list("lot", "note")) == {(Lot.CONDITIONAL.value, "протокол № 5")}
    assert again.status_code == 422 and "выберите снова" in again.content.decode()
    assert "протокол № 5" in page(deputy, "year_change", year) or "решени" in page(deputy, "year_change", year)


def test_a_decision_is_taken_back_as_proposed(deputy: Client, year: AcademicYear, pupil: Pupil) -> None:
    url = reverse("school:year_pupils", args=[year.pk])
    deputy.post(url, {"pick": f"{pupil.pk}:promoted:8А", "lot": "left"})

    deputy.post(url, {"pick": f"{pupil.pk}:left:", "lot": ""})

    assert not PupilPlan.objects.exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"lot": "left", "target": "8А"}, "Класс пишут тем, кто остаётся в школе"),
        ({"lot": "promoted", "target": "восьмой"}, "Начните с параллели"),
        ({"lot": "promoted", "pick": ""}, "Отметьте учеников"),
    ],
)
def test_a_decision_that_makes_no_sense_is_explained(
    deputy: Client, year: AcademicYear, pupil: Pupil, sent: dict[str, str], told: str
) -> None:
    data = {"pick": f"{pupil.pk}:promoted:8А", **sent}
    answer = deputy.post(reverse("school:year_pupils", args=[year.pk]), {k: v for k, v in data.items() if v})

    assert answer.status_code == 422 and told in answer.content.decode()


def test_a_class_is_renamed_and_a_second_deputy_is_told(
    deputy: Client, year: AcademicYear, seventh: SchoolClass
) -> None:
    url = reverse("school:year_class", args=[year.pk, seventh.pk])
    seen = re.search(r'name="seen" value="(\w+)"', deputy.get(url).content.decode())
    assert seen is not None
    assert deputy.post(url, {"seen": seen[1], "following": "8 г"}).status_code == 302

    late = deputy.post(url, {"seen": seen[1], "following": "8Д"})

    assert late.status_code == 422 and "изменил кто-то другой" in late.content.decode()
    assert (ClassPlan.objects.get().grade, ClassPlan.objects.get().letter) == (8, "Г")


def test_a_class_that_neither_finishes_nor_goes_on_is_refused(
    deputy: Client, year: AcademicYear, seventh: SchoolClass
) -> None:
    answer = deputy.post(reverse("school:year_class", args=[year.pk, seventh.pk]), {"following": ""})

    assert answer.status_code == 422 and "каким классом он станет" in answer.content.decode()


def test_only_first_classes_are_first_classes(deputy: Client, year: AcademicYear) -> None:
    url = reverse("school:year_settings", args=[year.pk])

    assert "не первый класс" in deputy.post(url, {"first_classes": "1А, 2Б"}).content.decode()
    assert deputy.post(url, {"first_classes": "1А, 1Б"}).status_code == 302


def test_a_school_without_classes_is_told_what_to_do(deputy: Client, year: AcademicYear) -> None:
    shown = page(deputy, "year_change", year)

    assert "Классов в этом году нет" in shown and "Выполнить переход" not in shown


def test_a_year_that_still_goes_on_says_so(deputy: Client, year: AcademicYear, pupil: Pupil) -> None:
    School.objects.update(demo_today=date(2026, 11, 21))

    assert "ещё идёт" in page(deputy, "year_change", year)


def test_newcomers_of_summer_are_loaded_into_the_new_year(
    deputy: Client, year: AcademicYear, pupil: Pupil, school: School
) -> None:
    do_change(deputy, year)
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Ид.", "Фамилия", "Имя", "Класс"], ["p1", "Ковтун", "Матвей", "8А"], ["p2", "Новая", "Анна", "1А"]):
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "pupils.xlsx"

    deputy.post(reverse("school:import_pupils") + "?year=2027", {"file": file, "year": "2027"})
    batch_apply(by=User.objects.get(username="deputy"), batch=ImportBatch.objects.get())

    newcomer = Pupil.objects.get(external_id="p2").enrolments.get()
    assert (str(newcomer.school_class), newcomer.starts) == ("1А", date(2027, 9, 1))
    assert pupil.enrolments.count() == 2


def test_a_class_of_the_new_year_is_offered_to_a_newcomer(deputy: Client, year: AcademicYear, pupil: Pupil) -> None:
    do_change(deputy, year)

    assert "8А, 2027/28" in deputy.get(reverse("school:pupil_new")).content.decode()


@pytest.mark.parametrize(("name", "more"), [("year_change", 5), ("year_pupils", 0)])
def test_it_asks_as_much_for_fifty_pupils_as_for_one(
    deputy: Client, year: AcademicYear, seventh: SchoolClass, pupil: Pupil, name: str, more: int
) -> None:
    page(deputy, name, year)
    with CaptureQueriesContext(connection) as few:
        page(deputy, name, year)

    for number in range(50):
        make_pupil(seventh, f"Иванов Иван{number}")
    with CaptureQueriesContext(connection) as many:
        page(deputy, name, year)

    assert len(many) == len(few) <= MOST + more

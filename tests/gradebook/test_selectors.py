from datetime import date

from gradebook.models import Mark
from gradebook.selectors import data_as_of
from school.models import ImportBatch, School, SchoolClass
from tests.gradebook.said import flat, journal, load

KOVTUN = "Ковтун Матвей Андреевич"


def test_a_class_is_as_fresh_as_the_last_lesson_its_files_cover(school: School) -> None:
    seven_a, seven_b = SchoolClass.objects.filter(school=school)
    cells = {KOVTUN: {"Алгебра": {"09-14": "4"}}}
    load(school, journal(cells, ["09-14", "09-16"]))
    assert data_as_of([seven_a, seven_b]) == {seven_a.pk: date(2026, 9, 16), seven_b.pk: None}
    load(school, flat({KOVTUN: {"Алгебра": {"09-21": "Н"}}}))
    assert data_as_of([seven_a])[seven_a.pk] == date(2026, 9, 21)
    ImportBatch.objects.filter(pk=ImportBatch.objects.latest("pk").pk).update(state=ImportBatch.State.UNDONE)
    assert data_as_of([seven_a])[seven_a.pk] == date(2026, 9, 16)


def test_lessons_to_come_make_no_class_fresh(school: School, seven_a: SchoolClass) -> None:
    load(school, journal({KOVTUN: {"Алгебра": {"11-12": "4"}}}, ["11-12", "11-20", "11-27"]))
    assert data_as_of([seven_a])[seven_a.pk] == date(2026, 11, 20)


def test_marks_that_came_without_files_count_by_their_days(school: School, seven_a: SchoolClass) -> None:
    load(school, journal({KOVTUN: {"Алгебра": {"09-14": "4"}}}, ["09-14", "09-16"]))
    Mark.objects.update(batch=None)
    ImportBatch.objects.all().delete()
    assert data_as_of([seven_a])[seven_a.pk] == date(2026, 9, 14)


def test_of_a_period_that_is_over_the_last_lesson_of_the_period_is_told(school: School, seven_a: SchoolClass) -> None:
    load(school, journal({KOVTUN: {"Алгебра": {"10-19": "4"}}}, ["10-19", "10-21", "11-09"]))
    assert data_as_of([seven_a])[seven_a.pk] == date(2026, 11, 9)
    assert data_as_of([seven_a], until=date(2026, 10, 31))[seven_a.pk] == date(2026, 10, 21)
    assert data_as_of([seven_a], until=date(2026, 9, 30))[seven_a.pk] is None


def test_of_marks_without_files_too(school: School, seven_a: SchoolClass) -> None:
    load(school, journal({KOVTUN: {"Алгебра": {"10-19": "4", "11-09": "5"}}}, ["10-19", "11-09"]))
    Mark.objects.update(batch=None)
    ImportBatch.objects.all().delete()
    assert data_as_of([seven_a], until=date(2026, 10, 31))[seven_a.pk] == date(2026, 10, 19)

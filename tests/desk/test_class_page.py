from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.selectors.school_class import (
    MEANS,
    MISSED,
    RESULTS,
    SIGNALS,
    VIEWS,
    ClassPage,
    class_page,
    class_with_periods,
)
from gradebook.models import Absence
from risk_registry.services.classification import period_classify
from school.models import School, SchoolClass, Subgroup, TeachingAssignment, User
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def school_class(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


def page_of(school_class: SchoolClass, user: User, number: int | None = None, view: str = MEANS) -> ClassPage:
    return class_page(user, class_with_periods(user).get(pk=school_class.pk), number=number, view=view)


def test_the_graver_category_comes_first_and_the_lowest_cells_lead_to_the_marks(
    school_class: SchoolClass, deputy: User
) -> None:
    good = make_pupil(school_class, "Агеев Лев Павлович")
    bad = make_pupil(school_class, "Яшин Егор Романович")
    algebra = give_marks(bad, "Алгебра", 2, 2, 3, on=NOVEMBER)
    give_marks(good, "Алгебра", 5, 4, on=NOVEMBER)
    period_classify(period=period_of(school_class.school, 2))
    rows = page_of(school_class, deputy).rows
    assert [(row.pupil, row.category, row.low, row.mean) for row in rows] == [
        (bad, "failing", 1, "2,3"),
        (good, "none", 0, "4,5"),
    ]
    cell, url = rows[0].cells[0]
    assert (cell.text, cell.tone, cell.few) == ("2,3", "2", False)
    assert url == reverse("desk:subject", args=[bad.pk, algebra.pk])
    cell, url = rows[1].cells[0]
    assert (cell.tone, cell.few, url) == ("5", True, "")


def test_results_are_another_view_of_the_same_map(school_class: SchoolClass, deputy: User) -> None:
    pupil = make_pupil(school_class, "Агеев Лев Павлович")
    give_result(pupil, "Алгебра", "н/а")
    give_result(pupil, "Биология", "4")
    page = page_of(school_class, deputy, 1, RESULTS)
    assert [column.name for column in page.columns] == ["Алгебра", "Биология"]
    assert [cell.text for cell, _ in page.rows[0].cells] == ["н/а", "4"]
    assert page.rows[0].mean == "4,0"


def test_a_class_without_fresh_data_says_so(client: Client, school_class: SchoolClass, deputy: User) -> None:
    pupil = make_pupil(school_class, "Агеев Лев Павлович")
    give_marks(pupil, "Алгебра", 4, on=date(2026, 10, 1))
    page = page_of(school_class, deputy)
    assert (page.data_on, page.stale) == (date(2026, 10, 1), True)
    client.force_login(deputy)
    assert "Старые" in client.get(reverse("desk:class", args=[school_class.pk])).content.decode()


def test_the_first_grade_is_taught_without_marks_and_its_page_says_so(
    client: Client, school: School, deputy: User
) -> None:
    first = make_class(school, "1А")
    make_pupil(first, "Агеев Лев Павлович")
    client.force_login(deputy)
    text = client.get(reverse("desk:class", args=[first.pk])).content.decode()
    assert "В этом классе учатся без отметок" in text
    assert "Старые" not in text


def test_the_last_days_of_a_period_are_those_of_its_own_contingent(school_class: SchoolClass, deputy: User) -> None:
    gone = make_pupil(school_class, "Агеев Лев Павлович")
    gone.enrolments.update(ends=date(2026, 11, 10))
    assert [row.pupil for row in page_of(school_class, deputy, 1).rows] == [gone]
    assert page_of(school_class, deputy, 2).rows == ()


def test_upper_classes_carry_the_category_of_the_schools_own_period(school: School, deputy: User) -> None:
    senior = make_class(school, "10А")
    pupil = make_pupil(senior, "Агеев Лев Павлович")
    give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(school, 2))
    page = page_of(senior, deputy)
    assert page.period is not None
    assert page.period.title == "1-е полугодие"
    assert [row.category for row in page.rows] == ["failing"]


def test_a_teacher_of_a_subgroup_sees_the_subgroup_only(school_class: SchoolClass) -> None:
    taught, _ = make_pupil(school_class, "Агеев Лев Павлович"), make_pupil(school_class, "Яшин Егор Романович")
    group = Subgroup.objects.create(school_class=school_class, name="1-я")
    group.pupils.add(taught)
    teacher = make_staff(school_class.school, "Назарова Кира Эдуардовна", "teacher", login="english")
    TeachingAssignment.objects.create(
        staff=teacher,
        subject=make_subject(school_class.school, "Английский"),
        school_class=school_class,
        subgroup=group,
    )
    rows = page_of(school_class, User.objects.get(username="english")).rows
    assert [row.pupil for row in rows] == [taught]


def test_an_empty_class_and_a_class_without_marks_say_what_will_be_here(
    client: Client, school_class: SchoolClass, deputy: User
) -> None:
    client.force_login(deputy)
    url = reverse("desk:class", args=[school_class.pk])
    assert "В классе никого нет" in client.get(url).content.decode()
    make_pupil(school_class, "Агеев Лев Павлович")
    text = client.get(url).content.decode()
    assert "Отметок за этот период нет" in text
    assert "Агеев Лев" in text


def test_missed_lessons_stand_by_reason_those_without_one_first(
    client: Client, school_class: SchoolClass, deputy: User
) -> None:
    ill, truant, _ = (make_pupil(school_class, f"{name} Лев Павлович") for name in ("Агеев", "Яшин", "Юдин"))
    subject = make_subject(school_class.school, "Алгебра")
    for pupil, day, reason in ((ill, 9, "illness"), (ill, 10, "illness"), (truant, 9, "unexcused")):
        Absence.objects.create(
            school=school_class.school,
            year=school_class.year,
            pupil=pupil,
            subject=subject,
            date=date(2026, 11, day),
            reason=reason,
        )
    missed = page_of(school_class, deputy, view=MISSED).missed
    assert missed is not None
    assert [(line.pupil, line.unexcused, line.illness, line.days) for line in missed.lines] == [
        (truant, 1, 0, 1),
        (ill, 0, 2, 2),
    ]
    assert (missed.total, missed.others) == (3, 1)
    client.force_login(deputy)
    url = reverse("desk:class", args=[school_class.pk])
    assert "1\u00a0обучающийся не пропустил ни урока" in client.get(url, {"view": MISSED}).content.decode()
    assert "Пропуски 3" in client.get(url).content.decode()
    assert "Пропусков за этот период нет" in client.get(f"{url}?view=missed&period=1").content.decode()


def test_open_signals_of_the_class_stand_with_their_marks(
    client: Client, school_class: SchoolClass, deputy: User
) -> None:
    bad = make_pupil(school_class, "Яшин Егор Романович")
    give_marks(bad, "Алгебра", 2, 2, 2, on=NOVEMBER)
    other = make_pupil(make_class(school_class.school, "7Б"), "Агеев Лев Павлович")
    give_marks(other, "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(school_class.school, 2))
    page = page_of(school_class, deputy, view=SIGNALS)
    assert [row.signal.pupil for row in page.signals] == [bad]
    client.force_login(deputy)
    url = reverse("desk:class", args=[school_class.pk])
    assert "Сигналы 1" in client.get(url).content.decode()
    assert "Открытых сигналов нет" in client.get(f"{url}?view=signals&period=1").content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_a_full_class_costs_no_more_queries_than_one_pupil(
    client: Client, school_class: SchoolClass, deputy: User, view: str
) -> None:
    client.force_login(deputy)
    url = reverse("desk:class", args=[school_class.pk]) + f"?view={view}&period=1"
    client.get(url)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    give_marks(make_pupil(school_class, "Агеев Лев Павлович"), "Алгебра", 2)
    one = queries()
    for number in range(20):
        pupil = make_pupil(school_class, f"Ученик {number} Павлович")
        for subject in ("Алгебра", "Биология", "История"):
            give_marks(pupil, subject, 2, 3)
            give_result(pupil, subject, "3")
    assert queries() == one
    assert one <= 10

"""External works on pages: shares by class, beside the journal, who sees what, the alarm and what is done about it."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import AssessmentResult, Procedure
from risk_registry.models import WorksReview
from risk_registry.selectors.works import Alarm, works_alarms, works_table, works_years
from school.models import AcademicYear, Pupil, School, SchoolClass, TeachingAssignment, User
from school.rules import year_span
from tests.counting import MOST, counts_of, seat
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import give_result

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)


def make_work(
    school: School, subject: str = "Алгебра", *, year: AcademicYear | None = None, title: str = "ВПР", grade: int = 7
) -> Procedure:
    made = make_subject(school, subject)
    year = year or school.years.get(start=2026)
    return Procedure.objects.create(
        school=school, year=year, title=title, grade=grade, subject=made, date=DAY.replace(year=year.start)
    )


def write(work: Procedure, pupils: Sequence[Pupil], *marks: int, journal: int | None = None) -> None:
    AssessmentResult.objects.bulk_create(
        AssessmentResult(
            school=work.school, year=work.year, pupil=pupil, procedure=work, mark=mark, journal_mark=journal
        )
        for pupil, mark in zip(pupils, marks, strict=True)
    )


def alarms(user: User, school: School) -> list[Alarm]:
    return works_alarms(user, school, works_years(user), school.years.get(start=2026))


@pytest.fixture
def pupils(seventh: SchoolClass) -> list[Pupil]:
    return [make_pupil(seventh, f"Ковтун Матвей{n}", external_id=f"a{n}") for n in range(5)]


@pytest.fixture
def others(school: School) -> list[Pupil]:
    eighth = make_class(school, "7Б")
    return [make_pupil(eighth, f"Лещук Лада{n}", external_id=f"b{n}") for n in range(5)]


def test_shares_stand_by_class_and_together(
    deputy: User, school: School, pupils: list[Pupil], others: list[Pupil]
) -> None:
    work = make_work(school)
    write(work, pupils, 2, 2, 1, 3, 5, journal=3)
    write(work, others, 3, 4, 4, 5, 5)
    (row,) = works_table(deputy, school, work.year)
    assert [part.name for part in row.parts] == ["7А", "7Б"]
    first, second = (part.shares for part in row.parts)
    assert (first.participants, first.twos, first.threes, first.fours, first.fives) == (5, 3, 1, 0, 1)
    assert (first.compared, first.lowered, first.confirmed, first.raised) == (5, 3, 1, 1)
    assert second.compared == 0
    assert row.total is not None
    assert (row.total.participants, row.total.twos) == (10, 3)


def test_without_a_mark_beside_it_the_work_is_compared_with_the_periods_result(
    deputy: User, school: School, pupils: list[Pupil]
) -> None:
    work = make_work(school)
    give_result(pupils[0], "Алгебра", "4")
    give_result(pupils[1], "Алгебра", "н/а")
    write(work, pupils, 2, 3, 3, 3, 3)
    (row,) = works_table(deputy, school, work.year)
    assert (row.parts[0].shares.compared, row.parts[0].shares.lowered) == (1, 1)


def test_a_pupil_counts_with_the_class_of_the_works_day(
    deputy: User, school: School, seventh: SchoolClass, pupils: list[Pupil], others: list[Pupil]
) -> None:
    work = make_work(school)
    write(work, pupils[:1], 2)
    old = pupils[0].enrolments.get()
    old.ends = date(2026, 11, 1)
    old.save()
    pupils[0].enrolments.create(school_class=others[0].enrolments.get().school_class, starts=date(2026, 11, 2))
    (row,) = works_table(deputy, school, work.year)
    assert [part.name for part in row.parts] == ["7А"]


def test_two_works_with_a_fifth_of_twos_alarm_the_class_and_the_school(
    deputy: User, school: School, pupils: list[Pupil], others: list[Pupil]
) -> None:
    for subject in ("Алгебра", "Физика"):
        work = make_work(school, subject)
        write(work, pupils, 2, 3, 3, 3, 3)
        write(work, others, 5, 5, 5, 5, 5)
    found = alarms(deputy, school)
    assert [alarm.title for alarm in found] == ["7А класс"]
    for subject in ("История", "Биология"):
        write(make_work(school, subject), others, 2, 2, 2, 2, 2)
    found = alarms(deputy, school)
    assert [alarm.title for alarm in found] == ["Школа", "7А класс", "7Б класс"]
    assert [work.subject.name for work, _ in found[0].works] == ["Биология", "История"]


def test_the_trend_follows_the_school_and_the_class_through_the_years(
    deputy: User, school: School, pupils: list[Pupil]
) -> None:
    starts, ends = year_span(2025)
    before = AcademicYear.objects.create(
        school=school, start=2025, starts=starts, ends=ends, main_system="quarters", upper_system="halfyears"
    )
    sixth = SchoolClass.objects.create(school=school, year=before, grade=6, letter="А", period_system="quarters")
    for pupil in pupils:
        pupil.enrolments.create(school_class=sixth, starts=starts, ends=date(2026, 8, 31))
    write(make_work(school, year=before, grade=6), pupils, 2, 3, 3, 3, 3)
    for subject in ("Алгебра", "Физика"):
        write(make_work(school, subject), pupils, 2, 2, 3, 3, 3)
    alarm = alarms(deputy, school)[1]
    assert [(point.name, point.percent, point.alarming, point.works) for point in alarm.trend] == [
        ("6А", 20.0, 1, 1),
        ("7А", 40.0, 2, 2),
    ]


def test_a_review_answers_the_alarm_and_one_more_work_asks_again(
    as_deputy: Client, school: School, seventh: SchoolClass, pupils: list[Pupil]
) -> None:
    year = school.years.get()
    for subject in ("Алгебра", "Физика"):
        write(make_work(school, subject), pupils, 2, 2, 2, 2, 2)
    page = reverse("registry:works_alarms")
    assert "Не рассмотрено" in as_deputy.get(page).content.decode()
    for scope in ("", f"&cls={seventh.pk}"):
        url = f"{reverse('registry:works_review')}?year={year.pk}{scope}"
        assert as_deputy.post(url, {"text": "совещание, протокол № 3", "on": "2026-11-20"}).status_code == 302
    html = as_deputy.get(page).content.decode()
    assert "совещание, протокол № 3" in html
    assert "Не рассмотрено" not in html
    write(make_work(school, "История"), pupils, 2, 2, 2, 2, 2)
    assert as_deputy.get(page).content.decode().count("Снова тревога") == 2
    assert WorksReview.objects.count() == 2


def test_a_review_of_no_alarm_is_refused(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    url = f"{reverse('registry:works_review')}?year={school.years.get().pk}"
    assert as_deputy.post(url, {"text": "посмотрели", "on": "2026-11-20"}).status_code == 422
    assert not WorksReview.objects.exists()


def test_the_alarm_leads_to_the_pupils_with_twos(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    works = [make_work(school, subject) for subject in ("Алгебра", "Физика")]
    for work in works:
        write(work, pupils, 2, 3, 3, 3, 3)
    html = as_deputy.get(reverse("registry:works_alarms")).content.decode()
    url = f"{reverse('registry:external_work', args=[works[0].pk])}?show=twos"
    assert url in html
    listed = as_deputy.get(url).content.decode()
    assert pupils[0].full_name in listed
    assert pupils[1].full_name not in listed


def test_a_class_teacher_sees_the_own_class_and_a_subject_teacher_the_own_subject(
    client: Client, school: School, seventh: SchoolClass, pupils: list[Pupil], others: list[Pupil]
) -> None:
    algebra, physics = make_work(school), make_work(school, "Физика")
    for work in (algebra, physics):
        write(work, pupils, 2, 3, 3, 3, 3)
        write(work, others, 2, 3, 3, 3, 3)
    leader = make_staff(school, "Соколова Инна", "teacher", login="leader")
    teacher = make_staff(school, "Юрьева Анна", "teacher", login="teacher")
    seventh.class_teacher = leader
    seventh.save()
    TeachingAssignment.objects.create(staff=teacher, subject=physics.subject, school_class=seventh)
    user = User.objects.get(staff=leader)
    assert [(row.work, [p.name for p in row.parts], row.total) for row in works_table(user, school, algebra.year)] == [
        (algebra, ["7А"], None),
        (physics, ["7А"], None),
    ]
    assert [alarm.title for alarm in alarms(user, school)] == ["7А класс"]
    user = User.objects.get(staff=teacher)
    assert [row.work for row in works_table(user, school, algebra.year)] == [physics]
    client.force_login(user)
    assert client.get(reverse("registry:external_work", args=[algebra.pk])).status_code == 404
    listed = client.get(reverse("registry:external_work", args=[physics.pk])).content.decode()
    assert pupils[0].full_name in listed
    assert others[0].full_name not in listed
    assert client.get(reverse("registry:works_alarms")).status_code == 403


def test_the_workbook_holds_the_rows_of_the_page(as_deputy: Client, school: School, pupils: list[Pupil]) -> None:
    write(make_work(school, title="=ВПР"), pupils, 2, 3, 3, 4, 5, journal=4)
    answer = as_deputy.get(reverse("registry:works_export"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = next(row for row in rows if row[0] == "=ВПР")
    assert told[3:] == ["7А", 5, 1, 20, 2, 1, 1, 5, 3, 1, 1]


def test_filters_leave_one_class_and_one_subject(
    as_deputy: Client, school: School, seventh: SchoolClass, pupils: list[Pupil], others: list[Pupil]
) -> None:
    for subject in ("Алгебра", "Физика"):
        work = make_work(school, subject)
        write(work, pupils, 2, 3, 3, 3, 3)
        write(work, others, 2, 3, 3, 3, 3)
    physics = make_subject(school, "Физика").pk
    rows = as_deputy.get(f"{reverse('registry:works')}?cls={seventh.pk}&subject={physics}").context["rows"]
    assert [(row.work.subject_id, [part.name for part in row.parts]) for row in rows] == [(physics, ["7А"])]


def test_pages_take_as_many_queries_for_1_50_and_2000(as_deputy: Client, school: School, seventh: SchoolClass) -> None:
    works = [make_work(school, subject) for subject in ("Алгебра", "Физика")]

    def grow(more: int) -> None:
        seat(seventh, more)
        for work in works:
            fresh = list(Pupil.objects.filter(school=school).exclude(assessmentresults__procedure=work))
            write(work, fresh, *[2] * len(fresh))

    found = counts_of(grow, as_deputy, [reverse("registry:works"), reverse("registry:works_alarms")])
    assert all(one == many == most <= MOST for one, many, most in found.values()), found

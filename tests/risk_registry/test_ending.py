"""The page of a period's last weeks: preliminary twos and «н/а», what is missing to each, who sees whose."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import Mark
from risk_registry.selectors.ending import Ending, ending_of
from risk_registry.services.judging import period_judge
from school.models import Holiday, Pupil, School, SchoolClass, Subgroup, TeachingAssignment, User
from school.selectors import holiday_spans
from tests.counting import MOST, queries, seat
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, period_of, state_mean

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 9)


@pytest.fixture
def teacher(school: School) -> User:
    staff = make_staff(school, "Юрьева Анна Сергеевна", "teacher", login="teacher")
    return User.objects.get(staff=staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="1")


def teach(teacher: User, school_class: SchoolClass, subject: str, hours: str | None = "3") -> TeachingAssignment:
    assert teacher.staff is not None
    return TeachingAssignment.objects.create(
        staff=teacher.staff,
        subject=make_subject(school_class.school, subject),
        school_class=school_class,
        weekly_hours=None if hours is None else Decimal(hours),
    )


def ending(user: User, school: School, number: int = 2) -> Ending:
    period_judge(period=period_of(school, number))
    period = (
        type(period_of(school)).objects.select_related("year__school__settings").get(pk=period_of(school, number).pk)
    )
    return ending_of(user, period, holiday_spans(period.year))


def rows(found: Ending) -> list[tuple[str, str, str, str]]:
    return [
        (row.pupil.last_name, row.subject_name, row.verdict, row.missing) for one in found.classes for row in one.rows
    ]


def today(school: School, day: date) -> None:
    school.demo_today = day
    school.save(update_fields=["demo_today"])


def test_a_foretold_two_stands_with_what_lifts_it(deputy: User, teacher: User, school: School, pupil: Pupil) -> None:
    teach(teacher, pupil.enrolments.get().school_class, "Алгебра")
    give_marks(pupil, "Алгебра", 2, 2, 2, on=DAY)
    give_marks(pupil, "Физика", 4, 4, 4, on=DAY)
    found = ending(deputy, school)
    assert rows(found) == [("Ковтун", "Алгебра", "2", "одна «4» или три «3»")]
    assert (found.twos, found.few) == (1, 0)
    assert found.subjects == ((make_subject(school, "Алгебра").pk, "Алгебра", 1, 0),)


def test_when_too_few_lessons_are_left_it_says_so(deputy: User, teacher: User, school: School, pupil: Pupil) -> None:
    seventh = pupil.enrolments.get().school_class
    for subject, hours in (("Алгебра", "1"), ("Физика", "4"), ("Химия", None)):
        teach(teacher, seventh, subject, hours)
        give_marks(pupil, subject, *[2] * 15, on=DAY)
    today(school, date(2026, 12, 30))  # a Wednesday: two school days of the quarter are left
    found = ending(deputy, school)
    assert found.classes[0].days_left == 2
    assert [missing for _, _, _, missing in rows(found)] == [
        "не достать: нужны три «5», а уроков осталось 1",
        "не достать: нужны три «5», а уроков осталось 2",
        "пять «4» или 15 «3»",
    ]
    today(school, date(2026, 12, 31))
    assert rows(ending(deputy, school))[0][3] == "не достать: нужны три «5», а уроков осталось 1"


def test_too_few_marks_are_a_preliminary_na(deputy: User, teacher: User, school: School, pupil: Pupil) -> None:
    seventh = pupil.enrolments.get().school_class
    other = make_pupil(seventh, "Лещук Лада")
    for subject in ("Алгебра", "Музыка"):
        teach(teacher, seventh, subject)
    give_marks(pupil, "Алгебра", 5, 2, on=DAY)
    give_marks(other, "Алгебра", 4, 4, 4, on=DAY)
    found = ending(deputy, school)
    assert rows(found) == [("Ковтун", "Алгебра", "н/а", "ещё одна отметка")]  # of music nobody has a mark: no journal
    assert found.few == 1


def test_a_pupil_of_another_subgroup_misses_nothing(deputy: User, teacher: User, school: School, pupil: Pupil) -> None:
    seventh = pupil.enrolments.get().school_class
    other = make_pupil(seventh, "Лещук Лада")
    group = Subgroup.objects.create(school_class=seventh, name="2")
    group.pupils.add(other)
    duty = teach(teacher, seventh, "Труд")
    duty.subgroup = group
    duty.save()
    give_marks(other, "Труд", 4, on=DAY)
    assert [name for name, *_ in rows(ending(deputy, school))] == ["Лещук"]


def test_a_given_result_and_a_weighted_mean_are_told_as_such(deputy: User, school: School, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=date(2026, 9, 9))
    give_result(pupil, "Алгебра", "2")
    give_marks(pupil, "Физика", 3, 3, 3, on=date(2026, 9, 9))
    state_mean(pupil, "Физика", "2.30")
    assert [(subject, missing) for _, subject, _, missing in rows(ending(deputy, school, 1))] == [
        ("Алгебра", "итог выставлен"),
        ("Физика", "средняя взвешенная: зависит от веса новых отметок"),
    ]


def test_days_left_leave_out_weekends_and_holidays(deputy: User, school: School, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2, on=DAY)
    assert ending(deputy, school).classes[0].days_left == 29
    year = school.years.get()
    Holiday.objects.create(year=year, name="Зимние", starts=date(2026, 12, 28), ends=date(2027, 1, 10))
    found = ending(deputy, school)
    assert found.classes[0].left_words == "до конца 2-й четверти 25\xa0учебных дней"


def test_a_class_of_half_years_counts_its_own_period(deputy: User, school: School) -> None:
    tenth = make_class(school, "10А")
    one = make_pupil(tenth, "Орлов Пётр")
    give_marks(one, "Алгебра", 2, 2, on=date(2026, 9, 9))
    give_marks(one, "Алгебра", 2, on=DAY)
    found = ending(deputy, school)
    assert [(row.marks, row.verdict) for row in found.classes[0].rows] == [(3, "2")]
    assert "1-го полугодия" in found.classes[0].left_words


def test_each_sees_the_own_classes_and_subjects(
    school: School, deputy: User, teacher: User, seventh: SchoolClass, pupil: Pupil
) -> None:
    eighth = make_class(school, "8А")
    other = make_pupil(eighth, "Лещук Лада")
    teach(teacher, seventh, "Физика")
    leader = make_staff(school, "Соколова Инна", "teacher", login="leader")
    eighth.class_teacher = leader
    eighth.save()
    for one in (pupil, other):
        for subject in ("Алгебра", "Физика"):
            give_marks(one, subject, 2, 2, 2, on=DAY)
    assert len(rows(ending(deputy, school))) == 4
    assert [(name, subject) for name, subject, *_ in rows(ending(teacher, school))] == [("Ковтун", "Физика")]
    led = rows(ending(User.objects.get(staff=leader), school))
    assert [(name, subject) for name, subject, *_ in led] == [("Лещук", "Алгебра"), ("Лещук", "Физика")]


def test_the_page_is_filtered_by_class_and_subject_and_printed_class_by_class(
    as_deputy: Client, school: School, pupil: Pupil
) -> None:
    other = make_pupil(make_class(school, "8А"), "Лещук Лада")
    for one in (pupil, other):
        for subject in ("Алгебра", "Физика"):
            give_marks(one, subject, 2, 2, 2, on=DAY)
    period_judge(period=period_of(school, 2))
    url = reverse("registry:ending")
    assert "двоек 4 в 2" in as_deputy.get(url).content.decode()  # weeks before the end «н/а» are asked for
    html = as_deputy.get(f"{url}?few=1").content.decode()
    assert "двоек 4, н/а 0" in html
    assert html.count('<section class="o-panel" id="c') == 2
    key = pupil.enrolments.get().school_class_id
    html = as_deputy.get(f"{url}?cls={key}&subject={make_subject(school, 'Физика').pk}&few=1").content.decode()
    assert "Ковтун" in html
    assert "Лещук" not in html
    assert "двоек 1, н/а 0" in html


def test_it_takes_as_many_queries_for_1_50_and_2000(as_deputy: Client, school: School, seventh: SchoolClass) -> None:
    subject = make_subject(school, "Алгебра")
    counts = []
    for more in (1, 49, 1950):
        seat(seventh, more)
        fresh = Pupil.objects.filter(school=school, marks__isnull=True)
        Mark.objects.bulk_create(
            Mark(school=school, year=seventh.year, pupil=one, subject=subject, date=DAY, ordinal=number, value=2)
            for one in fresh
            for number in range(3)
        )
        period_judge(period=period_of(school, 2))
        counts.append(queries(as_deputy, f"{reverse('registry:ending')}?few=1"))

    assert len(set(counts)) == 1
    assert counts[0] <= MOST

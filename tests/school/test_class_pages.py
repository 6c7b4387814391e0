"""Classes, subgroups, when marks begin, and subjects on pages."""

import pytest
from django.test import Client
from django.urls import reverse

from school.models import MarksStart, School, SchoolClass, Subgroup, Subject, SubjectAlias, TeachingAssignment
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_class_is_made_by_its_name(deputy: Client, school: School) -> None:
    teacher = make_staff(school, "Лоза Ирина Петровна", "teacher")
    answer = deputy.post(reverse("school:class_new"), {"title": "10a", "class_teacher": teacher.pk})

    made = SchoolClass.objects.get()
    assert answer["Location"] == reverse("school:class", args=[made.pk])
    assert (str(made), made.period_system, made.class_teacher) == ("10А", "halfyears", teacher)


@pytest.mark.parametrize("title", ["А7", "13А", "", "7А, 7Б", "=1+1"])
def test_what_is_no_class_is_refused(deputy: Client, title: str) -> None:
    answer = deputy.post(reverse("school:class_new"), {"title": title})

    assert answer.status_code == 422
    assert not SchoolClass.objects.exists()


def test_a_class_of_a_year_is_made_once(deputy: Client, school: School) -> None:
    make_class(school, "7А")

    assert "уже есть" in deputy.post(reverse("school:class_new"), {"title": "7 а"}).content.decode()


def test_a_teacher_of_another_school_cannot_be_chosen(deputy: Client) -> None:
    stranger = make_staff(make_school("S2"), "Ким Олег Павлович", "teacher")

    assert deputy.post(reverse("school:class_new"), {"title": "7А", "class_teacher": stranger.pk}).status_code == 422


def test_the_list_says_level_teacher_and_how_many_sit_there_today(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А", teacher=make_staff(school, "Лоза Ирина Петровна", "teacher"))
    make_pupil(school_class, "Ковтун Матвей Андреевич")
    page = text(deputy, "school:classes")

    assert "ООО" in page
    assert "Лоза\u00a0И.\u00a0П." in page
    assert f'<a href="{reverse("school:pupils")}?class={school_class.pk}">1</a>' in page


def test_a_class_with_pupils_is_not_deleted_and_an_empty_one_is(deputy: Client, school: School) -> None:
    full, empty = make_class(school, "7А"), make_class(school, "7Б")
    make_pupil(full, "Ковтун Матвей Андреевич")
    for one in (full, empty):
        deputy.post(reverse("school:class_delete", args=[one.pk]))

    assert list(SchoolClass.objects.all()) == [full]


def test_a_subgroup_takes_pupils_of_its_class_only(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А")
    own = make_pupil(school_class, "Ковтун Матвей Андреевич")
    other = make_pupil(make_class(school, "7Б"), "Седых Лада Ивановна")
    address = reverse("school:subgroup_new", args=[school_class.pk])
    assert deputy.post(address, {"name": "группа 1", "pupils": [other.pk]}).status_code == 422
    deputy.post(address, {"name": "группа 1", "pupils": [own.pk]})

    assert list(Subgroup.objects.get().pupils.all()) == [own]
    assert "уже есть" in deputy.post(address, {"name": "группа 1"}).content.decode()


def test_a_subgroup_that_is_taught_is_not_deleted(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А")
    group = Subgroup.objects.create(school_class=school_class, name="группа 1")
    TeachingAssignment.objects.create(
        staff=make_staff(school, "Лоза Ирина Петровна", "teacher"),
        subject=make_subject(school, "Английский язык"),
        school_class=school_class,
        subgroup=group,
    )
    deputy.post(reverse("school:subgroup_delete", args=[group.pk]))

    assert Subgroup.objects.exists()


def test_marks_of_a_class_or_of_a_subject_begin_later(deputy: Client, school: School) -> None:
    school_class = make_class(school, "4А")
    subject = make_subject(school, "ОРКСЭ")
    address = reverse("school:marks_start_new", args=[school_class.pk])
    deputy.post(address, {"subject": "", "from_period": "2"})
    deputy.post(address, {"subject": subject.pk, "from_period": ""})

    page = text(deputy, "school:class", school_class.pk)
    assert "с 2-й четверти" in page
    assert "не ставятся весь год" in page
    row = MarksStart.objects.get(subject=subject)
    deputy.post(reverse("school:marks_start_delete", args=[row.pk]))
    assert MarksStart.objects.count() == 1


def test_a_subject_is_kept_with_its_other_headings(deputy: Client, school: School) -> None:
    sent = {"name": "Труд (технология)", "group": "", "headings": "Технология мальчики\n\n Технология  девочки \n"}
    deputy.post(reverse("school:subject_new"), sent)
    subject = Subject.objects.get()
    assert {alias.name for alias in subject.aliases.all()} == {"Технология мальчики", "Технология девочки"}

    deputy.post(reverse("school:subject", args=[subject.pk]), {**sent, "headings": "Технология девочки"})
    assert SubjectAlias.objects.get().name == "Технология девочки"


def test_one_heading_means_one_subject(deputy: Client, school: School) -> None:
    make_subject(school, "Алгебра")
    answer = deputy.post(reverse("school:subject_new"), {"name": "Геометрия", "headings": "АЛГЕБРА"})

    assert answer.status_code == 422
    assert "уже стоит у предмета «Алгебра»" in answer.content.decode()


def test_a_subject_that_is_taught_is_not_deleted(deputy: Client, school: School) -> None:
    taught, unused = make_subject(school, "Алгебра"), make_subject(school, "Черчение")
    TeachingAssignment.objects.create(
        staff=make_staff(school, "Лоза Ирина Петровна", "teacher"),
        subject=taught,
        school_class=make_class(school, "7А"),
    )
    for subject in (taught, unused):
        deputy.post(reverse("school:subject_delete", args=[subject.pk]))

    assert list(Subject.objects.all()) == [taught]
    assert "Уже есть: кто ведёт предмет (1)" in text(deputy, "school:subject", taught.pk)


def test_classes_of_an_earlier_year_stay_readable(deputy: Client, school: School) -> None:
    make_class(school, "7А")
    deputy.post(reverse("school:year_new"), {"start": 2025, "main": "quarters", "upper": "same"})
    page = deputy.get(reverse("school:classes"), {"year": 2025}).content.decode()

    assert "Классов ещё нет" in page
    assert "7А" not in page.split("<main")[1]


def test_a_strange_year_in_the_address_shows_the_current_one(deputy: Client, school: School) -> None:
    make_class(school, "7А")
    for year in ("9999", "x", "99999999999999999999", "-1", "²"):
        assert "7А" in deputy.get(reverse("school:classes"), {"year": year}).content.decode()

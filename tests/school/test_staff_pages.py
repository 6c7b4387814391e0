"""People who work in the school, on pages."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from school.access import roles_of
from school.models import School, SchoolClass, Staff, StaffPosition, Subgroup, TeachingAssignment, User
from school.roles import Role
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def loza(school: School) -> Staff:
    return make_staff(school, "Лоза Ирина Петровна", "teacher", login="loza")


def address(name: str, *args: object) -> str:
    return reverse(f"school:{name}", args=args)


def names(client: Client, **asked: str) -> list[str]:
    answer = client.get(address("staff"), asked)
    assert answer.status_code == 200
    return [row.staff.last_name for row in answer.context["rows"]]


def roles(staff: Staff) -> frozenset[Role]:
    return roles_of(User.objects.get(staff=staff))


def test_the_list_is_filtered_by_name_position_and_employment(deputy: Client, school: School, loza: Staff) -> None:
    Staff.objects.create(school=school, last_name="Былой", first_name="Олег", left_on=date(2026, 10, 1))

    assert names(deputy) == ["Ермолаева", "Лоза"]
    assert names(deputy, position="teacher") == ["Лоза"]
    assert names(deputy, text="ирин") == ["Лоза"]
    assert names(deputy, state="left") == ["Былой"]
    assert names(deputy, position="x' OR 1=1", text="\x00") == ["Ермолаева", "Лоза"]


def test_a_person_is_written_down_and_corrected(deputy: Client, school: School) -> None:
    deputy.post(address("staff_new"), {"last_name": "Ким", "first_name": "Олег", "email": "kim@school.example"})
    person = Staff.objects.get(last_name="Ким")
    assert not User.objects.filter(staff=person).exists()

    deputy.post(address("staff_edit", person.pk), {"last_name": "Ким", "first_name": "Олег", "phone": "12"})
    person.refresh_from_db()
    assert (person.email, person.phone) == ("", "12")
    assert deputy.post(address("staff_new"), {"last_name": "Ким", "email": "не почта"}).status_code == 422


def test_a_position_gives_its_role_until_its_last_day(deputy: Client, loza: Staff) -> None:
    deputy.post(address("position_new", loza.pk), {"position": "psychologist", "starts": "2026-09-01"})
    assert Role.PSYCHOLOGIST in roles(loza)
    assert deputy.post(address("position_new", loza.pk), {"position": "psychologist"}).status_code == 422

    row = StaffPosition.objects.get(position="psychologist")
    assert deputy.post(address("position_end", row.pk), {"ends": "2026-08-01"}).status_code == 422
    deputy.post(address("position_end", row.pk), {"ends": "2026-11-20"})
    assert Role.PSYCHOLOGIST not in roles(loza)


def test_an_assignment_lets_the_teacher_see_those_who_are_taught(deputy: Client, school: School, loza: Staff) -> None:
    classes = [make_class(school, "7А"), make_class(school, "7Б")]
    pupil = make_pupil(classes[0], "Ковтун Матвей Андреевич")
    client = Client()
    client.force_login(User.objects.get(staff=loza))
    assert client.get(address("pupil", pupil.pk)).status_code == 403

    sent = {"subject": make_subject(school, "Алгебра").pk, "classes": [one.pk for one in classes]}
    deputy.post(address("assignment_new", loza.pk), sent)
    deputy.post(address("assignment_new", loza.pk), sent)
    assert TeachingAssignment.objects.count() == 2
    assert client.get(address("pupil", pupil.pk)).status_code == 200

    row = TeachingAssignment.objects.get(school_class=classes[0])
    deputy.post(address("assignment_end", row.pk), {"ends": "2026-11-20"})
    assert client.get(address("pupil", pupil.pk)).status_code == 404


def test_a_subgroup_is_assigned_apart_from_the_class(deputy: Client, school: School, loza: Staff) -> None:
    school_class = make_class(school, "7А")
    group = Subgroup.objects.create(school_class=school_class, name="группа 1")
    sent = {"subject": make_subject(school, "Английский язык").pk, "subgroup": group.pk}
    assert deputy.post(address("assignment_new", loza.pk), {**sent, "classes": [school_class.pk]}).status_code == 422
    assert deputy.post(address("assignment_new", loza.pk), {"subject": sent["subject"]}).status_code == 422
    deputy.post(address("assignment_new", loza.pk), sent)

    row = TeachingAssignment.objects.get()
    assert (row.school_class, row.subgroup) == (school_class, group)


def test_leaving_ends_positions_lessons_and_leadership(deputy: Client, school: School, loza: Staff) -> None:
    school_class = make_class(school, "7А", teacher=loza)
    loza.assignments.create(subject=make_subject(school, "Алгебра"), school_class=school_class)
    deputy.post(address("staff_leave", loza.pk), {"ends": "2026-11-20"})

    assert roles(loza) == frozenset()
    assert SchoolClass.objects.get().class_teacher is None
    assert {row.ends for row in loza.positions.all()} == {date(2026, 11, 20)}
    assert names(deputy, state="left") == ["Лоза"]


def test_one_who_did_not_leave_after_all_is_brought_back(deputy: Client, school: School, loza: Staff) -> None:
    loza.assignments.create(subject=make_subject(school, "Алгебра"), school_class=make_class(school, "7А"))
    deputy.post(address("staff_leave", loza.pk), {"ends": "2026-11-20"})
    deputy.post(address("staff_return", loza.pk))

    assert Role.SUBJECT_TEACHER in roles(loza)
    assert {row.ends for row in loza.positions.all()} == {None}


def test_only_a_record_made_by_mistake_is_deleted(deputy: Client, school: School, loza: Staff) -> None:
    mistake = make_staff(school, "Ошибка Олег Павлович", "teacher")
    for person in (mistake, loza):
        deputy.post(address("staff_delete", person.pk))

    assert not Staff.objects.filter(pk=mistake.pk).exists()
    assert loza.positions.exists()


def test_people_and_positions_of_another_school_are_not_found(deputy: Client) -> None:
    stranger = make_staff(make_school("S2"), "Чужой Иван Иванович", "teacher")

    assert deputy.get(address("staff_member", stranger.pk)).status_code == 404
    assert deputy.post(address("position_delete", stranger.positions.get().pk)).status_code == 404
    assert names(deputy) == ["Ермолаева"]

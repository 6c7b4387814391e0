"""Two people end one thing, or decide by one page: the second is told, what the first has written stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.forms import BaseForm
from django.test import Client
from django.urls import get_resolver, reverse

from gradebook.models import Absence, Mark
from school.models import Pupil, Responsibility, School, SchoolClass, SchoolSettings, Staff, TeachingAssignment
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import give_marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven_a(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupil(seven_a: SchoolClass) -> Pupil:
    return make_pupil(seven_a, "Ковтун Матвей Андреевич")


@pytest.fixture
def teacher(school: School) -> Staff:
    return make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")


def _ending(name: str, teacher: Staff, pupil: Pupil, seven_a: SchoolClass) -> int:
    if name == "position_end":
        return teacher.positions.get().pk
    if name == "assignment_end":
        subject = make_subject(teacher.school, "Алгебра")
        return TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=seven_a).pk
    if name == "responsibility_end":
        return Responsibility.objects.create(person=teacher, pupil=pupil, kind="tutor").pk
    return teacher.pk


@pytest.mark.parametrize("name", ["position_end", "assignment_end", "responsibility_end", "staff_leave"])
def test_of_two_who_end_one_thing_the_second_is_told_the_day(
    deputy: Client, teacher: Staff, pupil: Pupil, seven_a: SchoolClass, name: str
) -> None:
    address = reverse(f"school:{name}", args=[_ending(name, teacher, pupil, seven_a)])
    assert deputy.post(address, {"ends": "2026-11-21"}).status_code == 302
    second = deputy.post(address, {"ends": "2026-11-25"})

    assert second.status_code == 422
    told = second.content.decode()
    assert "уже записан: 21.11.2026" in told
    assert "2026-11-25" in told


def test_of_two_who_let_one_pupil_go_the_second_is_told(deputy: Client, pupil: Pupil) -> None:
    address = reverse("school:pupil_leave", args=[pupil.pk])
    assert deputy.post(address, {"last_day": "2026-11-20", "reason": "переезд"}).status_code == 302
    second = deputy.post(address, {"last_day": "2026-11-21", "reason": "перевод в другую школу"})

    assert second.status_code == 422
    assert "перевод в другую школу" in second.content.decode()
    assert pupil.enrolments.get().ends == date(2026, 11, 20)


def test_of_two_who_say_why_a_lesson_was_missed_the_second_is_told(
    deputy: Client, school: School, pupil: Pupil
) -> None:
    row = Absence.objects.create(
        school=school,
        year=school.years.get(),
        pupil=pupil,
        subject=make_subject(school, "Алгебра"),
        date=date(2026, 10, 12),
        reason="unexcused",
    )
    address = reverse("desk:absence", args=[pupil.pk, row.pk])
    seen = deputy.get(address).context["seen"]
    assert deputy.post(address, {"reason": "illness", "seen": seen}).status_code == 302
    second = deputy.post(address, {"reason": "excused", "comment": "звонила мама", "seen": seen})

    assert second.status_code == 422
    told = second.content.decode()
    assert "изменил кто-то другой" in told
    assert "звонила мама" in told
    assert Absence.objects.get().reason == "illness"


def test_who_removes_a_mark_that_another_has_corrected_is_told(deputy: Client, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2)
    mark = Mark.objects.get()
    page = deputy.get(reverse("desk:mark", args=[pupil.pk, mark.pk])).content.decode()
    address = f"{reverse('desk:mark_remove', args=[pupil.pk, mark.pk])}?was=2"
    assert address in page
    Mark.objects.update(value=4)
    told = deputy.post(address, follow=True).content.decode()

    assert "Отметку уже исправили, сейчас стоит «4»" in told
    assert Mark.objects.get().value == 4


def test_of_two_who_choose_the_thresholds_the_second_is_told(deputy: Client, school: School) -> None:
    address = reverse("registry:calibration")
    stood = SchoolSettings.objects.get(school=school)
    seen = f"{stood.weak_min_marks}:{stood.weak_max_result}"
    assert f'value="{seen}"' in deputy.get(address).content.decode()
    sent: dict[str, Any] = {"weak_max_result": 5, "order_date": "2026-11-20", "seen": seen}
    assert deputy.post(address, sent | {"weak_min_marks": 2, "order_number": "17"}).status_code == 302
    second = deputy.post(address, sent | {"weak_min_marks": 3, "order_number": "18"})

    assert second.status_code == 422
    told = second.content.decode()
    assert "сейчас двоек не меньше 2" in told
    assert 'value="18"' in told
    assert SchoolSettings.objects.get(school=school).weak_min_marks == 2


def test_no_form_calls_a_field_by_a_name_that_pages_send_themselves() -> None:
    """The mark of what stood and the mark of one sending travel under these names beside the fields."""
    assert get_resolver().url_patterns  # the addresses bring all forms in
    forms = [form for form in _below(BaseForm) if hasattr(form, "base_fields")]

    assert len(forms) > 100
    assert not [form for form in forms if {"seen", "once", "csrfmiddlewaretoken"} & set(form.base_fields)]


def _below(form: Any) -> Iterator[Any]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)

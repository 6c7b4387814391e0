"""Class teachers are asked why lessons were missed; the number leads to the lessons."""

from datetime import date

import pytest
from django.test import Client

from school.agendas import agenda_of
from school.models import Pupil, User
from tests.factories import TODAY, make_class, make_pupil, make_staff
from tests.gradebook.test_grounds import leader, miss, pupil, school, seventh, week

__all__ = ["leader", "pupil", "school", "seventh"]  # fixtures
pytestmark = pytest.mark.django_db


def titles(user: User) -> list[str]:
    return [item.title.replace("\u00a0", " ") for item in agenda_of(user, TODAY)]


def test_the_class_teacher_is_asked_about_the_own_class_alone(client: Client, pupil: Pupil, leader: User) -> None:
    assert titles(leader) == []
    miss(pupil, *week(2))
    stranger = make_staff(pupil.school, "Лыкова Елена Аркадьевна", "teacher", login="lykova")
    miss(make_pupil(make_class(pupil.school, "9Б", teacher=stranger), "Агеев Лев Павлович"), *week(3))
    [item] = agenda_of(User.objects.select_related("school", "staff").get(pk=leader.pk), TODAY)
    assert item.title.replace("\u00a0", " ") == "Записать основания пропусков: 2 урока у 1 ученика"
    assert item.due == date(2026, 12, 31)
    client.force_login(leader)
    page = client.get(item.url).content.decode()
    assert "Ковтун" in page
    assert "Агеев" not in page


def test_a_corrected_lesson_is_settled(pupil: Pupil, leader: User) -> None:
    [lesson] = miss(pupil, week(1)[0])
    lesson.by_hand = True
    lesson.save()
    assert titles(leader) == []

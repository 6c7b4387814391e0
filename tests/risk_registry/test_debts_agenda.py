"""What is due of academic debts stands on the agenda and on the pupil's page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.debts import Outcome
from risk_registry.debts_agenda import debts_agenda
from risk_registry.models import AcademicDebt
from school.models import Pupil, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.factories import make_pupil, make_staff
from tests.risk_registry.debt_making import BOARD, conclude, owe, plan
from tests.risk_registry.test_debt_proposals import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def told(user: User) -> dict[str, date | None]:
    fresh = User.objects.get(pk=user.pk)
    return {item.title.replace("\u00a0", " "): item.due for item in debts_agenda(fresh, date(2026, 11, 21))}


def test_the_deputys_agenda_tells_what_waits_and_each_number_is_that_of_the_rows_behind_it(
    as_deputy: Client, deputy: User, pupil: Pupil
) -> None:
    give(deputy, pupil, "2", subject="Химия")
    owe(deputy, pupil, "Физика")
    conclude(deputy, plan(deputy, owe(deputy, pupil, "Алгебра"), date(2026, 10, 1)), Outcome.FAILED)
    plan(deputy, owe(deputy, pupil, "История"), date(2026, 11, 10))
    plan(deputy, owe(deputy, pupil, "Биология"), date(2026, 12, 10))
    late = owe(deputy, pupil, "География")
    AcademicDebt.objects.filter(pk=late.pk).update(due=date(2026, 11, 20))
    near = owe(deputy, pupil, "Геометрия")
    AcademicDebt.objects.filter(pk=near.pk).update(due=date(2026, 12, 1))
    assert told(deputy) == {
        "Подтвердить или отклонить: 1 задолженность": None,
        "Назначить пересдачу: 2 задолженности": date(2026, 12, 1),
        "Назначить комиссию для второй пересдачи: 1 задолженность": date(2027, 9, 2),
        "Решить: срок или попытки вышли: 1 задолженность": date(2026, 11, 20),
        "Предстоит: 1 пересдача": date(2026, 12, 10),
        "Записать исход: 1 пересдача": date(2026, 11, 10),
        "Истекает срок: 1 задолженность": date(2026, 12, 1),
    }
    for item in debts_agenda(User.objects.get(pk=deputy.pk), date(2026, 11, 21)):
        number = item.title.replace("\u00a0", " ").rsplit(": ", 1)[1].split()[0]
        assert as_deputy.get(item.url).content.decode().count("/debts/") >= int(number)
        assert "Ковтун" not in item.title
        assert f"{number}\u00a0задолженност" in as_deputy.get(item.url).content.decode()


def test_teachers_are_told_of_attempts_and_terms_of_their_own_and_nobody_else_is(
    deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    debt = owe(deputy, pupil)
    conclude(deputy, plan(deputy, debt, date(2026, 10, 1)), Outcome.ABSENT)
    plan(deputy, debt, date(2026, 12, 10), *BOARD)
    leader = make_staff(pupil.school, "Тихонова Анна", Position.TEACHER, login="leader")
    SchoolClass.objects.update(class_teacher=leader)
    teacher = make_staff(pupil.school, "Лаптев Игорь", Position.TEACHER, login="algebra")
    other = make_staff(pupil.school, "Орлова Вера", Position.TEACHER, login="history")
    TeachingAssignment.objects.create(staff=teacher, subject=debt.subject, school_class=seventh)
    director = make_staff(pupil.school, "Самойлова Нина", Position.DIRECTOR, login="director")
    attempt = {"Предстоит: 1 пересдача": date(2026, 12, 10)}
    assert told(leader.user) == attempt
    assert told(teacher.user) == attempt
    assert told(other.user) == {}
    assert told(director.user) == {}


def test_the_pupils_page_shows_open_debts_in_its_head_and_what_happened_in_its_story(
    as_deputy: Client, deputy: User, pupil: Pupil
) -> None:
    debt = owe(deputy, pupil)
    conclude(deputy, plan(deputy, debt, date(2026, 10, 1)), Outcome.FAILED)
    page = as_deputy.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert "Задолженность: Алгебра" in page
    assert "1-я 01.10.2026: не сдал" in page
    assert "внесена вручную: из прежней школы" in page

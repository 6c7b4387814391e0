"""Handing out logins."""

from datetime import date

import pytest

from common.errors import Refused
from school.models import School, Staff, User
from school.passwords import LETTERS, one_time_password
from school.permissions import can_change_login, can_issue_logins
from school.services.logins import login_disable, login_issue, login_reset
from school.usernames import in_latin, username_for
from tests.factories import make_school, make_staff


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return _login(make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva"))


@pytest.fixture
def teacher(school: School) -> Staff:
    return make_staff(school, "Гречко Павел Сергеевич", "teacher")


def _login(staff: Staff) -> User:
    return User.objects.get(staff=staff)


def test_it_makes_a_login_of_the_name_with_a_password_that_must_be_changed(deputy: User, teacher: Staff) -> None:
    issued = login_issue(by=deputy, staff=teacher)

    user = _login(teacher)
    assert issued.username == user.username == "grechko.ps"
    assert user.check_password(issued.password)
    assert user.must_change_password
    assert user.school == teacher.school


def test_it_does_not_show_the_password_by_accident(deputy: User, teacher: Staff) -> None:
    issued = login_issue(by=deputy, staff=teacher)

    assert issued.password not in repr(issued)


def test_it_numbers_namesakes(deputy: User, teacher: Staff, school: School) -> None:
    other = make_staff(school, "Гречко Пётр Степанович", "teacher")

    assert login_issue(by=deputy, staff=teacher).username == "grechko.ps"
    assert login_issue(by=deputy, staff=other).username == "grechko.ps2"


def test_it_refuses_a_second_login_of_one_person(deputy: User, teacher: Staff) -> None:
    login_issue(by=deputy, staff=teacher)

    with pytest.raises(Refused, match="уже выдан"):
        login_issue(by=deputy, staff=teacher)


def test_it_refuses_who_has_left(deputy: User, teacher: Staff) -> None:
    teacher.left_on = date(2026, 11, 20)
    teacher.save()

    with pytest.raises(Refused, match="больше не работает"):
        login_issue(by=deputy, staff=teacher)


def test_it_refuses_to_reset_what_was_never_issued(deputy: User, teacher: Staff) -> None:
    for service in (login_reset, login_disable):
        with pytest.raises(Refused, match="ещё нет логина"):
            service(by=deputy, staff=teacher)


def test_a_reset_replaces_the_password_and_switches_the_login_on(deputy: User, teacher: Staff) -> None:
    first = login_issue(by=deputy, staff=teacher)
    login_disable(by=deputy, staff=teacher)
    assert not _login(teacher).is_active

    second = login_reset(by=deputy, staff=teacher)

    user = _login(teacher)
    assert second.username == first.username
    assert not user.check_password(first.password)
    assert user.check_password(second.password)
    assert user.is_active
    assert user.must_change_password


def test_nobody_reaches_above_themselves(deputy: User, teacher: Staff, school: School) -> None:
    director = make_staff(school, "Самойлова Нина Петровна", "director", login="director")
    second = make_staff(school, "Лыкова Елена Андреевна", "deputy_director_uvr", login="second")
    keeper = make_staff(school, "Зуева Тамара Аркадьевна", "teacher", login="keeper")
    User.objects.filter(staff=keeper).update(is_administrator=True)

    assert [can_change_login(deputy, one) for one in (teacher, second, director, keeper)] == [True, True, False, False]
    assert [can_change_login(_login(director), one) for one in (teacher, second, keeper)] == [True, True, False]
    assert [can_change_login(_login(keeper), one) for one in (teacher, second, director)] == [True, True, True]


def test_nobody_changes_their_own_here(deputy: User) -> None:
    assert deputy.staff is not None
    assert not can_change_login(deputy, deputy.staff)


def test_another_school_is_out_of_reach(deputy: User) -> None:
    stranger = make_staff(make_school("S2"), "Иванова Анна", "teacher", login="stranger")

    assert not can_change_login(deputy, stranger)


def test_a_teacher_issues_nothing(teacher: Staff, school: School) -> None:
    user = User.objects.create_user("grechko", school=school, staff=teacher)

    assert not can_issue_logins(user)
    assert not can_change_login(user, make_staff(school, "Иванова Анна", "teacher"))


def test_one_time_passwords_have_no_letters_that_are_confused() -> None:
    many = {one_time_password() for _ in range(200)}

    assert len(many) == 200
    assert set("".join(many)) <= {*LETTERS, "-"}
    assert not set("01ilo") & set(LETTERS)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Ёлкина-Щукина", "elkina-shchukina"),
        ("Подъячев", "podiachev"),
        ("Чжоу", "chzhou"),
        ("О'Нил", "onil"),
        ("ǅ", ""),
    ],
)
def test_names_become_latin(name: str, latin: str) -> None:
    assert in_latin(name) == latin


def test_a_name_without_letters_still_gets_a_login() -> None:
    assert username_for("—", "", "", lambda name: name == "login") == "login2"

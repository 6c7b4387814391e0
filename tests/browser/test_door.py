"""The door, the errors and one's own sessions, as a person sees them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from school.models import User
from tests.browser.looks import assert_accessible, at_both_widths
from tests.factories import PASSWORD, make_school, make_staff

Enter = Callable[[User], Page]


@pytest.fixture
def deputy(transactional_db: None) -> User:
    staff = make_staff(make_school(), "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    make_staff(staff.school, "Гречко Павел Сергеевич", "teacher")
    return User.objects.get(staff=staff)


@at_both_widths
def test_a_deputy_logs_in_and_out(page: Page, deputy: User) -> None:
    page.goto("/")
    assert_accessible(page)
    page.get_by_label("Логин").fill("ermolaeva")
    page.get_by_label("Пароль").fill("не тот пароль")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_text("Логин или пароль не подходят")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if page.viewport_size and page.viewport_size["width"] < 900:
        page.get_by_role("button", name="Меню").click()
    expect(page.get_by_text("заместитель директора", exact=True)).to_be_visible()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", name="Вход")).to_be_visible()


@at_both_widths
def test_own_sessions_and_password_pages_are_accessible(log_in: Enter, deputy: User) -> None:
    page = log_in(deputy)
    page.goto("/sessions/")
    expect(page.get_by_role("heading", name="Мои сеансы")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Сменить пароль").click()
    expect(page.get_by_label("Нынешний пароль")).to_be_visible()
    assert_accessible(page)


@at_both_widths
def test_a_deputy_issues_a_login_that_forces_a_change(log_in: Enter, deputy: User) -> None:
    page = log_in(deputy)
    page.goto("/school/logins/")
    assert_accessible(page)
    page.get_by_role("button", name="Выдать логин — Гречко").click()
    expect(page.get_by_text("Пароль показан один раз")).to_be_visible()
    assert_accessible(page)
    password = page.locator(".o-secret").nth(1).inner_text()

    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("Логин").fill("grechko.ps")
    page.get_by_label("Пароль").fill(password)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_text("Вы вошли с одноразовым паролем")).to_be_visible()


@at_both_widths
def test_an_error_has_a_way_out(log_in: Enter, deputy: User) -> None:
    page = log_in(deputy)
    page.goto("/такого-нет/")
    expect(page.get_by_role("heading", name="Такой страницы нет")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_role("link", name="На рабочий стол")).to_have_attribute("href", "/")

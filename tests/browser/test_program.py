"""The program in a browser: from a template through the council's approval to a version that stays as it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from roadmaps.models import Program
from roadmaps.services.programs import program_create
from roadmaps.words_program import ProgramState, Template
from school.models import User
from school.roles import Position
from tests.browser.looks import assert_accessible, assert_fits, at_both_widths
from tests.factories import make_school, make_staff


@pytest.fixture
def deputy(transactional_db: None) -> User:
    return make_staff(make_school(), "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch").user


def test_the_deputy_takes_a_program_through_the_council(deputy: User, log_in: Callable[[User], Page]) -> None:
    page = log_in(deputy)
    page.goto("/passport/")
    page.get_by_role("link", name="Начать программу").click()
    page.get_by_label("на один учебный год").check()
    page.get_by_role("button", name="Начать").click()
    assert_accessible(page)

    page.locator("#goal").get_by_role("link", name="Заполнить").click()
    page.get_by_label("Текст").fill("Помочь каждому, кому трудно")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#goal")).to_contain_text("Помочь каждому")

    page.get_by_role("link", name="Утвердить").click()
    expect(page.get_by_text("Не заполнено: Задачи, Исполнители.")).to_be_visible()
    page.get_by_label("Номер протокола").fill("1")
    page.get_by_role("button", name="Утвердить").click()
    expect(page.get_by_text("Редакция сохранена")).to_be_visible()
    assert Program.objects.get().state == ProgramState.APPROVED

    page.get_by_role("link", name="Изменить", exact=True).click()
    page.get_by_label("Основание").fill("итоги четверти")
    page.get_by_role("button", name="Начать правку").click()
    page.locator("#goal").get_by_role("link", name="Изменить").click()
    page.get_by_label("Текст").fill("Иная цель")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#changes")).to_contain_text("Иная цель")

    page.get_by_role("link", name="Редакция 1").click()
    expect(page.locator("#passport")).to_contain_text("Помочь каждому")
    expect(page.locator("#passport")).not_to_contain_text("Иная цель")
    assert_fits(page)


@at_both_widths
def test_indicators_with_both_readings_are_accessible_and_fit(deputy: User, log_in: Callable[[User], Page]) -> None:
    assert deputy.school is not None
    row = program_create(by=deputy, school=deputy.school, template=Template.LONG, first_year=2026)
    odd = row.indicators.get(code="P01")
    page = log_in(deputy)
    for address in (
        "/passport/indicators/",
        f"/passport/indicators/{odd.pk}/",
        f"/passport/indicators/{odd.pk}/reading/",
    ):
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)

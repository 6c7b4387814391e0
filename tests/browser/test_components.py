"""The components as a person meets them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from school.models import User
from tests.browser.looks import assert_accessible, at_both_widths
from tests.factories import make_school, make_staff

pytestmark = pytest.mark.urls("tests.browser.gallery")


@pytest.fixture
def gallery(log_in: Callable[[User], Page], transactional_db: None) -> Page:
    staff = make_staff(make_school(), "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    page = log_in(User.objects.get(staff=staff))
    page.goto("/gallery/")
    return page


@at_both_widths
def test_all_of_them_are_accessible_and_fit(gallery: Page) -> None:
    assert_accessible(gallery)


def test_they_fit_the_narrowest_phone(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 320, "height": 700})

    assert_accessible(gallery)


@at_both_widths
def test_the_bar_of_deeds_comes_with_the_first_chosen_row(gallery: Page) -> None:
    bar = gallery.get_by_role("region", name="Выбранные записи")
    expect(bar).to_be_hidden()
    gallery.get_by_label("Выбрать 1").check()
    expect(bar).to_contain_text("Выбрано: 1")
    if gallery.viewport_size and gallery.viewport_size["width"] > 700:
        gallery.get_by_label("Выбрать все").check()
        expect(bar).to_contain_text("Выбрано: 3")
    gallery.get_by_role("button", name="Снять выбор").click()
    expect(bar).to_be_hidden()


@at_both_widths
def test_a_row_opens_on_its_evidence_by_keyboard(gallery: Page) -> None:
    twist = gallery.get_by_role("link", name="Основание 2")
    evidence = gallery.get_by_role("heading", name="Основание записи 2")
    expect(evidence).to_be_hidden()
    twist.focus()
    gallery.keyboard.press("Enter")
    expect(evidence).to_be_visible()
    expect(twist).to_have_attribute("aria-expanded", "true")
    assert_accessible(gallery)
    gallery.keyboard.press("Enter")
    expect(evidence).to_be_hidden()


@at_both_widths
def test_a_dialog_opens_without_script_and_closes_by_escape(gallery: Page) -> None:
    dialog = gallery.get_by_role("dialog", name="Вернуть с замечанием")
    gallery.get_by_role("button", name="Вернуть запись").click()
    expect(dialog).to_be_visible()
    assert_accessible(gallery)
    gallery.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_first_tab_stop_leads_past_the_navigation(gallery: Page) -> None:
    gallery.keyboard.press("Tab")
    skip = gallery.get_by_role("link", name="К содержанию")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    gallery.keyboard.press("Enter")

    assert gallery.evaluate("document.activeElement.id") == "main"

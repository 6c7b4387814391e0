"""Keys: search, sections, rows of a list, the sheet; silent where one writes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from school.models import User
from tests.browser.looks import assert_accessible, at_both_widths
from tests.factories import make_class, make_pupil, make_school, make_staff


@pytest.fixture
def desk(log_in: Callable[[User], Page], transactional_db: None) -> Page:
    school = make_school()
    school_class = make_class(school, "7А")
    for name in ("Ковтун Матвей Андреевич", "Ёлкин Павел Викторович"):
        make_pupil(school_class, name)
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    page = log_in(User.objects.get(username="zavuch"))
    page.goto("/school/pupils/")
    return page


def press(page: Page, code: str, sign: str, shift: bool = False) -> None:
    """A key of a Russian keyboard: its place is `code`, what it writes is `sign`."""
    told = {"code": code, "key": sign, "shiftKey": shift, "bubbles": True, "cancelable": True}
    page.evaluate("told => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', told))", told)


def test_the_stroke_leads_to_the_search_box_in_both_layouts(desk: Page) -> None:
    box = desk.get_by_role("searchbox", name="Найти обучающегося, класс, сотрудника")
    desk.keyboard.press("/")
    expect(box).to_be_focused()
    desk.keyboard.type("ковтун/")
    expect(box).to_have_value("ковтун/")  # in the box itself the key writes
    box.blur()
    press(desk, "Slash", ".")
    expect(box).to_be_focused()
    desk.keyboard.type("ковтун")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ковтун Матвей Андреевич")


def test_two_keys_open_a_section_in_both_layouts(desk: Page) -> None:
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk).to_have_url(ending("/registry/"))
    desk.wait_for_load_state()
    press(desk, "KeyG", "п")
    press(desk, "KeyE", "у")
    expect(desk).to_have_url(ending("/school/pupils/"))
    press(desk, "KeyH", "р")  # alone a letter opens nothing
    expect(desk).to_have_url(ending("/school/pupils/"))


def test_keys_walk_along_the_rows_of_a_list(desk: Page) -> None:
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name="Ёлкин Павел Викторович").first).to_be_focused()
    press(desk, "KeyJ", "о")
    expect(desk.get_by_role("link", name="Ковтун Матвей Андреевич").first).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ёлкин Павел Викторович")


def test_nothing_happens_where_one_writes_or_holds_another_key(desk: Page) -> None:
    field = desk.get_by_role("searchbox", name="Фамилия или имя")
    field.focus()
    desk.keyboard.type("gh?/j")
    expect(field).to_have_value("gh?/j")
    expect(desk.locator("#keys")).to_be_hidden()
    field.blur()
    desk.keyboard.press("Control+g")
    desk.keyboard.press("h")
    expect(desk).to_have_url(ending("/school/pupils/"))


@at_both_widths
def test_the_sheet_of_keys_opens_by_its_sign_and_by_a_link(desk: Page) -> None:
    sheet = desk.locator("#keys")
    press(desk, "Digit7", "?", shift=True)
    expect(sheet).to_be_visible()
    expect(sheet.get_by_text("Реестр")).to_be_visible()
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    desk.goto("/keys/")
    expect(desk.get_by_role("main").get_by_text("к полю поиска")).to_be_visible()
    assert_accessible(desk)


def test_keys_can_be_turned_off_and_on_again(desk: Page) -> None:
    desk.goto("/keys/")
    desk.get_by_role("button", name="Выключить клавиши").click()
    desk.goto("/school/pupils/")
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_hidden()
    expect(desk).to_have_url(ending("/school/pupils/"))
    desk.goto("/keys/")
    desk.get_by_role("button", name="Включить клавиши").click()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()


def ending(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path) + "$")

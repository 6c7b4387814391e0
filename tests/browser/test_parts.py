"""Parts of pages that are asked for alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from school.models import User
from tests.factories import make_school, make_staff

pytestmark = pytest.mark.urls("tests.browser.gallery")


@pytest.fixture
def polling(log_in: Callable[[User], Page], transactional_db: None) -> Page:
    staff = make_staff(make_school(), "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    page = log_in(User.objects.get(staff=staff))
    page.goto("/polling/")
    return page


def test_a_part_that_asks_by_itself_says_so(polling: Page, complaints: list[str]) -> None:
    with polling.expect_request("**/part/") as asked:
        pass
    assert asked.value.headers["x-unattended"] == "1"

    with polling.expect_request("**/pressed/") as pressed:
        polling.get_by_role("button", name="Нажать").click()
    assert "x-unattended" not in pressed.value.headers
    expect(polling.get_by_text("Действие не выполнено")).to_be_visible()
    complaints.clear()


def test_a_part_that_does_not_come_is_told_in_words(polling: Page, complaints: list[str]) -> None:
    polling.get_by_role("button", name="Нажать").click()
    expect(polling.get_by_text("Действие не выполнено")).to_be_visible()
    assert "404" in complaints.pop()


def test_a_lost_connection_is_told_in_words(polling: Page, complaints: list[str]) -> None:
    def lose(route: Route) -> None:
        route.abort()

    polling.route("**/pressed/", lose)
    polling.get_by_role("button", name="Нажать").click()
    expect(polling.get_by_text("Нет связи с Опорой")).to_be_visible()
    complaints.clear()

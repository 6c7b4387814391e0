"""A deed of the roadmap from its plan to its protocol, and a term that is moved: as the deputy goes through them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from roadmaps.models import Evidence, Occurrence, Roadmap
from roadmaps.services.roadmaps import roadmap_create
from school.models import User
from school.roles import Position
from tests.browser.looks import assert_accessible, assert_fits, at_both_widths
from tests.factories import make_school, make_staff
from tests.roadmaps.test_roadmap import PNG


@pytest.fixture
def roadmap(transactional_db: None) -> Roadmap:
    """A draft of the twenty activities on 21 November 2026."""
    school = make_school()
    deputy = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="zavuch").user
    return roadmap_create(by=deputy, year=school.years.get(), catalogue=True)


@at_both_widths
def test_a_deed_is_planned_held_and_shown_and_a_term_is_moved_with_the_reason(
    log_in: Callable[[User], Page], roadmap: Roadmap, tmp_path: Path
) -> None:
    tab = log_in(User.objects.get(username="zavuch"))
    _plan_and_approve(tab)
    assert_accessible(tab)
    tab.get_by_role("link", name="Разбор работ за четверть").click()
    _hold_and_show(tab, tmp_path)
    assert_accessible(tab)
    tab.get_by_role("link", name="Дорожная карта").last.click()
    _move(tab)
    deed = Occurrence.objects.get(activity__origin=20)
    assert (deed.state, deed.ends, deed.note) == ("moved", date(2027, 1, 20), "карантин")
    tab.goto("/roadmap/axis/")
    assert_fits(tab)
    _names_stay_beside_the_days(tab)


def _names_stay_beside_the_days(tab: Page) -> None:
    tab.set_viewport_size({"width": 375, "height": 720})
    tab.locator(".o-scroll").evaluate("one => one.scrollLeft = 300")
    names, days = (tab.locator(where).bounding_box() for where in (".o-axis__names", ".o-axis svg"))
    assert names is not None
    assert days is not None
    assert days["x"] < 0 <= names["x"]
    assert abs(names["y"] + names["height"] - days["y"] - days["height"]) < 4  # rows of the same height


def _plan_and_approve(tab: Page) -> None:
    tab.goto("/roadmap/")
    tab.get_by_role("link", name="Добавить мероприятие").click()
    tab.get_by_label("Мероприятие", exact=True).fill("Разбор работ за четверть")
    tab.get_by_label("Место проведения").fill("я" * 150)  # breaks, and the page stays as wide as the window
    tab.get_by_label("Вид срока").select_option(label="В одном месяце")
    tab.get_by_label("ноябрь 2026").check()
    tab.get_by_role("button", name="Сохранить").click()
    tab.get_by_role("link", name="Утвердить").click()
    tab.get_by_label("Номер приказа").fill("112")
    tab.get_by_role("button", name="Утвердить").click()
    for words in ("Просрочено 6", "В этом месяце 5"):  # seen before one scrolls
        expect(tab.get_by_role("link", name=words)).to_be_in_viewport()


def _hold_and_show(tab: Page, folder: Path) -> None:
    tab.get_by_role("link", name="Проведено", exact=True).click()
    tab.get_by_label("Когда проведено").fill("2026-11-20")
    tab.get_by_role("button", name="Отметить проведённым").click()
    tab.get_by_role("link", name="Приложить").click()
    file = folder / "protocol.png"
    file.write_bytes(PNG)
    tab.get_by_label("Название").fill("Протокол разбора")
    tab.get_by_label("Файл").set_input_files(file)
    tab.get_by_role("button", name="Приложить").click()
    with tab.expect_download() as got:
        tab.get_by_role("link", name="Протокол разбора").click()
    assert got.value.suggested_filename == "Протокол разбора.png"
    assert Evidence.objects.get().occurrence.state == "held"


def _move(tab: Page) -> None:
    tab.get_by_role("link", name="Родительское собрание").click()
    tab.get_by_role("link", name="Перенести срок").click()
    tab.get_by_label("Новый срок").fill("2027-01-20")
    tab.get_by_role("button", name="Перенести").click()
    expect(tab.get_by_label("Почему переносим")).to_be_focused()  # the browser itself asks why
    tab.get_by_label("Почему переносим").fill("карантин")
    tab.get_by_role("button", name="Перенести").click()
    expect(tab.get_by_text("Перенесено", exact=True)).to_be_visible()
    expect(tab.get_by_text("карантин").first).to_be_visible()

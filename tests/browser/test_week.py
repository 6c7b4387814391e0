"""The psychologist's week, as its sentence says it: worked through by keyboard alone, in real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Appointment
from tests.browser.looks import assert_accessible
from tests.consultations.making import Service, make_consent, make_service
from tests.factories import make_pupil


@pytest.fixture
def service(transactional_db: None) -> Service:
    """On Tuesday 24 November one meeting at 14:20, another at 13:00; the hours are 13:00–16:00."""
    made = make_service()
    other = make_pupil(made.seventh, "Белов Илья Ильич")
    make_consent(other)
    made.book("13:00", "13:40", other)
    made.book("14:20", "15:00")
    return made


def cell_of(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('td')?.dataset.to ?? ''"))


def test_the_psychologist_works_through_the_week_by_keyboard_alone(
    service: Service, log_in: Callable[..., Page]
) -> None:
    page = log_in(service.user)
    page.goto("/service/week/?on=2026-11-24")
    assert_accessible(page)
    keys = page.keyboard
    for _ in range(120):  # by Tab alone into the grid
        if cell_of(page):
            break
        keys.press("Tab")
    assert cell_of(page).startswith("2026-11-24")

    # to the meeting of 14:20, which stands in the line of 14:00
    keys.press("Home")
    while not cell_of(page).endswith("14:00"):
        keys.press("ArrowDown" if cell_of(page)[-5:] < "14:00" else "ArrowUp")
    keys.press("ArrowRight")
    expect(page.locator(".o-meet:focus-within")).to_contain_text("Ковтун")

    # taken, put where another meeting is: refused with free times as buttons, of which the first has the focus
    keys.press(" ")
    expect(page.locator("#week-say")).to_contain_text("Взята встреча 14:20–15:00")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    keys.press(" ")
    expect(page.locator("#stopped")).to_contain_text("занято")
    expect(page.locator("#stopped button").first).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Встреча перенесена")
    moved = Appointment.objects.get(pupils__pupil=service.pupil)
    assert f"{moved.on} {moved.time_from:%H:%M}" != "2026-11-24 14:20"

    # the moved meeting has the focus; taken and left with Esc it stays, Enter opens it
    expect(page.locator(".o-meet:focus-within")).to_contain_text("Ковтун")
    keys.press(" ")
    keys.press("ArrowDown")
    keys.press("Escape")
    expect(page.locator("#week-say")).to_contain_text("осталась на месте")
    keys.press("ArrowUp")
    keys.press("Enter")
    page.wait_for_url(f"**/service/meetings/{moved.pk}/")

    # the mouse carries a meeting too
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto("/service/week/?on=2026-11-24")
    other = page.locator(".o-meet", has_text="Белов").bounding_box()
    place = page.locator('td[data-to="2026-11-24 15:30"]').bounding_box()
    assert other is not None and place is not None
    page.mouse.move(other["x"] + 20, other["y"] + 10)
    page.mouse.down()
    page.mouse.move(place["x"] + 60, place["y"] + 10, steps=8)
    page.mouse.up()
    expect(page.locator("#stopped")).to_contain_text("вне часов приёма")
    page.get_by_role("button", name="Всё равно перенести").click()
    expect(page.locator("#messages")).to_contain_text("15:30–16:10")

    # the next week and back; Enter on a free time opens the form of booking
    page.goto("/service/week/?on=2026-11-24")
    page.locator("[data-week] [tabindex='0']").first.focus()
    keys.press("PageDown")
    page.wait_for_url("**on=2026-12-01*")
    page.locator("[data-week] [tabindex='0']").first.focus()
    expect(page.locator(".o-free:focus")).to_be_visible()
    keys.press("Enter")
    page.wait_for_url("**/book/?at=2026-12-01*")

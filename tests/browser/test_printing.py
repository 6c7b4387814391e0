"""Pages on paper."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from school.models import User
from tests.factories import make_class, make_pupil, make_school, make_staff


def test_the_print_button_prints_the_page_without_menu_and_buttons(
    log_in: Callable[[User], Page], transactional_db: None
) -> None:
    school = make_school()
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    page = log_in(User.objects.get(staff=staff))
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(f"/pupils/{pupil.pk}/")
    page.get_by_role("button", name="Печать").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ковтун Матвей Андреевич")).to_be_visible()
    expect(page.get_by_text("Напечатано")).to_be_visible()
    for gone in (page.get_by_role("navigation", name="Разделы"), page.get_by_role("button", name="Печать")):
        expect(gone).to_be_hidden()

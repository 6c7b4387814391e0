"""A class's results typed from paper: by keyboard alone, through a lost connection, past a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gradebook.models import PeriodResult
from risk_registry.models import PupilCategory
from school.models import SchoolClass, TeachingAssignment, User
from tests.browser.looks import assert_accessible, at_both_widths
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.gradebook.entering import enter

PUPILS, SUBJECTS = 25, 12
COLUMN = ("5432" * PUPILS)[:PUPILS]


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Pupils and subjects: a few, where a test asks for no more."""
    return getattr(request, "param", (3, 2))


@pytest.fixture
def school_class(transactional_db: None, size: tuple[int, int]) -> SchoolClass:
    """A class of whose results nothing is known."""
    school = make_school()
    deputy = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    seventh = make_class(school, "7А")
    for number in range(size[0]):
        make_pupil(seventh, f"Белов{number:02} Кирилл")
    for number in range(size[1]):
        subject = make_subject(school, f"Предмет {number:02}")
        TeachingAssignment.objects.create(staff=deputy, subject=subject, school_class=seventh)
    return seventh


@pytest.fixture
def sheet(school_class: SchoolClass, log_in: Callable[[User], Page]) -> Page:
    page = log_in(User.objects.get(username="zavuch"))
    page.goto(f"/sheets/{school_class.pk}/?of=1")
    return page


@pytest.mark.parametrize("size", [(PUPILS, SUBJECTS)], indirect=True)
def test_300_results_typed_without_a_mouse_through_a_lost_connection_are_saved(
    sheet: Page, school_class: SchoolClass
) -> None:
    state = sheet.locator("#sheet-state")
    sheet.keyboard.type(COLUMN * 5)
    expect(state).to_contain_text("Сохранено 125 из 125")
    sheet.context.set_offline(True)
    sheet.keyboard.type(COLUMN * 7)
    expect(state).to_contain_text("из 300 · нет связи, попробуем снова")
    assert PeriodResult.objects.count() == 125

    sheet.goto("about:blank")
    sheet.context.set_offline(False)
    sheet.goto(f"/sheets/{school_class.pk}/?of=1")
    expect(state).to_have_text("Сохранено 300 из 300")

    rows = PeriodResult.objects.order_by("subject__name", "pupil__last_name").values_list("value", flat=True)
    assert "".join(rows) == COLUMN * SUBJECTS
    assert set(PeriodResult.objects.values_list("by_hand", "period__number")) == {(True, 1)}
    assert PupilCategory.objects.filter(category="failing").count() == COLUMN.count("2")
    assert sheet.evaluate("localStorage.length") == 0


def test_keys_letters_and_a_pasted_block_fill_the_sheet(sheet: Page) -> None:
    press = sheet.keyboard.press
    sheet.keyboard.type("5н6")
    expect(sheet.locator("#sheet-state")).to_contain_text("не подходит: 1")
    expect(sheet.locator("[aria-invalid=true]")).to_have_value("6")
    sheet.keyboard.type("з")
    expect(sheet.locator("#sheet-state")).to_have_text("Сохранено 3 из 3")
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft"):
        press(key)
    sheet.evaluate(PASTE, "2\t3\r\n4\tнезач\r\n")
    expect(sheet.locator("#sheet-state")).to_have_text("Сохранено 5 из 5")
    press("Delete")
    expect(sheet.locator("#sheet-state")).to_have_text("Сохранено 4 из 4")
    told = PeriodResult.objects.order_by("subject__name", "pupil__last_name").values_list("value", flat=True)
    assert list(told) == ["2", "4", "зач", "3"]


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def test_what_another_person_wrote_meanwhile_is_shown_and_not_overwritten(
    sheet: Page, school_class: SchoolClass
) -> None:
    sheet.keyboard.press("ArrowDown")
    enter(school_class, 1, 0, "3")
    sheet.keyboard.type("5")
    clash = sheet.get_by_text("у вас «5», записано «3» (Ермолаева С. В.)")
    expect(clash).to_be_visible()
    assert PeriodResult.objects.get().value == "3"
    sheet.get_by_role("button", name="Записать «5»").press("Enter")
    expect(sheet.locator("#sheet-state")).to_have_text("Сохранено 1 из 1")
    assert PeriodResult.objects.get().value == "5"


@at_both_widths
def test_the_sheet_is_accessible_and_fits(sheet: Page) -> None:
    assert_accessible(sheet)

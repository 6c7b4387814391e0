"""A work's results typed by hand: down the column by Enter, offered again after a lost page, kept through a refusal."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from gradebook.models import AssessmentResult, ProcedureKind
from gradebook.services.procedures import ProcedureDraft, procedure_cancel, procedure_plan, procedure_restore
from school.models import User
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

OFFER = "В этом браузере осталось набранное"


def test_results_typed_before_the_page_was_lost_and_the_work_called_off_are_saved_in_the_end(
    log_in: Callable[[User], Page],
) -> None:
    school = make_school()
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    deputy = User.objects.get(username="zavuch")
    place = make_class(school, "7А")
    pupils = [make_pupil(place, f"Белов{number} Кирилл") for number in range(3)]
    told = ("Контрольная", ProcedureKind.CONTROL, 7, place, make_subject(school, "Алгебра"), date(2026, 10, 7))
    work = procedure_plan(by=deputy, year=place.year, draft=ProcedureDraft(*told))
    page = log_in(deputy)
    address = f"/registry/works/plan/{work.pk}/results/"
    marks = [f"[name=mark-{pupil.pk}]" for pupil in pupils]
    page.goto(address)
    expect(page.get_by_text(OFFER)).to_be_hidden()
    page.focus(marks[0])
    for mark in "543":
        page.keyboard.type(mark)
        page.keyboard.press("Enter")
    page.goto("about:blank")

    page.goto(address)
    expect(page.get_by_text(OFFER)).to_be_visible()
    page.get_by_role("button", name="Вернуть в таблицу").click()
    procedure_cancel(by=deputy, procedure=work, why="внесена по ошибке")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Ничего не сохранено")).to_be_visible()
    assert [page.input_value(mark) for mark in marks] == ["5", "4", "3"]
    procedure_restore(by=deputy, procedure=work)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сохранено: 3 результата")).to_be_visible()
    assert list(AssessmentResult.objects.order_by("pupil").values_list("mark", flat=True)) == [5, 4, 3]
    page.goto(address)
    assert page.evaluate("localStorage.length") == 0

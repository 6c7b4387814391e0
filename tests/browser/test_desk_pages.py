"""The desk's pages in a browser: nothing serious for axe, nothing scrolls sideways; the card comes as a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gradebook.models import Absence
from risk_registry.models import Signal
from risk_registry.services.classification import period_classify
from school.models import Pupil, User
from tests.browser.conftest import HEIGHTS
from tests.browser.looks import assert_accessible, assert_fits, at_both_widths
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, period_of

NOVEMBER = date(2026, 11, 9)
# Where the walk over every page does not come: nothing in the demo leads there, or another view of a page comes first.
PAGES = (
    "/slipping/",
    "/filters/",
    "/search/?q=кофтун",
    "/registry/signals/?text=ков",
    "/classes/{school_class}/?view=categories",
    "/classes/{school_class}/?view=missed",
)


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    school = make_school()
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    pupil = make_pupil(make_class(school, "7А", teacher=teacher), "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 2, 3, 2, on=NOVEMBER)
    for reason, day in (("unexcused", 9), ("illness", 10)):
        Absence.objects.create(
            school=school,
            year=school.years.get(),
            pupil=pupil,
            subject=make_subject(school, "Алгебра"),
            date=date(2026, 11, day),
            reason=reason,
        )
    period_classify(period=period_of(school, 2))
    Signal.objects.update(due=date(2026, 11, 19))
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    return pupil


@at_both_widths
def test_what_is_seldom_opened_is_for_everybody_too(pupil: Pupil, width: int, log_in: Callable[[User], Page]) -> None:
    page = log_in(User.objects.get(username="zavuch"))
    told = {"pupil": pupil.pk, "school_class": pupil.enrolments.get().school_class_id}
    for address in PAGES:
        page.goto(address.format(**told))
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert_accessible(page)
        page.set_viewport_size({"width": 320, "height": 700})
        assert_fits(page)


def test_the_card_is_ordered_with_a_tick_and_downloaded(
    celery_worker: None, pupil: Pupil, log_in: Callable[[User], Page]
) -> None:
    page = log_in(User.objects.get(username="zavuch"))
    page.goto(f"/pupils/{pupil.pk}/")
    page.get_by_role("link", name="В PDF").click()
    tick = page.get_by_label("Закрытые сведения")
    expect(tick).not_to_be_checked()
    tick.check()
    page.get_by_role("button", name="Сделать PDF").click()
    link = page.get_by_role("link", name="Скачать")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Открыть на странице").click()
    expect(page.get_by_role("heading", name="Документы")).to_be_visible()
    expect(page.get_by_text("и закрытые сведения")).to_be_visible()


def test_a_kept_filter_opens_the_list_that_comes_from_the_menu(pupil: Pupil, log_in: Callable[[User], Page]) -> None:
    make_pupil(make_class(pupil.school, "9Б"), "Агеев Лев Павлович")
    page = log_in(User.objects.get(username="zavuch"))
    page.goto("/school/pupils/")
    page.get_by_role("searchbox", name="Фамилия или имя").fill("ков")
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("button", name="Запомнить отбор").click()
    page.get_by_label("Название").fill("На ков")
    page.get_by_label("Открывать страницу сразу с ним").check()
    assert_accessible(page)
    page.get_by_role("button", name="Запомнить", exact=True).click()
    expect(page.get_by_text("Отбор «На ков» запомнен.")).to_be_visible()
    page.get_by_role("link", name="Рабочий стол").click()
    page.get_by_role("link", name="Обучающиеся", exact=True).click()
    expect(page.get_by_role("link", name="Ковтун Матвей Андреевич").first).to_be_visible()
    expect(page.get_by_role("link", name="Агеев Лев Павлович")).to_have_count(0)
    page.get_by_role("link", name="Без отбора").click()
    expect(page.get_by_role("link", name="Агеев Лев Павлович").first).to_be_visible()


def test_the_directors_first_screen_tells_the_plan_and_what_to_decide(
    pupil: Pupil, log_in: Callable[[User], Page]
) -> None:
    make_staff(pupil.school, "Самойлова Нина Павловна", "director", login="director")
    page = log_in(User.objects.get(username="director"))
    for address in ("/", "/summary/"):
        page.goto(address)
        for heading in ("Ниже плана", "Ждёт решения"):
            box = page.get_by_role("heading", name=heading, exact=False).bounding_box()
            assert box is not None
            assert box["y"] < HEIGHTS[1280] / 2
        assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert_fits(page)
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_role("heading", name="Сводка руководителя")).to_be_visible()

"""A teacher enters a training and a practice, the methodical head confirms them and visits a lesson; on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from school.models import User
from school.roles import Position
from teaching.models import LessonVisit, Practice, Training
from tests.browser.looks import assert_accessible
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.iom.making import teach


@pytest.fixture
def width() -> int:
    return 375


@pytest.fixture
def people(transactional_db: None) -> None:
    school = make_school()
    teach(make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич"), "Алгебра", login="teacher")
    make_staff(school, "Ильина Марина Фёдоровна", Position.TEACHER, Position.METHODICAL_HEAD, login="head")


def test_a_teacher_writes_the_head_confirms_and_visits_the_teacher_reads(
    log_in: Callable[[User], Page], people: None
) -> None:
    tab = log_in(User.objects.get(username="teacher"))
    _write(tab)
    log_in(User.objects.get(username="head"))
    _confirm(tab)
    _visit(tab)
    log_in(User.objects.get(username="teacher"))
    tab.goto("/teaching/")
    assert_accessible(tab)
    tab.locator("#visits").get_by_role("link").first.click()
    tab.get_by_role("link", name="Прочитал(а), ответить").click()
    tab.get_by_label("Ваше слово").fill("учту")
    tab.locator("main form button[type=submit]").last.click()
    expect(tab.get_by_text("учту").first).to_be_visible()

    assert Training.objects.get().is_confirmed and Practice.objects.get().is_confirmed
    visit = LessonVisit.objects.get()
    assert set(visit.technologies) == {"groups", "criteria"}
    assert (visit.objectivity, visit.weak, visit.reply) == ("yes", "seen", "учту")


def _write(tab: Page) -> None:
    tab.goto("/teaching/")
    tab.get_by_role("link", name="Обучение", exact=True).first.click()
    tab.get_by_label("Тема", exact=True).fill("Обратная связь на уроке")
    tab.get_by_label("Неформальное").check(force=True)
    tab.get_by_text("Слабоуспевающие и неуспевающие").click()
    tab.locator("main form button[type=submit]").last.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Обратная связь на уроке")
    tab.goto("/teaching/")
    tab.get_by_role("link", name="Практика", exact=True).click()
    tab.locator("[name=title]").fill("Карточки с подсказками")
    tab.locator("[name=about]").fill("Три подсказки, каждая стоит балл.")
    tab.get_by_text("Слабоуспевающие и неуспевающие").click()
    tab.locator("main form button[type=submit]").last.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Карточки с подсказками")


def _confirm(tab: Page) -> None:
    tab.goto("/teaching/waiting/")
    assert_accessible(tab)
    for _ in range(2):
        tab.get_by_role("button", name="Подтвердить").first.click()
    expect(tab.get_by_text("Всё подтверждено")).to_be_visible()


def _visit(tab: Page) -> None:
    tab.goto("/teaching/visits/new/")
    tab.get_by_label("Чей урок").select_option(index=0)
    for words in ("Работа в парах и группах", "Критерии известны ученикам", "Соответствуют критериям", "Видна"):
        tab.get_by_label(words, exact=True).check(force=True)
    tab.evaluate("scrollTo(0, 0)")  # the bar lies over what is scrolled under it
    assert_accessible(tab)
    tab.locator("main form button[type=submit]").last.click()
    expect(tab.get_by_text("Критерии известны ученикам").first).to_be_visible()

"""The journal of talks with parents, as its sentences say it: counted in real Chromium on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parents.models import Conversation
from school.models import Guardian, Guardianship, Pupil, User
from tests.browser.looks import assert_accessible
from tests.browser.test_work_entry import COUNT
from tests.factories import make_class, make_pupil, make_school
from tests.iom.making import teach


@pytest.fixture
def width() -> int:
    return 375


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    """A pupil with a mother and a father, whom a teacher of algebra teaches."""
    school = make_school()
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    for first, relation in (("Анна", "mother"), ("Андрей", "father")):
        guardian = Guardian.objects.create(school=school, last_name="Ковтун", first_name=first)
        Guardianship.objects.create(guardian=guardian, pupil=pupil, relation=relation)
    teach(pupil, "Алгебра", "Соколова Ирина Андреевна", login="sokolova")
    return pupil


@pytest.fixture
def tab(pupil: Pupil, log_in: Callable[[User], Page]) -> Page:
    opened = log_in(User.objects.get(username="sokolova"))
    opened.add_init_script(COUNT)
    opened.goto(f"/pupils/{pupil.pk}/")
    return opened


def test_a_talk_takes_six_interactions_and_no_keystroke_from_the_pupils_page(tab: Page) -> None:
    tab.get_by_role("link", name="С родителем").first.click()
    assert_accessible(tab)
    for name in ("Мать, Анна", "По телефону"):
        tab.get_by_label(name, exact=True).check(force=True)
    tab.get_by_role("button", name="Пропуски уроков").click()
    save = tab.get_by_role("button", name="Записать беседу")
    expect(save).to_be_in_viewport()
    told = tab.evaluate("window.told")
    save.click()
    tab.wait_for_url("**/parents/talks/*/?saved=1")

    assert 1 + told["taps"] + 1 <= 6 and told["keys"] == 0
    talk = Conversation.objects.get()
    assert talk.guardian is not None and talk.guardian.first_name == "Анна"
    assert (talk.channel, talk.occasion) == ("phone", "Пропуски уроков")


def test_its_draft_outlives_a_lost_connection_and_it_is_written_once(tab: Page) -> None:
    tab.get_by_role("link", name="С родителем").first.click()
    for name in ("Отец, Андрей", "По телефону"):
        tab.get_by_label(name, exact=True).check(force=True)
    tab.get_by_label("О чём", exact=True).press_sequentially("двойки")
    tab.get_by_label("Договорились").fill("проверяет тетрадь")
    address = tab.url
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Записать беседу").click()
    expect(tab.locator("#work-state")).to_contain_text("Связи нет")

    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.goto(address)
    expect(tab.locator("#work-state")).to_contain_text("Ваш черновик")
    tab.get_by_role("button", name="Записать беседу").dblclick()
    tab.wait_for_url("**/parents/talks/*/?saved=1")

    talk = Conversation.objects.get()
    assert (talk.occasion, talk.agreed) == ("двойки", "проверяет тетрадь")
    assert tab.evaluate("localStorage.length") == 0

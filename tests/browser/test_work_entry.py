"""The journal of individual work, as its sentences say it: counted in real Chromium on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from iom.models import Gap, PupilTalk, WorkEntry
from iom.words import GapState
from risk_registry.services.judging import period_judge
from school.models import Pupil, SchoolClass, User
from school.roles import Position
from tests.browser.looks import assert_accessible
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.iom.making import active_route, teach
from tests.risk_registry.making import give_marks, period_of

COUNT = """
window.told = { taps: 0, keys: 0 };
document.addEventListener("click", (event) => { if (event.isTrusted && event.detail) window.told.taps += 1; }, true);
document.addEventListener("keydown", () => { window.told.keys += 1; }, true);
"""


@pytest.fixture
def width() -> int:
    return 375


@pytest.fixture
def seventh(transactional_db: None) -> SchoolClass:
    """7А with three who fail in algebra, and an open gap of one."""
    school = make_school()
    deputy = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="zavuch").user
    seventh = make_class(school, "7А")
    names = ("Ковтун Матвей Андреевич", "Рябов Денис Олегович", "Тарасенко Глеб Ильич", "Чернова Вера Павловна")
    pupils = [make_pupil(seventh, name, external_id=str(number)) for number, name in enumerate(names)]
    for pupil in pupils[:3]:
        give_marks(pupil, "Алгебра", 2, 2, 2)
    teach(pupils[0], "Алгебра", "Соколова Ирина Андреевна", login="sokolova")
    period_judge(period=period_of(school))
    assert deputy is not None
    active_route(deputy, pupils[0], "Алгебра")
    return seventh


@pytest.fixture
def tab(seventh: SchoolClass, log_in: Callable[[User], Page]) -> Page:
    opened = log_in(User.objects.get(username="sokolova"))
    opened.goto("/journals/new/")
    return opened


def test_a_group_is_written_down_in_six_interactions_and_no_more_than_forty_keystrokes(tab: Page) -> None:
    assert_accessible(tab)
    tab.evaluate(COUNT)
    for name in ("Ковтун", "Рябов", "Тарасенко"):
        tab.get_by_label(name).first.check(force=True)
    tab.get_by_role("button", name="Дроби").click()
    expect(tab.get_by_role("button", name="Записать троим")).to_be_in_viewport()
    told = tab.evaluate("window.told")
    tab.get_by_role("button", name="Записать троим").click()
    tab.wait_for_url("**/journals/*/?saved=1")

    assert 0 < told["taps"] + 1 <= 6 and told["keys"] <= 40
    entry = WorkEntry.objects.get()
    assert entry.pupils.count() == 3 and entry.topic == "Дроби"
    assert entry.pupils.get(gap__isnull=False).gap == Gap.objects.get()
    assert tab.evaluate("localStorage.length") == 0


def test_a_draft_outlives_a_lost_connection_and_an_ended_session_and_is_written_once(tab: Page) -> None:
    tab.get_by_label("Рябов").first.check(force=True)
    tab.get_by_label("Тема или дефицит").press_sequentially("Степени")
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Записать одному").click()
    expect(tab.locator("#work-state")).to_contain_text("Связи нет")
    assert not WorkEntry.objects.exists()

    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.goto("/journals/new/")
    expect(tab.locator("#work-state")).to_contain_text("Ваш черновик")
    expect(tab.get_by_label("Тема или дефицит")).to_have_value("Степени")

    kept = tab.context.cookies()
    tab.context.clear_cookies()
    tab.get_by_role("button", name="Записать одному").click()
    expect(tab.locator("#work-state")).to_contain_text("Черновик не пропадёт")
    tab.context.add_cookies([{**one} for one in kept])  # type: ignore[typeddict-item]
    tab.get_by_role("button", name="Записать одному").dblclick()
    tab.wait_for_url("**/journals/*/?saved=1")

    assert WorkEntry.objects.get().topic == "Степени"


def test_a_repeat_control_written_beside_the_entry_closes_the_gap(tab: Page, seventh: SchoolClass) -> None:
    kovtun = Pupil.objects.get(last_name="Ковтун")
    tab.get_by_label("Ковтун").first.check(force=True)
    tab.get_by_role("button", name="Дроби").click()
    tab.get_by_text("Повторный контроль и результат каждого").click()
    tab.locator(f"#m-{kovtun.pk}").fill("4")
    tab.get_by_role("button", name="Записать одному").click()
    expect(tab.get_by_text("дефицит закрыт")).to_be_visible()

    assert Gap.objects.get().state == GapState.CLOSED


def test_a_talk_keeps_its_draft_and_is_written_by_taps(tab: Page) -> None:
    tab.goto("/journals/talks/new/")
    tab.get_by_role("link", name="Рябов").click()
    assert_accessible(tab)
    tab.get_by_label("Повод", exact=True).press_sequentially("двойки")
    tab.get_by_role("button", name="через неделю").click()
    tab.get_by_label("Договорились").fill("сдаёт тетрадь")
    tab.get_by_label("мало готовится дома").check(force=True)
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Записать беседу").click()
    expect(tab.locator("#work-state")).to_contain_text("Связи нет")

    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.goto("/journals/talks/new/")
    tab.get_by_role("link", name="Рябов").click()
    expect(tab.locator("#work-state")).to_contain_text("Ваш черновик")
    tab.get_by_role("button", name="Записать беседу").dblclick()
    tab.wait_for_url("**/journals/talks/*/?saved=1")

    talk = PupilTalk.objects.get()
    assert (talk.occasion, talk.agreed, talk.causes) == ("двойки", "сдаёт тетрадь", ["CT02"])
    assert talk.due is not None and (talk.due - talk.on).days == 7
    assert tab.evaluate("localStorage.length") == 0

"""A consilium from the petition to the conclusion: by keyboard alone, at a desk and on a phone, in real Chromium."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from consultations.councils import Agreement, CouncilKind, PetitionState
from consultations.models import Conclusion, Council, CouncilDecision, Petition, SittingProtocol
from tests.browser.looks import assert_accessible
from tests.consultations.council_making import consent, fresh, make_council
from tests.consultations.school_service import Service, make_service

_TODAY = date(2026, 11, 21)


@pytest.fixture
def service(transactional_db: None) -> Service:
    """A consilium of the head and the psychologist; the parents have agreed to help."""
    made = make_service()
    psychologist, head = made.psychologist.staff, made.head.staff
    assert psychologist is not None and head is not None
    make_council(made.deputy, CouncilKind.PPK, chair=head, secretary=psychologist)
    consent(made.pupil)
    return made


def press(place: Locator, key: str = "Enter") -> None:
    """What a person does who has come to it by Tab."""
    place.focus()
    expect(place).to_be_focused()
    place.page.keyboard.press(key)


def write(page: Page, label: str, words: str) -> None:
    """Type into a field."""
    press(page.get_by_label(label).first, "ControlOrMeta+a")
    page.keyboard.type(words)


def choose(page: Page, label: str, words: str) -> None:
    """Go down a list to the line that begins so."""
    place = page.get_by_role("combobox", name=label)
    for _ in range(20):
        press(place, "ArrowDown")
        if str(place.evaluate("list => list.selectedOptions[0].text")).startswith(words):
            return
    raise AssertionError(f"{label}: nothing begins with {words}")


def follow(page: Page, words: str) -> None:
    press(page.get_by_role("link", name=words).first)
    page.wait_for_load_state()


def do(page: Page, words: str) -> None:
    press(page.get_by_role("main").get_by_role("button", name=words).first)
    page.wait_for_load_state()


def test_a_consilium_goes_from_the_petition_to_the_conclusion_by_keyboard(
    service: Service, log_in: Callable[..., Page]
) -> None:
    page = log_in(service.teacher)
    page.goto(f"{reverse('councils:petition_new')}?pupil={service.pupil.pk}")
    assert_accessible(page)
    write(page, "Что замечено", "читает медленно")
    do(page, "Подать")
    expect(page.get_by_text("читает медленно")).to_be_visible()
    assert_accessible(page)

    _hold(log_in(service.head))
    _conclude(page)
    _sign(page)
    page.set_viewport_size({"width": 375, "height": 812})
    assert_accessible(page)
    assert SittingProtocol.objects.get().content["questions"][0]["course"] == "Прослушали классного руководителя"
    assert Petition.objects.get().state == PetitionState.ANSWERED

    _hand_over(page)
    log_in(fresh(service.teacher))
    page.goto(reverse("councils:pupil", args=[service.pupil.pk]))
    expect(page.get_by_text("Давать больше времени")).to_be_visible()
    assert_accessible(page)
    do(page, "Ознакомлен(а) с рекомендациями")
    expect(page.get_by_text("вы ознакомлены")).to_be_visible()
    assert Conclusion.objects.get().readers.count() == 1


def _hold(page: Page) -> None:
    """A sitting is planned for today, takes the petition, is held; who was there is marked."""
    page.goto(reverse("councils:council", args=[Council.objects.get().pk]))
    assert_accessible(page)
    follow(page, "Назначить заседание")
    write(page, "Тематика", "Программы сопровождения")
    do(page, "Назначить")
    do(page, "В повестку")
    do(page, "Заседание проведено")
    for name in ("Лебедева", "Орлова"):
        there = page.get_by_role("button", name=re.compile(rf"^был\(а\).*{name}"))
        press(there)
        expect(there).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Присутствуют 2 из 2")).to_be_visible()
    assert_accessible(page)


def _conclude(page: Page) -> None:
    """The course, a decision, the conclusion; a code of an illness is refused, and what was typed stays."""
    follow(page, "Ход и родители")
    write(page, "Ход обсуждения", "Прослушали классного руководителя")
    do(page, "Сохранить")
    follow(page, "Добавить решение")
    write(page, "Решение", "Занятия раз в неделю")
    choose(page, "Ответственный", "Орл")
    do(page, "Записать")
    expect(page.get_by_text("Занятия раз в неделю").first).to_be_visible()
    assert CouncilDecision.objects.get().responsible == Council.objects.get().members.get(role="secret").staff
    follow(page, "Заключение")
    write(page, "Выводы", "F81.0: трудности в чтении")
    write(page, "Рекомендации педагогам", "Давать больше времени")
    do(page, "Сохранить")
    expect(page.get_by_text("Похоже на код диагноза: F81.0")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_label("Рекомендации педагогам")).to_have_value("Давать больше времени")
    write(page, "Выводы", "Трудности в чтении")
    do(page, "Сохранить")
    expect(page.get_by_text("Коллегиальное заключение № 1")).to_be_visible()


def _sign(page: Page) -> None:
    follow(page, "Подписать протокол")
    do(page, "Подписать")
    expect(page.get_by_role("heading", name="Протокол", exact=True)).to_be_visible()


def _hand_over(page: Page) -> None:
    """What the parents said, on the same day."""
    follow(page, "Ответ родителей и передача")
    for label in ("Передано родителям", "Когда ответили", "Доведено до педагогов"):
        page.get_by_label(label).fill(f"{_TODAY}")
    for label, words in (("Родители", "согласны"), ("Как", "на засед")):
        choose(page, label, words)
    press(page.get_by_label("Подпись родителей на заключении есть"), " ")
    do(page, "Сохранить")
    expect(page.get_by_text("согласны, 21.11.2026, на заседании, подпись есть")).to_be_visible()
    told = Conclusion.objects.get()
    assert (told.agreement, told.given_on, told.teachers_on) == (Agreement.AGREE, _TODAY, _TODAY)

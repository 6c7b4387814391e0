"""The registry's cycle in a browser: nothing serious for axe, nothing scrolls sideways, a phone is enough."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from risk_registry.causes import CauseMethod, Established
from risk_registry.models import EntryCause
from risk_registry.services.causes import causes_add
from risk_registry.services.work import work_add
from school.models import Pupil, TeachingAssignment, User
from tests.browser.looks import assert_accessible, assert_fits, at_both_widths
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import entry_of, give_marks, judged


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    """Proposed, with causes of every kind, taught by a teacher who wrote a form of work."""
    school = make_school()
    leader = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    seventh = make_class(school, "7А", teacher=leader)
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 2, 3, 2)
    judged(pupil)
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="zavuch")
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Алгебра"), school_class=seventh)
    told = Established(CauseMethod.TALK, school.today(), "поговорили")
    causes_add(by=person("zavuch"), entries=[entry_of(pupil)], codes=["CT01", "PHY02"], told=told)
    work_add(by=person("predmet"), entries=[entry_of(pupil)], text="карточки по теме", subject=None)
    return pupil


def person(login: str) -> User:
    return User.objects.get(username=login)


@at_both_widths
def test_the_page_of_a_cause_is_accessible_and_fits(pupil: Pupil, log_in: Callable[[User], Page]) -> None:
    cause = EntryCause.objects.order_by("pk").first()
    assert cause is not None
    page = log_in(person("zavuch"))
    page.goto(f"/registry/causes/{cause.pk}/")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", [375])
def test_a_class_teacher_agrees_with_a_cause_on_a_phone(pupil: Pupil, log_in: Callable[[User], Page]) -> None:
    page = log_in(person("klass"))
    page.goto("/registry/agree/")
    page.get_by_label("мало готовится дома").check()
    page.get_by_role("button", name="Согласовать отмеченных").click()
    expect(page.get_by_text("1 запись согласована")).to_be_visible()
    assert entry_of(pupil).state == "agreed"
    assert EntryCause.objects.filter(code="CT02").exists()


def test_enter_in_the_field_writes_and_takes_nothing_back(pupil: Pupil, log_in: Callable[[User], Page]) -> None:
    page = log_in(person("predmet"))
    page.goto("/registry/work/")
    page.get_by_label("Выбрать: Ковтун Матвей").check()
    page.get_by_label("Форма или метод работы").fill("консультация")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Форма работы записана")).to_be_visible()
    works = entry_of(pupil).works
    assert list(works.filter(withdrawn_at=None).values_list("text", flat=True)) == ["карточки по теме", "консультация"]

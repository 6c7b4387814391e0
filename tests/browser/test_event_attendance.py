"""Attendance of a meeting by taps on a phone: through a lost connection, with a colleague at the same sheet."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from parents.models import EventMark, ParentEvent
from parents.rules.events import OTHER, Taps
from parents.services.event_marks import event_marks_save
from parents.services.events import EventDraft, EventTime, event_plan
from school.models import Guardian, Guardianship, Pupil, User
from tests.browser.looks import assert_accessible
from tests.browser.test_work_entry import COUNT
from tests.factories import make_class, make_pupil, make_school, make_staff


@pytest.fixture
def width() -> int:
    return 375


@pytest.fixture
def event(transactional_db: None) -> ParentEvent:
    """A meeting of 7А today: three children, each with a mother."""
    school = make_school()
    leader = make_staff(school, "Тихонова Анна Петровна", login="leader").user
    seventh = make_class(school, "7А", teacher=leader.staff)
    for name in ("Ковтун Матвей Андреевич", "Рябов Денис Олегович", "Чернова Вера Павловна"):
        pupil = make_pupil(seventh, name, external_id=name)
        surname = name.split()[0]
        mother = Guardian.objects.create(school=school, last_name=surname, first_name="Анна")
        Guardianship.objects.create(guardian=mother, pupil=pupil, relation=Guardianship.Relation.MOTHER)
    draft = EventDraft(kind="meeting", title="Как помочь с алгеброй", classes=(seventh,), leader=leader.staff)
    when = EventTime(school.today(), time(0, 5), time(0, 45), "каб. 12")
    return event_plan(by=leader, school=school, draft=draft, when=when)


def test_a_meeting_is_marked_by_a_tap_a_parent_and_neither_the_line_nor_a_colleague_loses_one(
    event: ParentEvent, log_in: Callable[[User], Page]
) -> None:
    leader = User.objects.get(username="leader")
    tab = log_in(leader)
    tab.goto(f"/parents/events/{event.pk}/")
    tab.get_by_role("link", name="Отметить, кто был").click()
    assert_accessible(tab)
    tab.evaluate(COUNT)
    first, second, third = (tab.get_by_role("group", name=name) for name in ("Ковтун", "Рябов", "Чернова"))
    first.get_by_label("Мать, Анна").check()
    third.get_by_label("Другой").check()
    assert tab.evaluate("window.told") == {"taps": 2, "keys": 0}

    kovtun, ryabov, chernova = Pupil.objects.order_by("sort_key")
    colleague = frozenset({(ryabov.pk, OTHER)})
    mothers = {one.pk: list(one.guardians.values_list("pk", flat=True)) for one in (kovtun, ryabov, chernova)}
    event_marks_save(by=leader, event=event, taps=Taps(frozenset(), colleague, [ryabov.pk]), guardians=mothers)

    tab.context.set_offline(True)
    save = tab.get_by_role("button", name="Записать")
    expect(save).to_be_in_viewport()
    save.click()
    expect(tab.locator("#work-state")).to_contain_text("Связи нет")
    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.goto(f"/parents/events/{event.pk}/who/")
    expect(tab.locator("#work-state")).to_contain_text("Ваш черновик")
    expect(first.get_by_label("Мать, Анна")).to_be_checked()
    tab.get_by_role("button", name="Записать").click()
    tab.wait_for_url("**/?saved=*")

    marks = set(EventMark.objects.values_list("pupil", "guardian"))
    assert marks == {(kovtun.pk, mothers[kovtun.pk][0]), (ryabov.pk, None), (chernova.pk, None)}
    expect(tab.get_by_text("Всего человек: 3")).to_be_visible()
    expect(second).to_have_count(0)
    assert tab.evaluate("localStorage.length") == 0

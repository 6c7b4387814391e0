from datetime import date
from typing import Any

import pytest
from django.test import Client

from common.errors import Refused
from risk_registry.models import Calibration, RegistryEntry
from risk_registry.selectors.calibration import calibration_grid
from risk_registry.services.calibration import calibration_choose
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import School, SchoolClass, SchoolSettings, User
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
PAGE = "/registry/calibration/"
ORDER = {"order_number": "117-о", "order_date": date(2026, 11, 20)}


@pytest.fixture
def lists(seventh: SchoolClass) -> SchoolClass:
    """Of ten pupils one fails, one has a two with a 4, one two twos with a 3."""
    pupils = [make_pupil(seventh, f"Белов{number} Кирилл Ильич") for number in range(9)]
    make_pupil(make_class(seventh.school, "1А"), "Зуева Анна Ильинична")
    give_result(pupils[0], "Алгебра", "2")
    give_marks(pupils[1], "Алгебра", 2)
    give_result(pupils[1], "Алгебра", "4")
    give_marks(pupils[2], "Алгебра", 2, 2)
    give_result(pupils[2], "Алгебра", "3")
    judged(pupils[0])
    return seventh


def choose(deputy: User, marks: int, result: int, **order: Any) -> Calibration:
    school = deputy.school
    assert school is not None
    return calibration_choose(
        by=deputy, school=school, weak_min_marks=marks, weak_max_result=result, **{**ORDER, **order}
    )


def approve_something(deputy: User) -> None:
    entry = RegistryEntry.objects.filter(category="failing").get()
    entries_decide(by=deputy, versions={entry.pk: entry.version}, what=Deed.APPROVE)


def test_the_grid_counts_the_lists_for_every_choice_by_class(lists: SchoolClass) -> None:
    grid = calibration_grid(period_of(lists.school))
    told = {(choice.max_result, choice.min_marks): choice.listed for choice in grid.school.choices}
    assert (grid.school.pupils, len(told)) == (10, 15)
    assert (told[5, 1], told[5, 2], told[5, 3], told[4, 1], told[3, 1], told[3, 2]) == (3, 2, 1, 3, 2, 2)
    assert [(row.title, row.pupils) for row in grid.classes] == [("1А", 1), ("7А", 9)]
    assert [choice.listed for choice in grid.classes[1].choices] == [choice.listed for choice in grid.school.choices]
    assert [choice.share for choice in grid.school.choices if choice.current] == ["30,0\u00a0%"]


def test_the_choice_is_kept_with_the_order_and_computes_anew(deputy: User, lists: SchoolClass) -> None:
    chosen = choose(deputy, 2, 4)
    settings = SchoolSettings.objects.get(school=lists.school)
    assert (settings.weak_min_marks, settings.weak_max_result) == (2, 4)
    assert (chosen.order_number, chosen.order_date, chosen.by) == ("117-о", date(2026, 11, 20), deputy)
    assert chosen.was == {"weak_min_marks": 1, "weak_max_result": 5}
    assert RegistryEntry.objects.exclude(state="withdrawn").count() == 2


def test_until_an_approval_a_choice_is_corrected_under_the_same_order(deputy: User, lists: SchoolClass) -> None:
    choose(deputy, 2, 4)
    choose(deputy, 1, 3)
    assert [(row.weak_min_marks, row.weak_max_result) for row in Calibration.objects.all()] == [(1, 3)]


def test_after_an_approval_a_change_needs_a_new_order(deputy: User, lists: SchoolClass) -> None:
    choose(deputy, 2, 4)
    approve_something(deputy)
    with pytest.raises(Refused, match="нужен новый приказ"):
        choose(deputy, 1, 3)
    with pytest.raises(Refused, match="менять нечего"):
        choose(deputy, 2, 4, order_number="118-о")
    choose(deputy, 1, 3, order_number="118-о")
    assert Calibration.objects.count() == 2


def test_an_order_of_tomorrow_is_refused(deputy: User, lists: SchoolClass) -> None:
    with pytest.raises(Refused, match="позже сегодняшнего"):
        choose(deputy, 2, 4, order_date=date(2026, 11, 22))
    assert not Calibration.objects.exists()


def test_an_approved_entry_stays_under_other_thresholds(deputy: User, lists: SchoolClass) -> None:
    entry = RegistryEntry.objects.filter(category="weak").order_by("pk")[0]
    entries_decide(by=deputy, versions={entry.pk: entry.version}, what=Deed.APPROVE)
    choose(deputy, 5, 3)
    entry.refresh_from_db()
    assert (entry.state, entry.category) == ("approved", "weak")


def test_the_page_shows_the_grid_beside_the_region_s_share(as_deputy: Client, lists: SchoolClass) -> None:
    page = as_deputy.get(PAGE)
    assert page.context["region"] == "8,7"
    told = page.content.decode()
    assert "30,0\u00a0%" in told and "8,7 %" in told
    filled = as_deputy.get(f"{PAGE}?marks=3&result=4").context["form"]
    assert (filled["weak_min_marks"].value(), filled["weak_max_result"].value()) == (3, 4)


def test_the_page_keeps_the_choice_and_says_what_is_wrong(as_deputy: Client, lists: SchoolClass) -> None:
    sent = {"weak_min_marks": 2, "weak_max_result": 4, "order_number": "117-о", "order_date": "2026-12-01"}
    refused = as_deputy.post(PAGE, sent)
    assert refused.status_code == 422
    assert "позже сегодняшнего" in refused.content.decode()
    assert as_deputy.post(PAGE, {**sent, "order_date": "2026-11-20"}).status_code == 302
    assert "Приказ № 117-о" in as_deputy.get(PAGE).content.decode()


def test_nothing_to_count_is_said(as_deputy: Client, school: School) -> None:
    assert "Считать пока не по чему" in as_deputy.get(PAGE).content.decode()

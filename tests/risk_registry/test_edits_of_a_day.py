"""A correction of one day computes the periods that count the day, and comes to what computing all of them would."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.models import Mark, PeriodResult
from gradebook.services.hand import mark_correct, period_result_set
from risk_registry.models import PupilCategory, Signal
from risk_registry.services.judging import period_judge
from school.models import Pupil, School, User
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
QUARTERS = (1, 2, 3)
# A fall in the third quarter under marks of the first two; twos at the edges of quarters and of the half-year.
DAYS = [date(2026, 9, 10), date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 12)]
FALL = [date(2027, 2, day) for day in range(1, 6)]


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    found = [make_pupil(make_class(school, name), f"{name} Матвей Андреевич") for name in ("7А", "10А")]
    for pupil in found:
        for day in DAYS:
            give_marks(pupil, "Алгебра", 5, on=day)
        for day in FALL:
            give_marks(pupil, "Алгебра", 3, on=day)
    give_result(found[0], "Алгебра", "4", period=period_of(school, 2))
    give_result(found[1], "Алгебра", "4", period=period_of(school, 1, "halfyears"))
    for number in QUARTERS:
        period_judge(period=period_of(school, number))
    return found


def standing() -> list[Any]:
    categories = PupilCategory.objects.order_by("pupil", "period").values_list(
        "pupil", "period", "category", "provisional", "unrated", "subjects", "evidence"
    )
    signals = Signal.objects.order_by("pupil", "period", "rule", "subject").values_list(
        "pupil", "period", "rule", "subject", "state", "level", "since", "evidence"
    )
    return [*categories, *signals]


def check(school: School) -> None:
    followed = standing()
    for number in QUARTERS:
        period_judge(period=period_of(school, number))
    assert followed == standing()


@pytest.mark.parametrize("day", DAYS)
def test_a_corrected_mark_leaves_nothing_that_computing_the_year_would_change(
    deputy: User, pupils: list[Pupil], school: School, day: date
) -> None:
    for pupil in pupils:
        before = standing()
        mark_correct(by=deputy, mark=Mark.objects.get(pupil=pupil, date=day), value=2)
        assert before != standing()
        check(school)


def test_so_does_a_corrected_result_of_a_quarter_and_of_a_half_year(
    deputy: User, pupils: list[Pupil], school: School
) -> None:
    for result in PeriodResult.objects.all():
        period_result_set(
            by=deputy, pupil=result.pupil, subject=result.subject, year=result.year, period=result.period, value="2"
        )
        check(school)


def test_an_early_mark_moves_the_trend_of_a_later_quarter(deputy: User, pupils: list[Pupil]) -> None:
    seventh = pupils[0]
    falling = Signal.objects.filter(pupil=seventh, rule="falling_trend", state="open")
    assert falling.filter(period__number=3).exists()
    for mark in Mark.objects.filter(pupil=seventh, date__in=DAYS[:4]):
        mark_correct(by=deputy, mark=mark, value=3)
    assert not falling.exists()


def test_a_mark_of_the_last_quarter_costs_less_than_one_of_the_first(deputy: User, pupils: list[Pupil]) -> None:
    first, last = (Mark.objects.filter(pupil=pupils[0], date=day).get() for day in (DAYS[0], DAYS[-1]))
    with CaptureQueriesContext(connection) as few:
        mark_correct(by=deputy, mark=last, value=2)
    with CaptureQueriesContext(connection) as many:
        mark_correct(by=deputy, mark=first, value=2)
    assert len(few) < len(many)

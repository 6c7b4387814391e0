"""A frozen period stands: later corrections, another definition and a second freezing leave it as it was."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from common.errors import Refused
from monitoring.catalogue import INDICATORS
from monitoring.computations.base import Scope
from monitoring.models import ManualValue, Measurement
from monitoring.selectors_figures import figures_of
from monitoring.selectors_measures import differences, measurements_of
from monitoring.services import quarterly_make, report_approve
from monitoring.services_measures import period_freeze, schools_measure, value_remove, value_set
from risk_registry.models import RegistryEntry
from risk_registry.services.judging import period_judge
from school.models import Holiday, Period, Pupil, School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school(today=date(2026, 11, 21))


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(staff=make_staff(school, "Завуч Анна", Position.DEPUTY, login="deputy"))


@pytest.fixture
def pupil(school: School) -> Pupil:
    place = make_class(school, "7А")
    give_result(make_pupil(place, "Белов Борис"), "Алгебра", "5")
    found = make_pupil(place, "Авдеев Антон")
    give_result(found, "Алгебра", "2")
    return found


@pytest.fixture
def period(school: School, pupil: Pupil) -> Period:
    found = Period.objects.select_related("year__school__settings").get(
        year__school=school, system="quarters", number=1
    )
    period_judge(period=found)
    return found


def _set(by: User, period: Period, code: str = "P28", number: int = 3, of: int | None = 40) -> ManualValue:
    return value_set(
        by=by, period=period, indicator=INDICATORS[code], number=number, of=of, text="Акт осмотра", content=None
    )


def test_a_frozen_value_survives_a_correction_and_the_difference_says_who_and_why(
    deputy: User, period: Period, pupil: Pupil
) -> None:
    period_freeze(by=deputy, period=period)
    pupil.periodresults.update(value="4")
    period_judge(period=period)
    kept = measurements_of(deputy, period)
    assert (kept["R01"].numerator, kept["R01"].denominator, str(kept["R01"].value)) == (1, 2, "50.0")
    found = {one.code: one for one in differences(deputy, kept, figures_of(Scope.of(period)).values())}
    assert found["R01"].was == "50,0\u00a0% (1 из 2)"
    assert found["R01"].now == "0,0\u00a0% (0 из 2)"
    assert [name.text for name in found["R01"].gone] == ["Авдеев Антон"]
    assert "числитель был 1, стал 0" in found["R01"].reasons
    assert "R03" not in found


def test_a_frozen_period_has_every_code_and_is_frozen_once(deputy: User, period: Period) -> None:
    rows = period_freeze(by=deputy, period=period)
    assert [row.code for row in rows] == list(INDICATORS)
    with pytest.raises(Refused, match="уже зафиксирован"):
        period_freeze(by=deputy, period=period)
    assert Measurement.objects.filter(period=period).count() == len(INDICATORS)


def test_the_database_refuses_to_change_or_remove_a_frozen_value(
    owner_apart: None, deputy: User, period: Period
) -> None:
    period_freeze(by=deputy, period=period)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Measurement.objects.update(numerator=0)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Measurement.objects.all().delete()


def test_a_period_that_goes_on_is_not_frozen(school: School, deputy: User, period: Period) -> None:
    second = Period.objects.select_related("year__school__settings").get(year=period.year, system="quarters", number=2)
    with pytest.raises(Refused, match="ещё идёт"):
        period_freeze(by=deputy, period=second)


def test_a_period_is_over_when_only_holidays_are_left_of_it(school: School, deputy: User, period: Period) -> None:
    Holiday.objects.create(year=period.year, name="Каникулы", starts=date(2026, 10, 24), ends=date(2026, 11, 1))
    draft = quarterly_make(by=deputy, school=school, period=period)
    School.objects.filter(pk=school.pk).update(demo_today=date(2026, 10, 22))
    early = Period.objects.select_related("year__school__settings").get(pk=period.pk)
    with pytest.raises(Refused, match=r"с 23\.10\.2026"):
        period_freeze(by=deputy, period=early)
    with pytest.raises(Refused, match=r"23\.10\.2026"):
        report_approve(by=deputy, report=draft, day=date(2026, 10, 22))

    School.objects.filter(pk=school.pk).update(demo_today=date(2026, 10, 24))
    over = Period.objects.select_related("year__school__settings").get(pk=period.pk)
    assert period_freeze(by=deputy, period=over)
    assert report_approve(by=deputy, report=draft, day=date(2026, 10, 24)).number == 1


def test_others_than_the_administration_neither_freeze_nor_answer(school: School, period: Period) -> None:
    teacher = User.objects.get(staff=make_staff(school, "Учитель Иван", Position.TEACHER, login="teacher"))
    with pytest.raises(Refused):
        period_freeze(by=teacher, period=period)
    with pytest.raises(Refused):
        _set(teacher, period)


def test_the_calendar_waits_for_the_registry_until_its_term_and_freezes_once(school: School, period: Period) -> None:
    def on(day: date) -> int:
        School.objects.filter(pk=school.pk).update(demo_today=day)
        return schools_measure()

    assert on(date(2026, 10, 20)) == 0
    assert on(date(2026, 11, 2)) == 0
    assert on(date(2026, 11, 20)) == 1
    assert on(date(2026, 11, 21)) == 0
    assert set(Measurement.objects.values_list("by", flat=True)) == {None}


def test_an_approved_registry_is_frozen_at_once_and_is_the_basis(school: School, period: Period) -> None:
    RegistryEntry.objects.filter(period=period).update(state="approved")
    School.objects.filter(pk=school.pk).update(demo_today=date(2026, 11, 2))
    assert schools_measure() == 1
    assert Measurement.objects.get(period=period, code="R01").basis == "registry"


def test_an_answer_of_a_person_is_the_value_until_it_is_taken_back(deputy: User, period: Period) -> None:
    row = _set(deputy, period)
    told = figures_of(Scope.of(period))["P28"]
    assert told.answer is not None
    assert (told.words, told.answer.text, told.answer.by) == ("7,5\u00a0%", "Акт осмотра", deputy.display_name)
    _set(deputy, period, number=4)
    assert figures_of(Scope.of(period))["P28"].numerator == 4
    row.refresh_from_db()
    assert row.removed_why
    value_remove(by=deputy, value=ManualValue.objects.standing().get(), why="Ошибка")
    assert figures_of(Scope.of(period))["P28"].words == "нет данных"


def test_a_school_answers_yes_or_no_for_what_the_region_counts_by_schools(deputy: User, period: Period) -> None:
    _set(deputy, period, "R07", 1, 1)
    told = figures_of(Scope.of(period))["R07"]
    assert (told.numerator, told.denominator, told.words) == (1, 1, "да")


@pytest.mark.parametrize(
    ("code", "number", "of", "words"),
    [("P28", 5, 4, "больше"), ("P28", 0, 0, "из скольких"), ("P28", 1, None, "из скольких"), ("P31", 2, None, "есть")],
)
def test_it_refuses_answers_that_cannot_be(
    deputy: User, period: Period, code: str, number: int, of: int | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        _set(deputy, period, code, number, of)


def test_a_frozen_period_takes_no_more_answers(deputy: User, period: Period) -> None:
    row = _set(deputy, period)
    period_freeze(by=deputy, period=period)
    with pytest.raises(Refused, match="зафиксирован"):
        _set(deputy, period)
    with pytest.raises(Refused, match="зафиксирован"):
        value_remove(by=deputy, value=row, why="Ошибка")

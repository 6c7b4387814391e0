"""Debts are proposed from results, and go away with them until a person has decided."""

from datetime import date

import pytest

from gradebook.models import PeriodResult, ResultKind
from gradebook.services.hand import period_result_excuse, period_result_set
from risk_registry.models import AcademicDebt, DebtStep
from risk_registry.selectors.open_debts import open_debts
from risk_registry.services.debt_proposals import debts_follow
from school.models import AcademicYear, Pupil, School, SchoolClass, SchoolSettings, User
from school.services.settings import thresholds_set
from tests.factories import make_pupil, make_subject
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def give(by: User, pupil: Pupil, value: str, *, number: int | None = None, subject: str = "Алгебра") -> PeriodResult:
    """The year's result, or that of a quarter, as a person enters it."""
    period = period_of(pupil.school, number) if number else None
    return period_result_set(
        by=by,
        pupil=pupil,
        subject=make_subject(pupil.school, subject),
        year=pupil.school.years.get(),
        period=period,
        value=value,
        kind=ResultKind.PERIOD if number else ResultKind.YEAR,
    )


def states() -> list[tuple[str, str]]:
    return list(AcademicDebt.objects.order_by("pk").values_list("state", "result"))


def test_a_two_of_the_year_proposes_a_debt_with_its_term_and_a_step(deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    debt = AcademicDebt.objects.get()
    assert (debt.state, debt.result, debt.arose, debt.due) == (
        "proposed",
        "2",
        date(2026, 11, 21),
        date(2027, 11, 21),
    )
    assert debt.school_class == pupil.enrolments.get().school_class
    step = DebtStep.objects.get()
    assert (step.debt_id, step.to_state, step.deed, step.by_id is None) == (debt.pk, "proposed", "marks", True)


def test_a_quarters_two_is_no_debt_until_the_school_says_so(deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2", number=1)
    assert states() == []
    settings = SchoolSettings.objects.get(school=pupil.school)
    settings.attestation = "period"
    thresholds_set(by=deputy, settings=settings)
    assert states() == [("proposed", "2")]
    assert AcademicDebt.objects.get().arose == date(2026, 10, 31)
    give(deputy, pupil, "2")
    assert len(states()) == 1
    settings.attestation = "year"
    thresholds_set(by=deputy, settings=settings)
    assert states() == [("withdrawn", "2"), ("proposed", "2")]


def test_a_proposal_follows_the_result_and_leaves_with_it(deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    give(deputy, pupil, "н/а")
    assert states() == [("proposed", "н/а")]
    period_result_excuse(by=deputy, result=PeriodResult.objects.get(), excused=True)
    assert states() == [("withdrawn", "н/а")]
    give(deputy, pupil, "2")
    assert states() == [("proposed", "2")]
    assert [step.version for step in DebtStep.objects.all()] == [1, 2, 3, 4]


@pytest.mark.parametrize("state", ["confirmed", "declined", "overdue"])
def test_what_a_person_decided_stays_when_the_result_changes(deputy: User, pupil: Pupil, state: str) -> None:
    give(deputy, pupil, "2")
    AcademicDebt.objects.update(state=state)
    give(deputy, pupil, "4")
    assert states() == [(state, "2")]
    give(deputy, pupil, "1")
    assert states() == [(state, "2")]


def test_a_whole_year_is_proposed_by_one_pass_and_a_second_changes_nothing(
    deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    others = [make_pupil(seventh, f"Ильин Пётр {name}") for name in ("Ильич", "Львович")]
    make_class_results(pupil, *others)
    year = pupil.school.years.get()
    debts_follow(year=year)
    before = list(AcademicDebt.objects.values())
    debts_follow(year=year)
    assert len(before) == 3
    assert list(AcademicDebt.objects.values()) == before


def make_class_results(*pupils: Pupil, year: AcademicYear | None = None) -> None:
    """A two of the year for each."""
    for one in pupils:
        PeriodResult.objects.create(
            school=one.school,
            year=year or one.school.years.get(),
            pupil=one,
            subject=make_subject(one.school, "Алгебра"),
            kind=ResultKind.YEAR,
            value="2",
        )


def test_open_debts_are_those_confirmed_and_not_cleared_on_the_day(deputy: User, pupil: Pupil, school: School) -> None:
    give(deputy, pupil, "2")
    today = school.today()
    assert open_debts(school, today) == []
    AcademicDebt.objects.update(state="confirmed", order_number="12-у", order_date=today)
    (row,) = open_debts(school, today)
    assert (row.pupil, row.subject_name, row.ended, row.conditional) == (pupil.pk, "Алгебра", False, True)
    AcademicDebt.objects.update(state="cleared", cleared_on=today)
    assert open_debts(school, today) == []
    assert len(open_debts(school, date(2026, 11, 20))) == 0  # it had not arisen
    AcademicDebt.objects.update(arose=date(2026, 5, 29))
    assert len(open_debts(school, date(2026, 11, 20))) == 1

"""What the change of the academic year does to the registry, and what taking it back restores."""

from datetime import date

import pytest

from gradebook.models import PeriodResult, ResultKind
from risk_registry.agenda import agenda_for
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, RegistryEntry, Signal
from risk_registry.services.debt_proposals import debts_follow
from risk_registry.services.judging import period_judge
from risk_registry.services.year_ending import ENDED
from risk_registry.transfer import advice_of
from school.lots import Lot
from school.models import AcademicYear, Pupil, School, SchoolClass, User, YearChange
from school.selectors_year_change import year_preview
from school.services.year_change import year_change
from school.services.year_undo import year_change_undo
from school.year_notes import year_notes
from tests.checksums import checksums
from tests.factories import make_pupil, make_subject
from tests.risk_registry.making import FIRST_DAY, give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(school: School) -> AcademicYear:
    return school.years.get()


@pytest.fixture
def pupil(school: School, seventh: SchoolClass) -> Pupil:
    """Three twos in September, judged; the lessons of the year are over."""
    made = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(made, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(school))
    School.objects.filter(pk=school.pk).update(demo_today=date(2027, 6, 1))
    return made


def change(by: User, school: School) -> YearChange:
    year = AcademicYear.objects.select_related("school").get(school=school, start=2026)
    return year_change(by=by, old=year, seen=year_preview(by, year).digest)


def annual(pupil: Pupil, subject: str, value: str, kind: ResultKind = ResultKind.YEAR) -> None:
    PeriodResult.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(start=2026),
        pupil=pupil,
        subject=make_subject(pupil.school, subject),
        kind=kind,
        value=value,
    )


def test_open_signals_close_with_the_year_and_entries_stay(deputy: User, school: School, pupil: Pupil) -> None:
    made = change(deputy, school)

    signal = Signal.objects.get(pupil=pupil)
    step = signal.steps.latest("version")
    assert (signal.state, signal.closed_at, step.comment, step.by) == ("closed", made.at, ENDED, deputy)
    assert RegistryEntry.objects.get(pupil=pupil).state == "proposed"


def test_marks_that_come_later_open_no_signal_of_the_old_year(deputy: User, school: School, pupil: Pupil) -> None:
    first = period_of(school)
    change(deputy, school)

    give = {"school": school, "year": first.year, "pupil": pupil, "value": 2}
    pupil.marks.create(**give, subject=make_subject(school, "Физика"), date=FIRST_DAY)
    period_judge(period=first, pupils=[pupil.pk])

    assert not Signal.objects.filter(state="open").exists()


def test_undo_restores_the_registry_to_the_letter(deputy: User, school: School, pupil: Pupil) -> None:
    annual(pupil, "Алгебра", "2")
    before = checksums()

    made = change(deputy, school)
    changed = {table for table, told in checksums().items() if told != before[table]}
    year_change_undo(by=deputy, change=made)

    assert {"risk_registry_signal", "risk_registry_signalstep"} <= changed
    assert checksums() == before


def test_an_unsatisfactory_year_is_an_advice(school: School, pupil: Pupil, year: AcademicYear) -> None:
    annual(pupil, "Алгебра", "2")
    annual(pupil, "Физика", "3")

    assert {key: advice.reason for key, advice in advice_of(year).items()} == {pupil.pk: "итог года — 2: Алгебра"}


def test_the_final_result_counts_where_there_was_an_examination(pupil: Pupil, year: AcademicYear) -> None:
    annual(pupil, "Алгебра", "2")
    annual(pupil, "Алгебра", "3", ResultKind.FINAL)

    assert advice_of(year) == {}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (DebtState.PROPOSED, "итог года — 2: Алгебра"),
        (DebtState.CONFIRMED, "задолженность: Алгебра"),
        (DebtState.DECLINED, None),
    ],
)
def test_what_was_decided_on_the_debt_speaks_for_the_result(
    pupil: Pupil, year: AcademicYear, state: DebtState, told: str | None
) -> None:
    annual(pupil, "Алгебра", "2")
    debts_follow(year=year)
    AcademicDebt.objects.update(state=state)

    found = advice_of(year).get(pupil.pk)

    assert (found.reason if found else None) == told


@pytest.mark.parametrize(("choice", "expected"), [("", True), ("repeat", True), ("plan", None), ("adapted", None)])
def test_whose_debt_was_not_cleared_goes_on_only_by_the_parents_choice(
    pupil: Pupil, year: AcademicYear, choice: str, expected: bool | None
) -> None:
    annual(pupil, "Алгебра", "2")
    debts_follow(year=year)
    AcademicDebt.objects.update(
        state=DebtState.NOT_CLEARED, choice=choice, choice_on=date(2027, 5, 30) if choice else None
    )

    found = advice_of(year).get(pupil.pk)

    assert (found.repeats if found else None) is expected


def test_who_was_not_attested_for_a_good_reason_is_transferred_conditionally(pupil: Pupil, year: AcademicYear) -> None:
    annual(pupil, "Алгебра", "н/а")
    PeriodResult.objects.update(excused=True)

    assert advice_of(year)[pupil.pk].reason == "итог года — н/а: Алгебра"


def test_a_debt_makes_the_transfer_conditional(deputy: User, school: School, pupil: Pupil, year: AcademicYear) -> None:
    annual(pupil, "Алгебра", "2")

    made = change(deputy, school)

    old, new = pupil.enrolments.order_by("starts")
    assert (old.outcome, new.school_class.year) == (Lot.CONDITIONAL, made.new)


def test_what_closes_and_what_stays_is_told_before(deputy: User, school: School, pupil: Pupil) -> None:
    year = AcademicYear.objects.select_related("school").get(school=school)

    assert [(note.title, note.number) for note in year_notes(deputy, year)] == [
        ("Предложенные записи реестра, 1-я четверть", 1),
        ("Открытые сигналы, 1-я четверть", 1),
    ]


def test_a_changed_year_waits_for_no_decision(deputy: User, school: School, pupil: Pupil) -> None:
    RegistryEntry.objects.update(state="agreed")
    before = [item.title for item in agenda_for(User.objects.get(pk=deputy.pk), date(2027, 6, 1))]

    change(deputy, school)

    after = [item.title for item in agenda_for(User.objects.get(pk=deputy.pk), date(2027, 6, 1))]
    assert any(title.startswith("Утвердить реестр") for title in before)
    assert not any(title.startswith("Утвердить реестр") for title in after)

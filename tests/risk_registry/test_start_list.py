from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.events import MarksChanged
from gradebook.models import AssessmentResult, PeriodResult, Procedure, ResultKind
from risk_registry.categories import Category, EntryState, Grounds
from risk_registry.debts import DebtState
from risk_registry.handlers import on_marks_changed
from risk_registry.models import AcademicDebt, PupilCategory, RegistryEntry, Signal
from risk_registry.selectors.answers import classification_answer
from risk_registry.selectors.periods import start_of
from risk_registry.services.classification import period_classify
from risk_registry.services.debts import debt_add
from risk_registry.services.registry import entries_decide, entry_include
from risk_registry.workflow import Deed
from school.models import AcademicYear, Pupil, School, SchoolClass, User
from school.services.organisation import year_create
from tests.factories import make_pupil, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(school: School) -> AcademicYear:
    return year_create(school=school, start=2025, main="quarters", upper="halfyears")


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="017")


def annual(pupil: Pupil, year: AcademicYear, subject: str, value: str, kind: ResultKind = ResultKind.YEAR) -> None:
    made = make_subject(pupil.school, subject)
    PeriodResult.objects.create(school=pupil.school, year=year, pupil=pupil, subject=made, kind=kind, value=value)


def spring_work(pupil: Pupil, year: AcademicYear, subject: str, mark: int, on: date) -> None:
    work = Procedure.objects.create(
        school=pupil.school, year=year, title="ВПР", grade=6, subject=make_subject(pupil.school, subject), date=on
    )
    AssessmentResult.objects.create(school=pupil.school, year=year, pupil=pupil, procedure=work, mark=mark)


def start(school: School) -> dict[str, Any]:
    year = school.years.get(start=2026)
    period_classify(period=start_of(year))
    answer = classification_answer(school, start_of(year))
    return {row["external_id"]: row for row in answer["pupils"]} | {"answer": answer}


def test_the_list_comes_from_last_year_and_says_where_from(school: School, pupil: Pupil, last: AcademicYear) -> None:
    annual(pupil, last, "Алгебра", "2")
    annual(pupil, last, "Физика", "3")
    told = start(school)

    assert told["answer"]["period"] == 0
    assert told["answer"]["counts"] == {"failing": 1, "weak": 0, "reserve": 0, "none": 0}
    assert told["017"]["evidence"] == [
        {
            "subject": "Алгебра",
            "unsatisfactory": [],
            "result": "2",
            "not_attested": False,
            "sources": [{"kind": "annual", "value": "2", "on": None}],
        }
    ]
    entry = RegistryEntry.objects.get(pupil=pupil, period=start_of(school.years.get(start=2026)))
    assert (entry.state, entry.category) == (EntryState.PROPOSED, Category.FAILING)
    assert not Signal.objects.exists()


def test_the_final_result_goes_before_the_annual_one(school: School, pupil: Pupil, last: AcademicYear) -> None:
    annual(pupil, last, "Алгебра", "2")
    annual(pupil, last, "Алгебра", "4", ResultKind.FINAL)

    assert start(school)["017"]["category"] == "none"


def test_a_two_counts_from_march_on(school: School, pupil: Pupil, last: AcademicYear) -> None:
    annual(pupil, last, "Физика", "4")
    spring_work(pupil, last, "Физика", 2, date(2026, 2, 27))
    assert start(school)["017"]["category"] == "none"

    spring_work(pupil, last, "Физика", 2, date(2026, 3, 1))
    told = start(school)["017"]
    assert (told["category"], told["subjects"]) == ("weak", ["Физика"])
    assert told["evidence"][0]["unsatisfactory"] == ["2026-03-01"]


def test_the_closing_registry_counts_as_it_was_approved(
    school: School, pupil: Pupil, last: AcademicYear, seventh: SchoolClass
) -> None:
    now, fourth = school.now(), last.periods.get(system="quarters", number=4)
    entry = RegistryEntry.objects.create(
        school=school, period=fourth, pupil=pupil, school_class=seventh, category="weak", created_at=now,
        changed_at=now, subjects=[make_subject(school, "Химия").pk],
    )  # fmt: skip
    assert start(school)["017"]["unrated"]

    RegistryEntry.objects.filter(pk=entry.pk).update(state=EntryState.APPROVED)
    told = start(school)["017"]
    assert (told["category"], told["subjects"], told["unrated"]) == ("weak", ["Химия"], False)


def test_who_is_new_is_without_data(school: School, pupil: Pupil, last: AcademicYear, seventh: SchoolClass) -> None:
    make_pupil(seventh, "Новикова Анна Сергеевна", external_id="018")
    annual(pupil, last, "Алгебра", "5")
    told = start(school)

    assert [told[key]["unrated"] for key in ("017", "018")] == [False, True]


def test_a_manual_addition_counts_until_it_is_taken_out(
    school: School, pupil: Pupil, last: AcademicYear, seventh: SchoolClass, deputy: User
) -> None:
    annual(pupil, last, "Алгебра", "4")
    start(school)
    period = start_of(school.years.get(start=2026))
    subject = make_subject(school, "Алгебра").pk
    entry = entry_include(
        by=deputy, period=period, pupil=pupil, school_class=seventh, category=Category.WEAK, subjects=[subject],
        grounds="Реестр прошлой школы",
    )  # fmt: skip
    row = PupilCategory.objects.get(pupil=pupil, period=period)
    assert (row.category, [each["kind"] for each in row.evidence[0]["sources"]]) == ("weak", ["manual"])

    entries_decide(by=deputy, versions={entry.pk: entry.version}, what=Deed.REMOVE, grounds=Grounds.MISTAKE)
    row.refresh_from_db()
    assert row.category == Category.NONE


def test_results_of_last_year_that_come_later_are_followed_at_once(
    school: School, pupil: Pupil, last: AcademicYear
) -> None:
    annual(pupil, last, "Алгебра", "2")
    on_marks_changed(MarksChanged(school, last, frozenset({pupil.pk})))

    assert PupilCategory.objects.get(pupil=pupil, period__system="start").category == Category.FAILING


def test_it_takes_as_many_queries_for_many_pupils_as_for_one(
    school: School, last: AcademicYear, seventh: SchoolClass, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        annual(make_pupil(seventh, f"Ковтун Матвей{number}", external_id=str(number)), last, "Алгебра", "2")
    period = start_of(school.years.get(start=2026))
    with django_assert_max_num_queries(20):
        period_classify(period=period)
    assert PupilCategory.objects.filter(period=period, category="failing").count() == 12


def test_a_click_shows_the_source_with_a_link(
    school: School, pupil: Pupil, last: AcademicYear, as_deputy: Client
) -> None:
    annual(pupil, last, "Алгебра", "2")
    spring_work(pupil, last, "Физика", 2, date(2026, 4, 14))
    start(school)
    period = start_of(school.years.get(start=2026))
    listed = as_deputy.get(reverse("registry:list"), {"period": period.pk}).content.decode()
    assert "годовая 2" in listed and "Начало года" in listed

    entry = RegistryEntry.objects.get(pupil=pupil, period=period)
    opened = as_deputy.get(reverse("registry:entry", args=[entry.pk])).content.decode()
    assert f'Алгебра: <a href="{reverse("desk:pupil", args=[pupil.pk])}?year=2025">годовая 2, 2025/26</a>' in opened
    assert "ВПР, 14.04.2026: 2" in opened


def test_an_open_debt_makes_failing_and_a_cleared_one_weak(
    school: School, pupil: Pupil, last: AcademicYear, seventh: SchoolClass, as_deputy: Client
) -> None:
    annual(pupil, last, "Алгебра", "2")
    debt = AcademicDebt(school=school, year=last, pupil=pupil, subject=make_subject(school, "Алгебра"))
    debt.school_class, debt.state, debt.result = seventh, DebtState.CONFIRMED, "2"
    debt.arose, debt.due, debt.created_at, debt.changed_at = date(2026, 5, 31), date(2027, 5, 31), *[school.now()] * 2
    debt.save()
    told = start(school)["017"]
    assert [each["kind"] for each in told["evidence"][0]["sources"]] == ["annual", "debt"]
    assert told["category"] == "failing"

    entry = RegistryEntry.objects.get(pupil=pupil)
    opened = as_deputy.get(reverse("registry:entry", args=[entry.pk])).content.decode()
    assert reverse("debts:debt", args=[debt.pk]) in opened and "задолженность, срок 31.05.2027" in opened
    AcademicDebt.objects.update(state=DebtState.CLEARED, cleared_on=date(2026, 9, 10))
    told = start(school)["017"]
    assert (told["category"], told["subjects"]) == ("weak", ["Алгебра"])


def test_confirming_a_debt_changes_the_list_at_once(
    school: School, pupil: Pupil, last: AcademicYear, seventh: SchoolClass, deputy: User
) -> None:
    annual(pupil, last, "Физика", "4")
    start(school)
    old = SchoolClass.objects.create(school=school, year=last, grade=6, letter="А", period_system="quarters")
    pupil.enrolments.create(school_class=old, starts=last.starts, ends=last.ends)
    subject = make_subject(school, "Алгебра")
    debt_add(by=deputy, pupil=pupil, subject=subject, year=last, arose=date(2026, 5, 31), reason="из другой школы")

    assert PupilCategory.objects.get(pupil=pupil, period__system="start").category == Category.FAILING

"""Results of periods, means, external works: one fact a key."""

from datetime import date
from decimal import Decimal

import pytest

from gradebook.models import AssessmentResult, FactKind, Mark, PeriodMean, PeriodResult, Procedure
from gradebook.parsed import PeriodKind, StatedPeriod
from gradebook.services.imports import FilesRefused, Imported
from school.models import School, SchoolClass
from tests.factories import make_class, make_pupil
from tests.gradebook.said import journal, load, results_of, summary, work

KOVTUN, BELOVA = "Ковтун Матвей Андреевич", "Белова Ева Артёмовна"


def counts(done: Imported, kind: FactKind = FactKind.RESULTS) -> list[tuple[int, ...]]:
    return [tuple(file.counts[kind].as_json().values()) for file in done.files]


def test_results_are_created_updated_and_confirmed(school: School) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "4", "Химия": "н/а"}}))
    done = load(school, summary({KOVTUN: {"Алгебра": "5", "Химия": "н/а"}, BELOVA: {"Алгебра": "зач"}}))
    assert results_of(school) == {
        ("Ковтун", "Алгебра", "period", 1): "5",
        ("Ковтун", "Химия", "period", 1): "н/а",
        ("Белова", "Алгебра", "period", 1): "зач",
    }
    assert counts(done) == [(1, 1, 1, 0)]


def test_an_empty_cell_and_an_absent_pupil_remove_nothing(school: School) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "4", "Химия": "3"}, BELOVA: {"Алгебра": "5"}}))
    done = load(school, summary({KOVTUN: {"Алгебра": "4"}}))
    assert len(results_of(school)) == 3
    assert counts(done) == [(0, 0, 1, 0)]


def test_the_last_of_several_values_in_a_call_is_taken_and_the_others_are_listed(school: School) -> None:
    done = load(
        school,
        journal({KOVTUN: {"Алгебра": {"09-14": "4"}}}, ["09-14"], results={KOVTUN: {"Алгебра": "4"}}),
        summary({KOVTUN: {"Алгебра": "3"}}),
        summary({KOVTUN: {"Алгебра": "4"}}, name="last.xlsx"),
    )
    assert results_of(school) == {("Ковтун", "Алгебра", "period", 1): "4"}
    assert counts(done) == [(1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 1, 0)]
    assert [len(file.rejected) for file in done.files] == [0, 1, 0]
    cell = done.files[1].rejected[0]
    assert (cell.cell, cell.value) == ("AE6", "3")
    assert "last.xlsx" in cell.reason


def test_annual_results_are_of_their_own_kind(school: School) -> None:
    for kind in (PeriodKind.YEAR, PeriodKind.EXAM, PeriodKind.STATE_EXAM, PeriodKind.FINAL):
        load(school, summary({KOVTUN: {"Алгебра": "4"}}, period=StatedPeriod(kind)))
    load(school, summary({KOVTUN: {"Алгебра": "5"}}))
    assert set(results_of(school)) == {
        ("Ковтун", "Алгебра", "year", None),
        ("Ковтун", "Алгебра", "exam", None),
        ("Ковтун", "Алгебра", "state_exam", None),
        ("Ковтун", "Алгебра", "final", None),
        ("Ковтун", "Алгебра", "period", 1),
    }


@pytest.mark.parametrize(
    ("stated", "number"),
    [
        (StatedPeriod(PeriodKind.QUARTER, 2), 2),
        (StatedPeriod(None, 3), 3),
        (StatedPeriod(first=date(2026, 9, 1), last=date(2026, 11, 1)), 2),
        (StatedPeriod(first=date(2026, 9, 1), last=date(2026, 10, 31)), 1),
    ],
)
def test_a_heading_names_the_period(school: School, stated: StatedPeriod, number: int) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "4"}}, period=stated), period=4)
    assert list(results_of(school)) == [("Ковтун", "Алгебра", "period", number)]


def test_the_call_names_the_period_where_the_file_does_not(school: School) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "4"}}, period=None), period=2)
    assert list(results_of(school)) == [("Ковтун", "Алгебра", "period", 2)]


def test_results_of_no_period_are_refused_with_the_call(school: School) -> None:
    with pytest.raises(FilesRefused) as refusal:
        load(school, summary({KOVTUN: {"Химия": "4"}}), summary({KOVTUN: {"Алгебра": "4"}}, period=None, name="x.xls"))
    assert [entry["file"] for entry in refusal.value.files] == ["x.xls"]
    assert not PeriodResult.objects.exists()


def test_results_beside_lessons_belong_to_the_period_of_the_last_lesson(school: School) -> None:
    file = journal({KOVTUN: {"Алгебра": {"11-12": "4"}}}, ["11-12"], period=None, results={KOVTUN: {"Алгебра": "4"}})
    load(school, file)
    assert list(results_of(school)) == [("Ковтун", "Алгебра", "period", 2)]


def test_upper_classes_use_their_own_periods(school: School) -> None:
    make_pupil(make_class(school, "10А"), "Ли Ян")
    half = StatedPeriod(PeriodKind.HALFYEAR, 1)
    load(school, summary({"Ли Ян": {"Алгебра": "4"}}, class_name="10А", period=half))
    result = PeriodResult.objects.get()
    assert result.period is not None
    assert (result.period.system, result.period.number) == ("halfyears", 1)
    done = load(school, summary({"Ли Ян": {"Алгебра": "5"}}, class_name="10А", period=None), period=2)
    assert counts(done) == [(0, 1, 0, 0)]
    done = load(school, summary({"Ли Ян": {"Алгебра": "3"}}, class_name="10А"))
    assert [cell.reason for cell in done.files[0].rejected] == ["в 10А полугодия, а файл называет другие периоды"]


def test_numeric_results_of_grade_1_are_rejected(school: School) -> None:
    make_pupil(make_class(school, "1А"), "Ли Ян")
    done = load(school, summary({"Ли Ян": {"Чтение": "4", "Музыка": "зач"}}, class_name="1А"))
    assert [cell.reason for cell in done.files[0].rejected] == ["в 1 классе отметки не ставятся"]
    assert list(results_of(school).values()) == ["зач"]


def test_a_new_value_is_no_longer_excused(school: School) -> None:
    load(school, summary({KOVTUN: {"Алгебра": "н/а"}}))
    PeriodResult.objects.update(excused=True)
    load(school, summary({KOVTUN: {"Алгебра": "н/а"}}))
    assert PeriodResult.objects.get().excused
    load(school, summary({KOVTUN: {"Алгебра": "3"}}))
    assert not PeriodResult.objects.get().excused


def test_means_complete_each_other(school: School) -> None:
    plain = summary({KOVTUN: {"Алгебра": "4"}}, means={KOVTUN: {"Алгебра": (3.62, None)}})
    weighted = summary({KOVTUN: {"Алгебра": "4"}}, means={KOVTUN: {"Алгебра": (None, 3.7)}}, name="card.xlsx")
    done = load(school, plain)
    load(school, weighted)
    mean = PeriodMean.objects.get()
    assert (mean.mean, mean.weighted, mean.period.number) == (Decimal("3.62"), Decimal("3.70"), 1)
    assert "period_means" not in done.files[0].as_json({})
    load(school, plain)
    mean.refresh_from_db()
    assert mean.weighted == Decimal("3.70")


def test_works_are_neither_marks_nor_results(school: School) -> None:
    done = load(school, work({KOVTUN: 2, BELOVA: 4}))
    assert counts(done, FactKind.ASSESSMENTS) == [(2, 0, 0, 0)]
    procedure = Procedure.objects.get()
    assert (procedure.grade, procedure.subject.name, procedure.date) == (7, "Алгебра", date(2026, 10, 7))
    assert not (Mark.objects.exists() or PeriodResult.objects.exists())
    done = load(school, work({KOVTUN: 3}))
    assert counts(done, FactKind.ASSESSMENTS) == [(0, 1, 0, 0)]
    assert set(AssessmentResult.objects.values_list("pupil__last_name", "mark")) == {("Ковтун", 3), ("Белова", 4)}
    assert load(school, work({KOVTUN: 3, BELOVA: 4})).files[0].counts[FactKind.ASSESSMENTS].unchanged == 2


def test_a_pupil_of_another_class_is_found_by_the_class_of_the_row(school: School, seven_a: SchoolClass) -> None:
    file = work({KOVTUN: 2})
    block = file.blocks[0]
    ref = type(block.pupils[0])(None, "Орлова Тая Сергеевна", "7Б", None, "Лист", "B6")
    moved = type(block)(
        block.layout, block.sheet, None, None, None, (ref,), block.subjects, work=block.work, assessed=block.assessed
    )
    load(school, type(file)(file.name, file.layout, 1, (moved,)))
    assert AssessmentResult.objects.get().pupil.last_name == "Орлова"

"""Undoing imports: single steps, chains, and any sequence against a plain model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from gradebook.models import AssessmentResult, FactChange, Mark, PeriodMean, PeriodResult, Procedure
from gradebook.parsed import ParsedFile
from gradebook.services.undo import UndoRefused, gradebook_undo
from school.models import Enrolment, ImportBatch, Pupil, School, SchoolClass
from tests.gradebook.said import absences_of, day, flat, journal, load, marks_of, results_of, summary, work

KOVTUN = "Ковтун Матвей Андреевич"
DAYS = ["09-14", "09-15"]


def told(school: School, *cells: str) -> ImportBatch:
    """A journal that states the cells, one a day."""
    days = dict(zip(DAYS, cells, strict=False))
    return applied(school, journal({KOVTUN: {"Алгебра": days}}, list(days)))


def applied(school: School, *files: ParsedFile) -> ImportBatch:
    batch = load(school, *files).batch
    assert batch is not None
    return batch


def undo(batch: ImportBatch) -> dict[str, int]:
    return gradebook_undo(by=None, batch=batch)


def cells(school: School) -> list[str]:
    """What stands on each of the days: «4 5 unexcused»."""
    marks, absences = marks_of(school), absences_of(school)
    return [
        " ".join(map(str, [*marks.get(("Ковтун", "Алгебра", d), []), *absences.get(("Ковтун", "Алгебра", d), [])]))
        for d in DAYS
    ]


def test_what_a_batch_created_goes(school: School) -> None:
    batch = told(school, "4 5 Н", "3")
    assert undo(batch) == {"marks": 3, "absences": 1, "period_results": 0, "assessment_results": 0}
    assert cells(school) == ["", ""]
    batch.refresh_from_db()
    assert (batch.state, batch.undone_at is not None) == ("undone", True)


def test_what_a_batch_changed_and_removed_returns(school: School) -> None:
    first = told(school, "4 5- Н", "3")
    before = list(Mark.objects.order_by("pk").values("pk", "value", "raw", "batch"))
    assert undo(told(school, "2", "3 Н")) == {
        "marks": 2,
        "absences": 2,
        "period_results": 0,
        "assessment_results": 0,
    }
    assert cells(school) == ["4 5 unexcused", "3"]
    assert list(Mark.objects.order_by("pk").values("pk", "value", "raw", "batch")) == before
    assert not FactChange.objects.exists()
    undo(first)
    assert cells(school) == ["", ""]


def test_what_a_later_batch_confirms_stays_until_that_is_undone_too(school: School) -> None:
    first, second = told(school, "4", "3"), told(school, "4")
    assert undo(first)["marks"] == 1
    assert cells(school) == ["4", ""]
    assert undo(second)["marks"] == 1
    assert cells(school) == ["", ""]


def test_an_update_that_a_later_batch_confirms_stays_and_its_past_passes_on(school: School) -> None:
    told(school, "4")
    second, third = told(school, "5"), told(school, "5")
    assert undo(second)["marks"] == 0
    assert cells(school)[0] == "5"
    assert undo(third)["marks"] == 1
    assert cells(school)[0] == "4"


def test_a_removal_that_a_later_batch_confirms_stays(school: School) -> None:
    told(school, "4")
    second, third = told(school, ""), told(school, "")
    undo(second)
    assert cells(school)[0] == ""
    undo(third)
    assert cells(school)[0] == "4"


def test_a_batch_whose_facts_were_changed_since_is_not_undone(school: School) -> None:
    first, second = told(school, "4", "3"), told(school, "5", "")
    with pytest.raises(UndoRefused) as refusal:
        undo(first)
    assert refusal.value.changed == [
        {"kind": "marks", "external_id": "101", "subject": "Алгебра", "date": "2026-09-14"},
        {"kind": "marks", "external_id": "101", "subject": "Алгебра", "date": "2026-09-15"},
    ]
    assert cells(school) == ["5", ""]
    undo(second)
    undo(first)
    assert cells(school) == ["", ""]


def test_a_mark_that_was_removed_and_stated_again_is_not_doubled_by_undo(school: School) -> None:
    told(school, "4")
    second, third = told(school, ""), told(school, "4")
    undo(second)
    assert cells(school)[0] == "4"
    undo(third)
    assert cells(school)[0] == "4"


def test_only_a_batch_that_was_written_is_undone_and_only_once(school: School) -> None:
    batch = told(school, "4")
    undo(batch)
    with pytest.raises(Refused, match="отменена"):
        undo(batch)


def test_a_flat_list_confirms_only_what_it_names(school: School) -> None:
    first = told(school, "4 Н", "3")
    applied(school, flat({KOVTUN: {"Алгебра": {"09-14": "4"}}}))
    undo(first)
    assert cells(school) == ["4", ""]


def test_results_means_and_works_are_undone_too(school: School) -> None:
    first = applied(school, summary({KOVTUN: {"Алгебра": "4"}}, means={KOVTUN: {"Алгебра": (3.5, None)}}))
    second = applied(
        school,
        summary({KOVTUN: {"Алгебра": "5", "Химия": "3"}}, means={KOVTUN: {"Алгебра": (4.6, None)}}),
        work({KOVTUN: 2}),
    )
    with pytest.raises(UndoRefused) as refusal:
        undo(first)
    assert refusal.value.changed == [
        {"kind": "period_results", "external_id": "101", "subject": "Алгебра", "date": None}
    ]
    assert undo(second) == {"marks": 0, "absences": 0, "period_results": 2, "assessment_results": 1}
    assert results_of(school) == {("Ковтун", "Алгебра", "period", 1): "4"}
    assert [str(mean.mean) for mean in PeriodMean.objects.all()] == ["3.50"]
    assert not (AssessmentResult.objects.exists() or Procedure.objects.exists())
    undo(first)
    assert not (PeriodResult.objects.exists() or PeriodMean.objects.exists())


def test_a_later_mean_is_no_obstacle(school: School) -> None:
    first = applied(school, summary({KOVTUN: {"Химия": "4"}}, means={KOVTUN: {"Химия": (3.5, None)}}))
    second = applied(school, summary({KOVTUN: {"Химия": "4"}}, means={KOVTUN: {"Химия": (3.6, None)}}))
    undo(first)
    assert (PeriodResult.objects.get().batch, str(PeriodMean.objects.get().mean)) == (second, "3.60")
    undo(second)
    assert not (PeriodResult.objects.exists() or PeriodMean.objects.exists())


def test_an_excused_result_was_changed_since(school: School) -> None:
    batch = applied(school, summary({KOVTUN: {"Алгебра": "н/а"}}))
    PeriodResult.objects.update(excused=True)
    with pytest.raises(UndoRefused):
        undo(batch)


def test_a_rejected_cell_confirms_nothing(school: School) -> None:
    first = told(school, "4", "3")
    told(school, "?", "3")
    undo(first)
    assert cells(school) == ["", "3"]


@pytest.fixture
def mover(school: School) -> Pupil:
    """Kovtun sits in 7Б since 15 September."""
    pupil = Pupil.objects.get(last_name="Ковтун")
    seat = Enrolment.objects.get(pupil=pupil)
    seat.ends = day("09-14")
    seat.save()
    Enrolment.objects.create(
        pupil=pupil, school_class=SchoolClass.objects.get(school=school, letter="Б"), starts=day("09-15")
    )
    return pupil


@pytest.mark.usefixtures("mover")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_journals_of_both_classes_of_a_pupil_who_moved_count(school: School, order: Sequence[int]) -> None:
    files = [
        journal({KOVTUN: {"Алгебра": {"09-14": "4 Н"}}}, DAYS),
        journal({KOVTUN: {"Алгебра": {"09-15": "5"}}}, DAYS, class_name="7Б"),
    ]
    batches = [applied(school, files[number]) for number in order]
    assert cells(school) == ["4 unexcused", "5"]
    undo(batches[0])
    assert cells(school) == (["", "5"] if order[0] == 0 else ["4 unexcused", ""])
    undo(batches[1])
    assert cells(school) == ["", ""]


@pytest.mark.usefixtures("mover")
def test_a_blank_of_the_same_class_still_removes_a_mark_of_who_moved(school: School) -> None:
    applied(school, journal({KOVTUN: {"Алгебра": {"09-14": "4"}}}, DAYS))
    second = applied(school, journal({KOVTUN: {"Алгебра": {"09-15": "3"}}}, DAYS))
    assert cells(school) == ["", "3"]
    undo(second)
    assert cells(school) == ["4", ""]


@dataclass
class Model:
    """The state is what the last batch that is not undone says of each day and result."""

    batches: list[tuple[ImportBatch, dict[str, str], str]] = field(default_factory=list)

    def cell(self, when: str) -> str:
        said = [days[when] for _, days, _ in self.batches if when in days]
        return " ".join(sorted(said[-1].split())).replace("Н", "unexcused") if said else ""

    def result(self) -> str:
        return next((result for _, _, result in reversed(self.batches) if result), "")


CELLS = st.sampled_from(["", "4", "5", "4 4", "4 5", "Н", "4 Н", "5 4 3"])
STATEMENT = st.tuples(st.dictionaries(st.sampled_from(DAYS), CELLS), st.sampled_from(["", "3", "4"]), st.booleans())
STEPS = st.lists(st.one_of(STATEMENT, st.integers(0, 5)), min_size=2, max_size=9)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_of_imports_and_undos_leaves_what_the_last_word_says(
    school: School, steps: list[tuple[dict[str, str], str, bool] | int]
) -> None:
    with transaction.atomic():
        _walk(school, steps)
        transaction.set_rollback(True)


def _walk(school: School, steps: list[tuple[dict[str, str], str, bool] | int]) -> None:
    model = Model()
    for step in steps:
        if not isinstance(step, int):
            _import(school, model, *step)
        elif model.batches:
            _undo(model, step % len(model.batches))
        assert cells(school) == [model.cell(when) for when in DAYS]
        assert results_of(school).get(("Ковтун", "Алгебра", "period", 1), "") == model.result()
    while model.batches:
        _undo(model, len(model.batches) - 1)
    assert (marks_of(school), absences_of(school), results_of(school)) == ({}, {}, {})
    assert not FactChange.objects.exists()


def _import(school: School, model: Model, days: dict[str, str], result: str, listed: bool) -> None:
    """A flat list speaks for absences only where it states some, so it repeats those that stand."""
    if listed:
        days = {when: cell for when, cell in days.items() if "Н" in cell}
        file = flat({KOVTUN: {"Алгебра": days}})
    else:
        results = {KOVTUN: {"Алгебра": result}} if result else {}
        file = journal({KOVTUN: {"Алгебра": days}}, list(days), results=results, subjects=["Алгебра"])
    model.batches.append((applied(school, file), days, "" if listed else result))


def _undo(model: Model, number: int) -> None:
    """The last batch is never refused; another may be, and then nothing happens."""
    last = number == len(model.batches) - 1
    try:
        undo(model.batches[number][0])
    except UndoRefused:
        assert not last
    else:
        model.batches.pop(number)

"""Marks and absences: multisets, coverage, several files in a call."""

from datetime import date
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.models import Absence, Coverage, FactKind, Mark
from gradebook.services.imports import Imported, UnusualChange
from school.models import ImportBatch, MarksStart, School, SchoolClass, SchoolSettings, Subject
from tests.factories import make_class, make_pupil, make_subject
from tests.gradebook.said import absences_of, flat, journal, load, marks_of

KOVTUN, BELOVA = "Ковтун Матвей Андреевич", "Белова Ева Артёмовна"


def counts(done: Imported, kind: FactKind = FactKind.MARKS) -> list[tuple[int, int, int, int]]:
    return [tuple(file.counts[kind].as_json().values()) for file in done.files]  # type: ignore[misc]


def algebra(name: str, **days: str) -> dict[str, dict[str, dict[str, str]]]:
    return {name: {"Алгебра": {key[1:].replace("_", "-"): text for key, text in days.items()}}}


def test_a_journal_makes_marks_and_absences(school: School) -> None:
    done = load(school, journal(algebra(KOVTUN, d09_14="4 3-", d09_15="Н", d09_16="Б 5"), ["09-14", "09-15", "09-16"]))
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [3, 4], ("Ковтун", "Алгебра", "09-16"): [5]}
    assert absences_of(school) == {
        ("Ковтун", "Алгебра", "09-15"): ["unexcused"],
        ("Ковтун", "Алгебра", "09-16"): ["illness"],
    }
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(3, 0, 0, 0)], [(2, 0, 0, 0)])
    assert Mark.objects.get(value=3).raw == "3-"
    mark = Mark.objects.get(value=5)
    assert (mark.batch, mark.year.start, mark.raw, mark.by_hand) == (done.batch, 2026, "", False)
    assert list(Absence.objects.order_by("date").values_list("raw", flat=True)) == ["Н", "Б"]


def test_the_same_again_changes_nothing_and_writes_no_fact(school: School) -> None:
    file = journal(algebra(KOVTUN, d09_14="4 3", d09_15="Н Н"), ["09-14", "09-15"])
    load(school, file)
    before = list(Mark.objects.values_list("pk", "batch")) + list(Absence.objects.values_list("pk", "batch"))
    done = load(school, journal(algebra(KOVTUN, d09_14="3 4", d09_15="Н Н"), ["09-14", "09-15"]))
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(0, 0, 2, 0)], [(0, 0, 2, 0)])
    assert before == list(Mark.objects.values_list("pk", "batch")) + list(Absence.objects.values_list("pk", "batch"))


def test_the_number_of_queries_does_not_grow_with_the_file(school: School, seven_a: SchoolClass) -> None:
    def queries(*names: str) -> int:
        cells = {name: {"Алгебра": {"09-14": "4 Н", "09-15": "3"}} for name in names}
        with CaptureQueriesContext(connection) as caught:
            load(school, journal(cells, ["09-14", "09-15"]))
        return len(caught)

    names = [f"Ли{letter} Ян" for letter in "абвгдежз"]
    for name in names:
        make_pupil(seven_a, name)
    make_subject(school, "Алгебра")
    queries(KOVTUN)  # what is made once: categories of the period, the subject
    assert queries(names[0]) == queries(*names[1:])


def test_a_corrected_mark_is_an_update(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="2"), ["09-14"]))
    mark = Mark.objects.get()
    done = load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14"]))
    assert counts(done) == [(0, 1, 0, 0)]
    mark.refresh_from_db()
    assert (mark.value, mark.batch) == (4, done.batch)


def test_a_mark_that_disappeared_from_its_lesson_is_removed(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4 5", d09_15="3", d09_16="Б"), ["09-14", "09-15", "09-16"]))
    done = load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14", "09-16"]))
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [4], ("Ковтун", "Алгебра", "09-15"): [3]}
    assert absences_of(school) == {}
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(0, 0, 1, 1)], [(0, 0, 0, 1)])


def test_a_pupil_absent_from_the_file_loses_nothing(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4") | algebra(BELOVA, d09_14="5"), ["09-14"]))
    load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14"]))
    assert len(marks_of(school)) == 2


def test_a_subject_absent_from_the_file_loses_nothing(school: School) -> None:
    load(school, journal({KOVTUN: {"Алгебра": {"09-14": "4"}, "Химия": {"09-14": "3"}}}, ["09-14"]))
    load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14"]))
    assert len(marks_of(school)) == 2


def test_a_flat_list_covers_only_what_it_names(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4 5", d09_15="3", d09_16="Н 5"), ["09-14", "09-15", "09-16"]))
    done = load(school, flat(algebra(KOVTUN, d09_14="4", d09_16="5")))
    assert marks_of(school) == {
        ("Ковтун", "Алгебра", "09-14"): [4],
        ("Ковтун", "Алгебра", "09-15"): [3],
        ("Ковтун", "Алгебра", "09-16"): [5],
    }
    assert absences_of(school) == {("Ковтун", "Алгебра", "09-16"): ["unexcused"]}
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(0, 0, 2, 1)], [(0, 0, 0, 0)])


def test_a_flat_list_that_states_an_absence_speaks_for_the_days_marks_too(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="2"), ["09-14"]))
    done = load(school, flat(algebra(KOVTUN, d09_14="Б")))
    assert (marks_of(school), absences_of(school)) == ({}, {("Ковтун", "Алгебра", "09-14"): ["illness"]})
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(0, 0, 0, 1)], [(1, 0, 0, 0)])


def test_files_of_one_call_with_the_same_marks_are_one_statement(school: School) -> None:
    days = {"d09_14": "4 3", "d09_15": "5"}
    done = load(
        school,
        journal(algebra(KOVTUN, **days), ["09-14", "09-15"]),
        flat(algebra(KOVTUN, **days)),
        journal(algebra(KOVTUN, d09_14="3 4", d09_15="5"), ["09-14", "09-15"], name="progress.xlsx"),
    )
    assert counts(done) == [(3, 0, 0, 0), (0, 0, 3, 0), (0, 0, 3, 0)]
    assert sum(map(len, marks_of(school).values())) == 3


def test_within_a_call_what_one_file_states_is_not_removed_by_a_blank_in_another(school: School) -> None:
    done = load(
        school,
        journal(algebra(KOVTUN, d09_14="4"), ["09-14"]),
        journal(algebra(KOVTUN, d09_15="5"), ["09-14", "09-15"], name="later.xlsx"),
    )
    assert len(marks_of(school)) == 2
    assert not any(file.rejected for file in done.files)


def test_of_files_that_differ_the_last_is_taken_and_the_others_are_listed(school: School) -> None:
    done = load(
        school,
        journal(algebra(KOVTUN, d09_14="4 5"), ["09-14"], name="first.xlsx"),
        journal(algebra(KOVTUN, d09_14="3"), ["09-14"], name="last.xlsx"),
    )
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [3]}
    assert counts(done) == [(0, 0, 0, 0), (1, 0, 0, 0)]
    first, last = done.files
    assert [(cell.cell, cell.value) for cell in first.rejected] == [("C6", "4 5")]
    assert "last.xlsx" in first.rejected[0].reason
    assert last.rejected == []


def test_a_rejected_cell_keeps_its_old_facts(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4 Н", d09_15="3"), ["09-14", "09-15"]))
    done = load(school, journal(algebra(KOVTUN, d09_14="?", d09_15="5"), ["09-14", "09-15"]))
    assert marks_of(school) == {("Ковтун", "Алгебра", "09-14"): [4], ("Ковтун", "Алгебра", "09-15"): [5]}
    assert len(absences_of(school)) == 1
    assert [cell.as_json() for cell in done.files[0].rejected] == [
        {"sheet": "Лист", "cell": "C6", "value": "6", "reason": "отметка вне шкалы 1–5"}
    ]


def test_an_unknown_subject_is_created_and_other_headings_lead_to_theirs(school: School) -> None:
    technology = make_subject(school, "Труд")
    technology.aliases.create(school=school, name="Труд (Технология) мальчики")
    load(
        school,
        journal({KOVTUN: {"Труд (технология)  мальчики": {"09-14": "4"}, "АЛГЕБРА": {"09-14": "5"}}}, ["09-14"]),
    )
    assert set(Subject.objects.values_list("name", flat=True)) == {"Труд", "АЛГЕБРА"}
    assert ("Ковтун", "Труд", "09-14") in marks_of(school)
    load(school, journal({KOVTUN: {"Алгебра": {"09-15": "4"}}}, ["09-15"]))
    assert Subject.objects.count() == 2


def test_two_headings_of_one_subject_add_up(school: School) -> None:
    mathematics = make_subject(school, "Математика")
    for heading in ("Математика (алгебра)", "Математика (геометрия)"):
        mathematics.aliases.create(school=school, name=heading)
    cells = {KOVTUN: {"Математика (алгебра)": {"09-14": "4"}, "Математика (геометрия)": {"09-14": "4"}}}
    load(school, journal(cells, ["09-14"]))
    assert marks_of(school) == {("Ковтун", "Математика", "09-14"): [4, 4]}


def test_unknown_pupils_and_classes_are_rows_to_settle(school: School) -> None:
    done = load(
        school,
        journal(algebra("Коштун Матвей Андреевич", d09_14="4"), ["09-14"]),
        journal(algebra(KOVTUN, d09_14="4"), ["09-14"], class_name="7В", name="other.xlsx"),
    )
    names = {pupil.pk: pupil.full_name for pupil in school.pupils.all()}
    assert [file.as_json(names)["unmatched"] for file in done.files] == [
        [
            {
                "sheet": "Лист",
                "cell": "B6",
                "value": "Коштун Матвей Андреевич",
                "reason": "нет такого ученика в 7А",
                "candidates": [KOVTUN],
            }
        ],
        [
            {
                "sheet": "Лист",
                "cell": "B6",
                "value": KOVTUN,
                "reason": "в школе нет класса 7В",
                "candidates": [KOVTUN],
            }
        ],
    ]
    assert (marks_of(school), SchoolClass.objects.count()) == ({}, 2)


def test_pupils_are_known_by_their_identifiers_first(school: School) -> None:
    load(school, journal(algebra("№102", d09_14="4") | algebra("№0101", d09_14="5"), ["09-14"], class_name="7Б"))
    assert marks_of(school) == {("Белова", "Алгебра", "09-14"): [4], ("Ковтун", "Алгебра", "09-14"): [5]}


def test_an_unknown_identifier_is_a_row_to_settle(school: School) -> None:
    done = load(school, flat(algebra("№999", d09_14="4")))
    assert [row.reason for row in done.files[0].unmatched] == ["нет ученика с идентификатором 999"]


def test_the_latin_letter_of_a_class_does_no_harm(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14"], class_name='7 "A"'))
    assert len(marks_of(school)) == 1


def test_an_unusual_change_needs_a_word_and_writes_nothing(school: School) -> None:
    days = [f"09-{number:02d}" for number in range(1, 26)]
    cells = {f"d{text.replace('-', '_')}": "4" for text in days}
    load(school, journal(algebra(KOVTUN, **cells), days))
    twenty_one = cells | dict.fromkeys(list(cells)[:21], "5")
    with pytest.raises(UnusualChange, match="21 из 25"):
        load(school, journal(algebra(KOVTUN, **twenty_one), days), accept_changes=False)
    assert set(chain(*marks_of(school).values())) == {4}
    assert ImportBatch.objects.count() == 1
    told = load(school, journal(algebra(KOVTUN, **twenty_one), days), accept_changes=False, dry_run=True)
    assert (told.batch, counts(told)) == (None, [(0, 21, 4, 0)])
    load(school, journal(algebra(KOVTUN, **(cells | {"d09_01": "5"})), days), accept_changes=False)
    load(school, journal(algebra(KOVTUN, **twenty_one), days), accept_changes=True)
    assert sum(value == 5 for value in chain(*marks_of(school).values())) == 21


def test_a_dry_run_writes_nothing_at_all(school: School) -> None:
    done = load(school, journal(algebra(KOVTUN, d09_14="4"), ["09-14"]), dry_run=True)
    assert (done.as_json()["batch"], done.as_json()["dry_run"], counts(done)) == (None, True, [(1, 0, 0, 0)])
    assert not (Mark.objects.exists() or ImportBatch.objects.exists() or Subject.objects.exists())


def test_grade_1_has_no_marks_but_absences(school: School) -> None:
    make_pupil(make_class(school, "1А"), "Ли Ян")
    file = journal(algebra("Ли Ян", d09_14="4 5 Н", d09_15="Н"), ["09-14", "09-15"], class_name="1А")
    done = load(school, file)
    assert (marks_of(school), len(absences_of(school))) == ({}, 1)
    assert [(cell.cell, cell.value, cell.reason) for cell in done.files[0].rejected] == [
        ("C6", "4 5", "в 1 классе отметки не ставятся")
    ]


def test_marks_before_their_beginning_are_rejected(school: School, seven_a: SchoolClass) -> None:
    SchoolSettings.objects.filter(school=school).update(marks_from_grade=2)
    subject = make_subject(school, "Алгебра")
    start = MarksStart.objects.create(school_class=seven_a, subject=subject, from_period=2)
    file = journal(algebra(KOVTUN, d09_14="4", d11_12="5"), ["09-14", "11-12"])
    done = load(school, file)
    assert marks_of(school) == {("Ковтун", "Алгебра", "11-12"): [5]}
    assert [cell.reason for cell in done.files[0].rejected] == ["в 7А отметки по предмету ставятся с 01.11.2026"]
    start.from_period = None
    start.save()
    assert "не ставятся" in load(school, file).files[0].rejected[0].reason


def test_a_day_outside_the_school_years_is_rejected(school: School) -> None:
    file = flat(algebra(KOVTUN, d09_14="4", d09_15="Н"))
    block = file.blocks[0]
    for facts in (block.marks, block.absences):
        facts.day[0] = date(2030, 9, 14).toordinal()
    done = load(school, file)
    assert [cell.reason for cell in done.files[0].rejected] == ["дата вне учебных лет школы"] * 2
    assert (marks_of(school), absences_of(school)) == ({}, {})


def test_a_batch_remembers_what_it_spoke_for(school: School, seven_a: SchoolClass) -> None:
    done = load(school, journal(algebra(KOVTUN, d09_14="4", d09_15="?"), ["09-14", "09-15", "09-16"]))
    lessons = Coverage.objects.get(batch=done.batch, form=Coverage.LESSONS)
    assert (lessons.school_class, lessons.last_day) == (seven_a, date(2026, 9, 16))
    assert (len(lessons.dates), len(lessons.pupils), lessons.excluded) == (3, 1, False)
    taken_back = Coverage.objects.filter(batch=done.batch, excluded=True)
    assert {row.form: row.dates for row in taken_back} == {
        "marks": [date(2026, 9, 15)],
        "absences": [date(2026, 9, 15)],
    }


def test_weight_and_kind_of_work_are_filled_in_without_being_a_change(school: School) -> None:
    load(school, journal(algebra(KOVTUN, d09_14="4 4"), ["09-14"]))
    file = flat(algebra(KOVTUN, d09_14="4 4"))
    file.blocks[0].marks.weight.extend([1.5, None])
    file.blocks[0].marks.work.extend(["Контрольная работа", None])
    done = load(school, file)
    assert counts(done) == [(0, 0, 2, 0)]
    told = {(str(mark.weight), mark.work) for mark in Mark.objects.all()}
    assert told == {("1.50", "Контрольная работа"), ("None", "")}
    assert Mark.objects.exclude(batch=done.batch).count() == 2


def test_a_copied_sheet_does_not_double_the_marks(school: School) -> None:
    file = journal(algebra(KOVTUN, d09_14="4", d09_15="Н"), ["09-14", "09-15"])
    copied = type(file)(file.name, file.layout, 2, (file.blocks[0], file.blocks[0]))
    done = load(school, copied)
    assert (counts(done), counts(done, FactKind.ABSENCES)) == ([(1, 0, 0, 0)], [(1, 0, 0, 0)])

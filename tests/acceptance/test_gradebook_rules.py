"""`import_gradebook` and `undo_import` from files to facts: sentences of the headless contract, one a test."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from gradebook.models import Absence, AssessmentResult, Mark, PeriodResult
from gradebook.services.hand import mark_correct
from school.models import School, SchoolClass, Subject, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.gradebook.files import Child, ClassBook, Lesson, write
from tests.gradebook.tables import Bent

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

CHILDREN = (
    Child("01500001", "Ковтун Матвей Андреевич"),
    Child("01500002", "Белова Ева Артёмовна"),
    Child("01500003", "Цой Иван Петрович"),
)
ALGEBRA, CHEMISTRY = 0, 1
SEPTEMBER = [date(2026, 9, number) for number in (1, 2, 3, 14, 15)]
BOOK = ClassBook(
    name="7А",
    year=2026,
    children=CHILDREN,
    subjects=("Алгебра", "Химия"),
    lessons=(
        Lesson(0, ALGEBRA, SEPTEMBER[0], 0, ("4", "3")),
        Lesson(0, ALGEBRA, SEPTEMBER[0], 1, ("5",)),
        Lesson(0, CHEMISTRY, SEPTEMBER[1], 0, ("2",)),
        Lesson(1, ALGEBRA, SEPTEMBER[0], 0, ("Н", "4")),
        Lesson(1, ALGEBRA, SEPTEMBER[2], 0, ("Б",)),
        Lesson(1, CHEMISTRY, SEPTEMBER[1], 0, ("У",)),
        Lesson(2, ALGEBRA, SEPTEMBER[3], 0, ("3",)),
        Lesson(2, CHEMISTRY, SEPTEMBER[4], 0, ("5", "5")),
    ),
    results=((0, 0, "4"), (0, 1, "2"), (1, 0, "н/а"), (1, 1, "5"), (2, 0, "3"), (2, 1, "осв")),
    means=((0, 0, 4.0), (0, 1, 2.0), (1, 0, 4.0), (2, 0, 3.0), (2, 1, 5.0)),
)
REASONS = {"unexcused": "Н", "illness": "Б", "excused": "У"}


@pytest.fixture
def school() -> School:
    school = make_school()
    seven_a = make_class(school, "7А")
    for child in CHILDREN:
        make_pupil(seven_a, child.name, external_id=child.id)
    return school


def run(command: str, *arguments: object) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *map(str, arguments), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def refused(command: str, *arguments: object) -> dict[str, Any]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(command, *map(str, arguments), "--json", stdout=out)
    assert ended.value.code == 1
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def imported(*arguments: object) -> dict[str, Any]:
    return run("import_gradebook", "--school", "S1", *arguments)


def file_of(book: ClassBook, layout: str, folder: Path, name: str = "", container: str = "xlsx") -> Path:
    path = write(book, layout, container, folder)
    return path.rename(folder / name) if name else path


def marks() -> Counter[tuple[Any, ...]]:
    rows = Mark.objects.select_related("pupil", "subject")
    return Counter((mark.pupil.full_name, mark.subject.name, mark.date, mark.value) for mark in rows)


def absences() -> Counter[tuple[Any, ...]]:
    rows = Absence.objects.select_related("pupil", "subject")
    return Counter((row.pupil.full_name, row.subject.name, row.date, REASONS[row.reason]) for row in rows)


def results() -> dict[tuple[str, str], str]:
    rows = PeriodResult.objects.filter(kind="period", period__number=1).select_related("pupil", "subject")
    return {(row.pupil.full_name, row.subject.name): row.value for row in rows}


RESULTS = {(CHILDREN[child].name, BOOK.subjects[subject]): value for child, subject, value in BOOK.results}
FILES = [
    ("journal", "xlsx"),
    ("journal", "ods"),
    ("journal", "html"),
    ("progress", "xls"),
    ("progress", "csv cp1251 semicolon"),
    ("summary", "ods"),
    ("summary", "csv utf-8 comma"),
    ("report_card", "html"),
    ("report_card", "xlsx"),
    ("flat", "csv utf-8 bom semicolon"),
    ("flat", "xls"),
    ("assessment", "csv utf-8 comma"),
]
BENT = Bent(seed=5, permuted=True, extra=True, blank_rows=True, offset=6, wording=2, sheet_names=True)


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(("layout", "container"), FILES)
def test_every_layout_and_container_leads_to_the_same_facts(layout: str, container: str, tmp_path: Path) -> None:
    told = imported(write(BOOK, layout, container, tmp_path, BENT), "--period", 1)["files"][0]
    assert (told["layout"], told["rejected"], told["unmatched"]) == (layout, [], [])
    lessons = layout in ("journal", "progress", "flat")
    assert marks() == (BOOK.marks() if lessons else Counter())
    assert absences() == (BOOK.absences() if lessons else Counter())
    assert results() == (RESULTS if layout in ("journal", "progress", "summary", "report_card") else {})
    assert AssessmentResult.objects.count() == (2 if layout == "assessment" else 0)


@pytest.mark.usefixtures("school")
def test_any_two_files_of_the_same_marks_double_nothing(tmp_path: Path) -> None:
    for layout in ("flat", "journal", "progress", "flat"):
        imported(file_of(BOOK, layout, tmp_path))
    assert (marks(), absences()) == (BOOK.marks(), BOOK.absences())


@pytest.mark.usefixtures("school")
def test_a_corrected_mark_is_an_update_and_a_disappeared_one_is_removed(tmp_path: Path) -> None:
    imported(file_of(BOOK, "journal", tmp_path))
    changed = (*BOOK.lessons[:2], replace(BOOK.lessons[2], tokens=("4",)), *BOOK.lessons[3:6], BOOK.lessons[7])
    kept = replace(BOOK.lessons[6], tokens=(".",))
    book = replace(BOOK, lessons=(*changed, kept))
    told = imported(file_of(book, "journal", tmp_path))["files"][0]
    assert told["marks"] == {"created": 0, "updated": 1, "unchanged": 6, "removed": 1}
    assert marks() == book.marks()


def sheet(folder: Path, rows: list[list[object]], name: str = "journal.xlsx", title: str = "7А") -> Path:
    """A journal of algebra with lessons on 1, 2 and 3 September; `rows` are a name and three cells."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([f"Журнал. Класс: {title}. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"])
    page.append(["№", "Фамилия, имя, отчество", "сентябрь"])
    page.append([None, None, 1, 2, 3])
    for number, row in enumerate(rows, 1):
        page.append([number, *row])
    book.save(folder / name)
    return folder / name


@pytest.mark.usefixtures("school")
def test_cells_that_are_not_understood_are_rejected_whole_and_stop_nothing(tmp_path: Path) -> None:
    kovtun, belova = CHILDREN[0].name, CHILDREN[1].name
    imported(sheet(tmp_path, [[kovtun, 4, 3, "Н"], [belova, 5, None, None]]))
    told = imported(sheet(tmp_path, [[kovtun, 6, "4 6", "болел"], [belova, 5555, "2.5", 4]]))["files"][0]
    assert [(cell["cell"], cell["value"]) for cell in told["rejected"]] == [
        ("C4", "6"),
        ("D4", "4 6"),
        ("E4", "болел"),
        ("C5", "5555"),
        ("D5", "2.5"),
    ]
    assert all(cell["reason"] and cell["sheet"] for cell in told["rejected"])
    assert told["marks"] == {"created": 1, "updated": 0, "unchanged": 0, "removed": 0}
    assert Counter(Mark.objects.values_list("value", flat=True)) == Counter({4: 2, 3: 1, 5: 1})
    assert Absence.objects.count() == 1


@pytest.mark.usefixtures("school")
def test_an_unmatched_pupil_is_one_entry_a_row_with_candidates_by_full_name(tmp_path: Path) -> None:
    told = imported(sheet(tmp_path, [["Ковтан Матвей Андреевич", 4, 4, 4], [CHILDREN[1].name, 5, 5, 5]]))
    assert told["files"][0]["unmatched"] == [
        {
            "sheet": "Sheet",
            "cell": "B4",
            "value": "Ковтан Матвей Андреевич",
            "reason": "нет такого ученика в 7А",
            "candidates": ["Ковтун Матвей Андреевич"],
        }
    ]
    assert Mark.objects.count() == 3


def test_an_unknown_class_is_unmatched_rows_and_an_unknown_subject_is_created(school: School, tmp_path: Path) -> None:
    told = imported(sheet(tmp_path, [[CHILDREN[0].name, 4, 4, 4]], title="7Г"))["files"][0]
    assert [row["reason"] for row in told["unmatched"]] == ["в школе нет класса 7Г"]
    assert (SchoolClass.objects.count(), Subject.objects.count()) == (1, 0)
    imported(sheet(tmp_path, [[CHILDREN[0].name, 4, 4, 4]], title="7A"))  # a Latin letter
    assert Subject.objects.get(school=school).name == "Алгебра"


@pytest.mark.parametrize(
    "written",
    ["ковтун матвей  андреевич", "Ковтун Андреевич Матвей", "Ковтун Матвей", "Koвтун Матвей Андреевич"],
)
@pytest.mark.usefixtures("school")
def test_names_are_known_by_their_usual_writings(written: str, tmp_path: Path) -> None:
    told = imported(sheet(tmp_path, [[written, 4, None, None], ["Белова Ева Артемовна", 5, None, None]]))
    assert told["files"][0]["unmatched"] == []
    assert Counter(Mark.objects.values_list("pupil__last_name", flat=True)) == Counter(["Ковтун", "Белова"])


def test_namesakes_are_asked_about_and_never_guessed(school: School, tmp_path: Path) -> None:
    make_pupil(SchoolClass.objects.get(school=school), CHILDREN[0].name)
    told = imported(sheet(tmp_path, [[CHILDREN[0].name, 4, 4, 4], [CHILDREN[0].name, 5, 5, 5]]))["files"][0]
    assert [(row["cell"], row["candidates"]) for row in told["unmatched"]] == [
        ("B4", [CHILDREN[0].name] * 2),
        ("B5", [CHILDREN[0].name] * 2),
    ]
    assert not Mark.objects.exists()


def months(folder: Path, value: int, name: str = "journal.xlsx") -> Path:
    """A journal of algebra with a mark on each of 25 days of September for one pupil."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Журнал. Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"])
    page.append(["№", "Фамилия, имя, отчество", "сентябрь"])
    page.append([None, None, *range(1, 26)])
    page.append([1, CHILDREN[0].name, *[value] * 25])
    book.save(folder / name)
    return folder / name


@pytest.mark.usefixtures("school")
def test_an_unusual_change_is_refused_unless_it_is_accepted_and_a_dry_run_only_reports(tmp_path: Path) -> None:
    imported(months(tmp_path, 4))
    changed = months(tmp_path, 5)
    answer = refused("import_gradebook", changed, "--school", "S1")
    assert "25 из 25" in answer["error"]
    assert answer["files"] == []
    dry = imported(changed, "--dry-run")
    assert (dry["batch"], dry["files"][0]["marks"]["updated"]) == (None, 25)
    assert set(Mark.objects.values_list("value", flat=True)) == {4}
    assert imported(changed, "--accept-changes")["files"][0]["marks"]["updated"] == 25
    assert set(Mark.objects.values_list("value", flat=True)) == {5}


@pytest.mark.usefixtures("school")
def test_undo_restores_previous_values_and_is_refused_when_facts_were_changed_since(tmp_path: Path) -> None:
    first = imported(sheet(tmp_path, [[CHILDREN[0].name, 4, 3, None]]))["batch"]
    second = imported(sheet(tmp_path, [[CHILDREN[0].name, 5, None, "Н"]]))["batch"]
    answer = refused("undo_import", first)
    assert answer["changed"] == [
        {"kind": "marks", "external_id": "01500001", "subject": "Алгебра", "date": "2026-09-01"},
        {"kind": "marks", "external_id": "01500001", "subject": "Алгебра", "date": "2026-09-02"},
    ]
    assert answer["error"]
    undone = run("undo_import", second)["undone"]
    assert undone == {"marks": 2, "absences": 1, "period_results": 0, "assessment_results": 0}
    assert sorted(Mark.objects.values_list("date__day", "value")) == [(1, 4), (2, 3)]
    assert run("undo_import", first)["undone"]["marks"] == 2
    assert "отменена" in refused("undo_import", first)["error"]


def test_a_mark_corrected_by_hand_wins_and_is_listed_and_holds_back_undo(school: School, tmp_path: Path) -> None:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    batch = imported(sheet(tmp_path, [[CHILDREN[0].name, 2, None, None]]))["batch"]
    mark_correct(by=User.objects.get(), mark=Mark.objects.get(), value=4)
    told = imported(sheet(tmp_path, [[CHILDREN[0].name, 2, None, None]]))["files"][0]
    assert told["rejected"] == [
        {"sheet": "Sheet", "cell": "C4", "value": "2", "reason": "исправлено вручную, оставлено «4»"}
    ]
    assert told["marks"] == {"created": 0, "updated": 0, "unchanged": 0, "removed": 0}
    assert Mark.objects.get().value == 4
    assert [row["date"] for row in refused("undo_import", batch)["changed"]] == ["2026-09-01"]


@pytest.mark.usefixtures("school")
def test_a_file_of_results_that_names_no_period_needs_one_and_a_heading_wins(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Сводная ведомость учёта успеваемости"])
    page.append(["Класс: 7А", "Учебный год: 2026/2027"])
    page.append(["№", "ФИО", "Алгебра", "Химия"])
    page.append([1, CHILDREN[0].name, 4, "н/а"])
    page.append([None, "Средний балл", 4, None])
    path = tmp_path / "summary.xlsx"
    book.save(path)
    answer = refused("import_gradebook", path, "--school", "S1")
    assert [file["file"] for file in answer["files"]] == ["summary.xlsx"]
    assert not PeriodResult.objects.exists()
    imported(path, "--period", 2)
    assert set(PeriodResult.objects.values_list("period__number", "value")) == {(2, "4"), (2, "н/а")}
    page["C2"] = "Период: 1 четверть"
    book.save(path)
    imported(path, "--period", 2)
    assert PeriodResult.objects.filter(period__number=1).count() == 2


@pytest.mark.usefixtures("school")
def test_different_values_of_one_result_in_a_call_are_listed_except_the_last(tmp_path: Path) -> None:
    other = replace(BOOK, results=((0, ALGEBRA, "5"), *BOOK.results[1:]))
    first = file_of(BOOK, "summary", tmp_path, "first.xlsx")
    last = file_of(other, "report_card", tmp_path, "last.xlsx")
    told = imported(first, last)["files"]
    assert [len(file["rejected"]) for file in told] == [1, 0]
    assert (told[0]["rejected"][0]["value"], "last.xlsx" in told[0]["rejected"][0]["reason"]) == ("4", True)
    assert [file["period_results"]["created"] for file in told] == [5, 1]
    assert results()[CHILDREN[0].name, "Алгебра"] == "5"


@pytest.mark.usefixtures("school")
def test_the_marks_of_an_assessment_are_neither_marks_nor_results(tmp_path: Path) -> None:
    told = imported(file_of(BOOK, "assessment", tmp_path))["files"][0]
    assert told["assessment_results"]["created"] == 2
    assert not (Mark.objects.exists() or PeriodResult.objects.exists())


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_marks_of_all_classes_count_for_a_pupil_who_moved(order: tuple[int, int], tmp_path: Path) -> None:
    contingent = Workbook()
    page = contingent.active
    assert page is not None
    page.append(["Ид.", "Фамилия", "Имя", "Отчество", "Класс", "Дата перевода"])
    page.append([CHILDREN[0].id, *CHILDREN[0].name.split(), "7Б", "02.09.2026"])
    contingent.save(tmp_path / "pupils.xlsx")
    run("import_pupils", tmp_path / "pupils.xlsx", "--school", "S1")
    files = [
        sheet(tmp_path, [[CHILDREN[0].name, 4, None, None]], "old.xlsx"),
        sheet(tmp_path, [[CHILDREN[0].name, None, 2, "Н"]], "new.xlsx", title="7Б"),
    ]
    for number in order:
        assert imported(files[number])["files"][0]["unmatched"] == []
    assert sorted(Mark.objects.values_list("date__day", "value")) == [(1, 4), (2, 2)]
    assert Absence.objects.count() == 1


HOSTILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><table><tr><td>&b;</td></tr></table>'


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.xlsx", b""),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("other.csv", "Меню;Цена\nСуп;40\n".encode()),
        ("hostile.xls", HOSTILE.encode()),
    ],
)
def test_a_file_that_cannot_be_taken_refuses_the_call(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    answer = refused("import_gradebook", months(tmp_path, 4), tmp_path / name, "--school", "S1")
    assert [file["file"] for file in answer["files"]] == [name]
    assert name in answer["files"][0]["error"]
    assert not Mark.objects.exists()


def test_grade_1_has_no_marks_with_that_reason(school: School, tmp_path: Path) -> None:
    make_pupil(make_class(school, "1А"), "Ли Ян")
    told = imported(sheet(tmp_path, [["Ли Ян", 5, None, "Н"]], title="1А"))["files"][0]
    assert [cell["reason"] for cell in told["rejected"]] == ["в 1 классе отметки не ставятся"]
    assert (Mark.objects.count(), Absence.objects.count()) == (0, 1)

"""`import_pupils` and `import_staff`: a school's contingent and staff come from its files."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from gradebook.models import Mark
from school.models import (
    Enrolment,
    Guardian,
    ImportBatch,
    Pupil,
    School,
    SchoolClass,
    SocialRecord,
    Staff,
    StaffPosition,
    Subject,
    TeachingAssignment,
    User,
)
from school.services.imports import UndoRefused, undo
from tests.factories import make_school, make_subject

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

SAMPLES = Path(__file__).parent.parent / "data" / "school"
HEADINGS = ["Ид.", "Фамилия", "Имя", "Отчество", "Пол", "Дата рождения", "Класс", "Дата перевода", "Телефон родителя"]


@pytest.fixture
def school() -> School:
    return make_school()


def run(command: str, file: Path, school: str = "S1") -> dict[str, Any]:
    out = StringIO()
    call_command(command, file, school=school, json=True, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def refused(command: str, file: Path, school: str = "S1") -> dict[str, Any]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(command, file, school=school, json=True, stdout=out)
    assert ended.value.code == 1
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def contingent(folder: Path, *rows: list[Any], headings: list[str] = HEADINGS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    path = folder / "Контингент.xlsx"
    book.save(path)
    return path


def kovtun(class_name: str, moved: str = "") -> list[Any]:
    return ["100", "Ковтун", "Матвей", "Андреевич", "М", "05.03.2013", class_name, moved, ""]


def seats(external_id: str = "100") -> list[tuple[str, str, str | None]]:
    rows = Enrolment.objects.filter(pupil__external_id=external_id).select_related("school_class").order_by("starts")
    return [(str(row.school_class), str(row.starts), str(row.ends) if row.ends else None) for row in rows]


def test_the_sample_contingent_makes_144_pupils_in_6_classes(school: School) -> None:
    answer = run("import_pupils", SAMPLES / "pupils.xlsx")

    batch = ImportBatch.objects.get()
    assert answer == {
        "batch": batch.pk,
        "created": 144,
        "updated": 0,
        "unchanged": 0,
        "rejected": [],
        "classes": 6,
    }
    assert batch.state == ImportBatch.State.APPLIED
    assert sorted(map(str, SchoolClass.objects.all())) == ["5А", "6А", "7А", "8А", "8Б", "9А"]
    assert Enrolment.objects.filter(starts="2026-09-01", ends=None).count() == 144
    assert Guardian.objects.count() == 144
    assert SocialRecord.objects.filter(special_needs=True).count() == 8
    assert SocialRecord.objects.filter(non_native_russian=True).count() == 2


def test_the_sample_staff_brings_positions_assignments_and_class_teachers(school: School) -> None:
    run("import_pupils", SAMPLES / "pupils.xlsx")
    answer = run("import_staff", SAMPLES / "staff.xlsx")

    assert (answer["created"], answer["updated"], answer["rejected"], answer["classes"]) == (18, 0, [], 6)
    assert Subject.objects.count() == 14
    assert TeachingAssignment.objects.filter(staff__last_name="Максимова").count() == 4
    assert SchoolClass.objects.filter(class_teacher__isnull=True).count() == 0
    assert StaffPosition.objects.filter(position="deputy_director_uvr").get().staff.last_name == "Андреева"


def test_imported_staff_get_no_login(school: School) -> None:
    run("import_staff", SAMPLES / "staff.xlsx")

    assert Staff.objects.count() == 18
    assert not User.objects.exists()


@pytest.mark.parametrize("command", ["import_pupils", "import_staff"])
def test_the_same_file_again_changes_nothing_and_says_so(school: School, command: str) -> None:
    file = SAMPLES / f"{command.removeprefix('import_')}.xlsx"
    first = run(command, file)
    again = run(command, file)

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, first["created"])
    assert again["classes"] == first["classes"]


def test_another_class_for_a_known_pupil_is_a_move_on_the_stated_date(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А")))
    answer = run("import_pupils", contingent(tmp_path, kovtun("7Б", "10.10.2026")))

    assert (answer["created"], answer["updated"]) == (0, 1)
    assert seats() == [("7А", "2026-09-01", "2026-10-09"), ("7Б", "2026-10-10", None)]


def test_another_class_without_a_date_is_a_move_today(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А")))
    run("import_pupils", contingent(tmp_path, kovtun("7Б")))

    assert seats() == [("7А", "2026-09-01", "2026-11-20"), ("7Б", "2026-11-21", None)]


def test_nobody_is_moved_on_a_day_that_is_not_understood(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А")))
    answer = run("import_pupils", contingent(tmp_path, kovtun("7Б", "вчера")))

    assert (answer["updated"], [(cell["cell"], cell["value"]) for cell in answer["rejected"]]) == (0, [("H2", "вчера")])
    assert seats() == [("7А", "2026-09-01", None)]


def test_a_newcomer_with_a_date_sits_in_the_class_from_it(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А", "10.10.2026")))

    assert seats() == [("7А", "2026-10-10", None)]


def test_pupils_missing_from_a_file_are_never_deleted(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А")))
    run("import_pupils", contingent(tmp_path, ["200", "Седых", "Лада", "Ивановна", "Ж", "09.08.2013", "7А", "", ""]))

    assert Pupil.objects.count() == 2
    assert seats() == [("7А", "2026-09-01", None)]


def test_a_shared_telephone_never_merges_two_people(school: School, tmp_path: Path) -> None:
    headings = ["Ид.", "ФИО", "Класс", "Родитель", "Телефон родителя", "E-mail родителя"]
    rows = [
        ["100", "Ковтун Матвей Андреевич", "7А", "Ковтун Анна Павловна", "+7 900 000-00-01", "home@school.example"],
        ["101", "Ковтун Лада Андреевна", "5А", "Ковтун Андрей Ильич", "+7 900 000-00-01", "home@school.example"],
    ]
    run("import_pupils", contingent(tmp_path, *rows, headings=headings))

    assert {guardian.first_name for guardian in Guardian.objects.all()} == {"Анна", "Андрей"}


def test_a_rejected_row_is_listed_with_sheet_cell_value_and_reason(school: School, tmp_path: Path) -> None:
    answer = run("import_pupils", contingent(tmp_path, kovtun("выбыл")))

    (cell,) = answer["rejected"]
    assert (cell["sheet"], cell["cell"], cell["value"]) == ("Sheet", "G2", "выбыл")
    assert "не класс" in cell["reason"]
    assert answer["created"] == 0


def test_external_ids_are_unique_within_a_school_only(school: School, tmp_path: Path) -> None:
    make_school("S2")
    file = contingent(tmp_path, kovtun("7А"))
    run("import_pupils", file)
    run("import_pupils", file, school="S2")

    assert Pupil.objects.filter(external_id="100").count() == 2


def test_a_file_that_is_no_contingent_is_refused_and_nothing_is_written(school: School, tmp_path: Path) -> None:
    file = tmp_path / "список.xlsx"
    file.write_bytes(b"PK\x03\x04 this is no workbook")
    answer = refused("import_pupils", file)

    assert answer["files"][0]["file"] == "список.xlsx"
    assert answer["error"] == answer["files"][0]["error"]
    assert not ImportBatch.objects.exists()


def test_an_unknown_school_and_a_missing_file_are_refused(school: School, tmp_path: Path) -> None:
    assert "НЕТ" in refused("import_pupils", SAMPLES / "pupils.xlsx", school="НЕТ")["error"]
    assert refused("import_pupils", tmp_path / "нет.xlsx")["files"][0]["file"] == "нет.xlsx"


def test_an_import_can_be_undone(school: School) -> None:
    run("import_pupils", SAMPLES / "pupils.xlsx")
    undo(by=None, batch=ImportBatch.objects.get())

    assert not Pupil.objects.exists()
    assert not Guardian.objects.exists()
    assert not SchoolClass.objects.exists()
    assert ImportBatch.objects.get().state == ImportBatch.State.UNDONE


def test_undoing_restores_what_was_before(school: School, tmp_path: Path) -> None:
    run("import_pupils", contingent(tmp_path, kovtun("7А")))
    moved = kovtun("7Б", "10.10.2026")
    moved[1] = "Орлов"
    undone = run("import_pupils", contingent(tmp_path, moved))["batch"]
    undo(by=None, batch=ImportBatch.objects.get(pk=undone))

    assert Pupil.objects.get().last_name == "Ковтун"
    assert seats() == [("7А", "2026-09-01", None)]
    assert [str(one) for one in SchoolClass.objects.all()] == ["7А"]


def test_undoing_a_staff_import_gives_classes_back_their_teachers(school: School) -> None:
    run("import_pupils", SAMPLES / "pupils.xlsx")
    batch = run("import_staff", SAMPLES / "staff.xlsx")["batch"]
    undo(by=None, batch=ImportBatch.objects.get(pk=batch))

    assert not Staff.objects.exists()
    assert not Subject.objects.exists()
    assert SchoolClass.objects.filter(class_teacher__isnull=True).count() == 6


def test_undoing_is_refused_when_later_facts_depend_on_it(school: School, tmp_path: Path) -> None:
    first = run("import_pupils", contingent(tmp_path, kovtun("7А")))["batch"]
    run("import_pupils", contingent(tmp_path, kovtun("7Б")))
    with pytest.raises(UndoRefused) as refusal:
        undo(by=None, batch=ImportBatch.objects.get(pk=first))

    assert refusal.value.changed[0]["external_id"] == "100"
    assert Pupil.objects.count() == 1


def test_undoing_is_refused_when_pupils_have_marks_and_says_so(school: School, tmp_path: Path) -> None:
    batch = run("import_pupils", contingent(tmp_path, kovtun("7А")))["batch"]
    Mark.objects.create(
        school=school,
        year=school.years.get(),
        pupil=Pupil.objects.get(),
        subject=make_subject(school, "Алгебра"),
        date=date(2026, 9, 10),
        value=4,
    )
    with pytest.raises(UndoRefused) as refusal:
        undo(by=None, batch=ImportBatch.objects.get(pk=batch))

    assert refusal.value.details == ["Ковтун Матвей Андреевич: отметка (1)"]
    assert Pupil.objects.exists()

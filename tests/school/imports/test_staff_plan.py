"""Decisions about rows of a staff file, without a database."""

from dataclasses import replace

import pytest

from school.imports.known import Collective, KnownStaff
from school.imports.parsed import ParsedStaff, StaffRow
from school.imports.positions import position_of
from school.imports.staff import StaffDecision, StaffPlan, plan_staff
from school.roles import Position

SEVEN_A, SEVEN_B, ALGEBRA = 71, 72, 5
EMPTY = Collective({}, {}, {}, {}, {}, ())
LOZA = KnownStaff(
    pk=1,
    name=("Лоза", "Ирина", "Петровна"),
    email="loza@school.example",
    phone="",
    left=False,
    positions=frozenset({"teacher"}),
    assignments=frozenset({(ALGEBRA, SEVEN_A)}),
)


def known(*staff: KnownStaff, **more: object) -> Collective:
    base = Collective(
        classes={(7, "А"): SEVEN_A, (7, "Б"): SEVEN_B},
        titles={SEVEN_A: "7А", SEVEN_B: "7Б"},
        leaders={},
        subjects={"алгебра": ALGEBRA},
        subject_names={ALGEBRA: "Алгебра"},
        staff=staff,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def row(name: str = "Лоза Ирина Петровна", number: int = 1, **fields: object) -> StaffRow:
    last, first, *middle = name.split()
    cells = {"last_name": f"A{number + 1}", "positions": f"B{number + 1}", "classes": f"D{number + 1}"}
    return StaffRow("Лист1", number, last, first, " ".join(middle), cells=cells, **fields)  # type: ignore[arg-type]


def plan(school: Collective, *rows: StaffRow) -> StaffPlan:
    return plan_staff(ParsedStaff(rows), school)


def only(planned: StaffPlan) -> StaffDecision:
    (decision,) = planned.decisions
    return decision


def reasons(planned: StaffPlan) -> list[str]:
    return [cell.reason for cell in planned.rejected]


def test_a_new_teacher_brings_position_subject_and_classes() -> None:
    planned = plan(EMPTY, row(positions=("Учитель",), subjects=("Алгебра",), classes=("7А", "7 б"), leads=("7A",)))
    decision = only(planned)
    assert (decision.kind, decision.positions) == ("created", ("teacher",))
    assert planned.new_classes == {-1: (7, "А"), -2: (7, "Б")}
    assert planned.new_subjects == {-1: "Алгебра"}
    assert decision.assignments == ((-1, -1), (-1, -2))
    assert decision.leads == (-1,)
    assert planned.classes == 2
    assert decision.notes == ("Учитель", "Алгебра: 7А, 7Б", "классный руководитель 7А")


def test_rows_of_one_person_are_gathered() -> None:
    planned = plan(
        known(),
        row(positions=("Учитель",), subjects=("Алгебра",), classes=("7А",)),
        row(number=2, positions=("Учитель",), subjects=("Геометрия",), classes=("7А", "7Б")),
    )
    assert planned.count("created") == 1
    assert only(planned).assignments == ((ALGEBRA, SEVEN_A), (-1, SEVEN_A), (-1, SEVEN_B))
    assert only(planned).positions == ("teacher",)


def test_the_same_row_again_changes_nothing() -> None:
    again = row(positions=("Учитель",), subjects=("алгебра",), classes=("7А",), leads=("7А",))
    assert only(plan(known(LOZA, leaders={SEVEN_A: 1}), again)).kind == "unchanged"


def test_what_is_new_about_a_known_person_is_added() -> None:
    decision = only(plan(known(LOZA), row(positions=("Руководитель ШМО",), subjects=("Алгебра",), classes=("7Б",))))
    assert (decision.kind, decision.staff) == ("updated", 1)
    assert decision.positions == ("methodical_head",)
    assert decision.assignments == ((ALGEBRA, SEVEN_B),)


def test_a_subject_is_found_by_its_alias() -> None:
    school = known(LOZA, subjects={"алгебра": ALGEBRA, "математика (алгебра)": ALGEBRA})
    assert plan(school, row(subjects=("Математика (Алгебра)",), classes=("7А",))).new_subjects == {}


def test_namesakes_of_a_file_are_told_apart_by_e_mail() -> None:
    planned = plan(
        known(),
        row(email="one@school.example"),
        row(number=2, email="two@school.example"),
        row(number=3),
    )
    assert planned.count("created") == 2
    assert reasons(planned) == ["в файле несколько человек с этим именем: нужен e-mail, чтобы понять, кто это"]


def test_a_shared_e_mail_merges_no_people() -> None:
    planned = plan(known(LOZA), row("Ким Олег Павлович", email="loza@school.example"))
    assert only(planned).kind == "created"


def test_a_namesake_in_the_school_is_asked_about() -> None:
    planned = plan(known(LOZA, replace(LOZA, pk=2, email="")), row())
    assert reasons(planned) == ["в школе есть тёзка: нужен e-mail, по которому их можно различить"]
    assert only(plan(known(LOZA, replace(LOZA, pk=2, email="")), row(email="LOZA@school.example"))).staff == 1


def test_one_who_left_is_not_brought_back_by_a_file() -> None:
    assert "уволенный" in reasons(plan(known(replace(LOZA, left=True)), row()))[0]


def test_a_class_has_one_teacher_of_its_own() -> None:
    planned = plan(known(), row(leads=("7А",)), row("Ким Олег Павлович", number=2, leads=("7А",)))
    assert [decision.leads for decision in planned.decisions] == [(SEVEN_A,), ()]
    assert reasons(planned) == ["в строке 2 у этого класса другой классный руководитель"]


def test_what_is_not_understood_is_listed_and_the_person_is_kept() -> None:
    planned = plan(known(), row(positions=("Библиотекарь",), classes=("все",)))
    assert only(planned).kind == "created"
    assert [(cell.cell, cell.value) for cell in planned.rejected] == [("B2", "Библиотекарь"), ("D2", "все")]


def test_what_is_no_address_is_listed_and_not_kept() -> None:
    planned = plan(known(), row(email="нет"))
    assert only(planned).fields["email"] == ""
    assert reasons(planned) == ["это не адрес почты: человек записан без него"]


def test_classes_without_a_subject_assign_nothing() -> None:
    planned = plan(known(), row(classes=("7А",)))
    assert only(planned).assignments == ()
    assert reasons(planned) == ["классы без предмета: не сказано, что ведёт"]


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("Учитель", Position.TEACHER),
        ("учитель математики", Position.TEACHER),
        ("Учитель-логопед", Position.SPEECH_THERAPIST),
        ("Педагог-психолог", Position.PSYCHOLOGIST),
        ("Социальный педагог", Position.SOCIAL_PEDAGOGUE),
        ("Заместитель директора по УВР", Position.DEPUTY),
        ("зам. директора по учебно-воспитательной работе", Position.DEPUTY),
        ("Завуч", Position.DEPUTY),
        ("Руководитель психологической службы", Position.PSYCH_HEAD),
        ("Руководитель МО учителей математики", Position.METHODICAL_HEAD),
        ("Директор", Position.DIRECTOR),
        ("Тьютор", Position.TUTOR),
        ("Заместитель директора по АХЧ", None),
        ("Заместитель директора по воспитательной работе", None),
        ("Директор столовой", None),
        ("", None),
    ],
)
def test_positions_are_known_by_the_words_that_schools_use(written: str, position: Position | None) -> None:
    assert position_of(written) == position

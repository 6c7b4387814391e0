"""What stands at the edges of gradebook files: totals, classes that the school lacks, cells rejected whole."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gradebook.models import Mark
from school.models import Subject
from tests.contract.small import ALYONA, NONE, flat, heading, journal, load, school_with_pupils, summary, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

TOTALS = (
    "Средний балл",
    "Успеваемость, %",
    "Качество знаний, %",
    "Кол-во «5»",
    "Кол-во двоек",
    "КЗ, %",
    "СОУ",
    "Аттестовано",
    "Успевают на «4» и «5»",
    "Обученность, %",
    "Отсутствовало",
    "Дано уроков",
    "Итоговый средний балл",
    "н/а",
    "«5»",
    "По школе",
)


@pytest.fixture
def code(db: None, tmp_path: Path) -> str:
    return school_with_pupils(tmp_path)


def test_rows_of_totals_are_no_pupils_in_a_summary(code: str, tmp_path: Path) -> None:
    file = summary(tmp_path, ["Химия", "Музыка"], [[ALYONA, 4, 3]], foot=[[None, name, 4, 66.7] for name in TOTALS])
    told = load(code, file)
    assert (told["period_results"]["created"], told["rejected"], told["unmatched"]) == (2, [], [])


def test_rows_of_totals_are_no_pupils_in_a_journal(code: str, tmp_path: Path) -> None:
    file = journal(tmp_path, [[ALYONA, 4, 3, 3, 4]], days=(1, 2), foot=[[None, name, 4, 2.5, 4, 4] for name in TOTALS])
    told = load(code, file)
    assert (told["marks"]["created"], told["rejected"], told["unmatched"]) == (2, [], [])


def test_rows_of_totals_are_no_subjects_of_a_pupil(code: str, tmp_path: Path) -> None:
    head: list[Any] = [
        heading(""),
        [f"Ученик: {ALYONA}"],
        ["Предмет", "сентябрь", "Итоговая оценка за период"],
        [None, 1, None],
    ]
    load(code, workbook(tmp_path, [*head, ["Химия", 4, 4], *[[name, 4, 3] for name in TOTALS]]))
    assert [subject.name for subject in Subject.objects.filter(school__code=code)] == ["Химия"]


def test_a_numbered_row_is_a_pupil_whatever_its_name(code: str, tmp_path: Path) -> None:
    told = load(code, summary(tmp_path, ["Химия"], [[ALYONA, 4], ["Неведомый", 5]]))
    assert [(row["cell"], row["value"]) for row in told["unmatched"]] == [("B5", "Неведомый")]


def test_a_class_that_the_school_lacks_is_an_unmatched_row_also_with_an_identifier(code: str, tmp_path: Path) -> None:
    rows = [["3", ALYONA, "9Щ", "Химия", date(2026, 9, 1), 5], ["3", ALYONA, "7А", "Химия", date(2026, 9, 2), 4]]
    told = load(code, flat(tmp_path, rows))
    assert told["marks"] == {**NONE, "created": 1}
    assert [(row["reason"], row["candidates"]) for row in told["unmatched"]] == [("в школе нет класса 9Щ", [ALYONA])]


def test_a_cell_with_a_mark_in_grade_one_is_rejected_whole(code: str, tmp_path: Path) -> None:
    rows = [["Малышев Том Ильич", "Н 4", "Н"]]
    told = load(code, journal(tmp_path, rows, days=(1, 2), right=(), class_name="1А"))
    assert (told["marks"], told["absences"]) == (NONE, {**NONE, "created": 1})
    assert [(cell["cell"], cell["reason"]) for cell in told["rejected"]] == [("C4", "в 1 классе отметки не ставятся")]
    assert not Mark.objects.exists()


def test_the_heading_of_a_table_below_is_no_mark_of_the_table_above(code: str, tmp_path: Path) -> None:
    def page(subject: str, *days: int) -> list[list[Any]]:
        title = ["Класс:", "7А", None, "Предмет:", subject, None, "Период:", "с 01.09.26 по 31.10.26"]
        return [title, ["№", "ФИО", *(f"{day:02}.09.2026" for day in days)], [1, ALYONA, *(4 for _ in days)]]

    rows = [*page("Химия", 1, 2), [], *page("Музыка", 3, 4)]
    rows[1] += [None] * 4  # the lower title is wider than the upper table
    told = load(code, workbook(tmp_path, rows))
    assert (told["marks"], told["rejected"]) == ({**NONE, "created": 4}, [])


def test_a_formula_that_nobody_has_computed_is_told_and_takes_nothing_away(code: str, tmp_path: Path) -> None:
    load(code, journal(tmp_path, [[ALYONA, 4, 3]], days=(1, 2)))

    told = load(code, journal(tmp_path, [[ALYONA, 4, "=1+1", "=AVERAGE(C4:D4)", "=ROUND(E4,0)"]], days=(1, 2)))

    assert told["marks"] == {**NONE, "unchanged": 1}
    reason = "формула не вычислена: откройте файл в Excel, сохраните и загрузите снова"
    assert [(cell["cell"], cell["value"], cell["reason"]) for cell in told["rejected"]] == [
        ("D4", "=1+1", reason),
        ("F4", "=ROUND(E4,0)", reason),
    ]
    assert Mark.objects.count() == 2


@pytest.mark.parametrize("column", [4, 5])
def test_so_it_is_in_a_flat_list_and_in_a_protocol(code: str, tmp_path: Path, column: int) -> None:
    flat_row: list[Any] = ["3", ALYONA, "7А", "Химия", date(2026, 9, 1), "=2+2"]
    work_heads = ("Код участника", "ФИО", "Вариант", "Балл", "Отметка", "Отметка по журналу")
    work_row: list[Any] = ["001", ALYONA, 1, 12, 4, 4]
    work_row[column] = "=IF(D3>10,4,3)"

    listed = load(code, flat(tmp_path, [flat_row]))
    work = load(code, workbook(tmp_path, [["ВПР. Предмет: Химия. Класс: 7А"], work_heads, work_row]))

    assert (listed["marks"], [cell["cell"] for cell in listed["rejected"]]) == (NONE, ["F2"])
    assert (work["assessment_results"], [cell["value"] for cell in work["rejected"]]) == (NONE, ["=IF(D3>10,4,3)"])

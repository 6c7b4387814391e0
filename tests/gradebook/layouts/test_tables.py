"""Tables as other journals and other people make them, each a case that once could be misread."""

from datetime import date, datetime

import pytest

from common.tabular import Cell, Merge
from common.tabular.errors import Problem
from gradebook.parsed import Coverage
from tests.gradebook.layouts.sheets import read

TITLE: list[Cell] = ["Журнал. Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"]


def test_the_day_row_may_carry_the_names_and_the_months_stand_above_it() -> None:
    got = read([TITLE, [None, None, "Сентябрь", None], ["№", "ФИО", 1, 2], [1, "Ковтун Матвей", 5, "н"]])
    assert got.marks() == [("Ковтун", "Алгебра", "2026-09-01", "5")]
    assert got.absences() == [("Ковтун", "Алгебра", "2026-09-02", "unexcused")]


@pytest.mark.parametrize(
    "heads",
    [
        [date(2026, 9, 1), date(2027, 1, 12)],
        [datetime(2026, 9, 1), datetime(2027, 1, 12)],  # noqa: DTZ001
        ["01.09.2026", "12.01.2027"],
        ["01.09", "12.01"],
        ["1.9", "12.1"],
        ["2026-09-01", "2027-01-12"],
        [46266.0, 46399.0],
        ["1 сентября", "12 января"],
    ],
)
def test_days_may_be_whole_dates_and_january_is_in_the_second_year(heads: list[Cell]) -> None:
    got = read([TITLE, ["ФИО", *heads], ["Ковтун Матвей", 5, 4]])
    assert [(day, raw) for _, _, day, raw in got.marks()] == [("2026-09-01", "5"), ("2027-01-12", "4")]
    assert got.block.covered_days == (date(2026, 9, 1), date(2027, 1, 12))


def test_the_tenth_month_that_became_a_number_is_october_after_september() -> None:
    got = read([TITLE, ["ФИО", 28.09, 1.1, 2.1], ["Ковтун Матвей", 5, 4, 3]])
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-28", "2026-10-01", "2026-10-02"]


def test_weekdays_under_the_days_and_a_row_of_column_numbers_are_no_pupils() -> None:
    got = read(
        [
            TITLE,
            ["№", "ФИО", "сентябрь", None, None],
            [None, None, 1, 2, 3],
            [None, None, "вт", "ср", "чт"],
            [1, 2, 3, 4, 5],
            [1, "Ковтун Матвей", 5, 4, 3],
        ]
    )
    assert len(got.marks()) == 3 and len(got.block.pupils) == 1 and got.rejected == []


def test_a_double_lesson_covers_its_day_once_and_keeps_both_marks() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 1, 1], ["Ковтун Матвей", 5, 5]])
    assert len(got.marks()) == 2 and got.block.covered_days == (date(2026, 9, 1),)


def test_a_day_that_no_calendar_has_is_rejected_and_its_column_is_not_covered() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 31, 30], ["Ковтун Матвей", 5, 4]])
    assert got.reasons() == [("B3", "31", "такого дня нет в календаре: столбец не прочитан")]
    assert [raw for *_, raw in got.marks()] == ["4"] and got.block.covered_days == (date(2026, 9, 30),)


def test_a_rejected_cell_makes_its_lesson_unsure_so_that_nothing_is_removed_there() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 1, 2], ["Ковтун Матвей", "4 6", 4], ["Ли Ян", "5555", 5]])
    days = [date(2026, 9, 1).toordinal()] * 2
    assert got.block.coverage is Coverage.LESSON_DAYS
    assert got.block.unsure == {(0, 0, days[0]), (1, 0, days[1])}
    assert got.reasons() == [
        ("B4", "4 6", "отметка вне шкалы 1–5"),
        ("B5", "5555", "не разделены отметки: нужно «5 5 5 5» или «5/5/5/5»"),
    ]


def test_a_class_without_marks_yet_is_covered_too() -> None:
    got = read([TITLE, ["№", "ФИО", "сентябрь"], [None, None, 1], [1, "Ковтун Матвей", None]])
    assert [pupil.name for pupil in got.block.pupils] == ["Ковтун Матвей"]
    assert got.block.subjects == ("Алгебра",) and len(got.block.covered_days) == 1


def test_separate_name_columns_identifier_class_and_birth_date_identify_a_pupil() -> None:
    got = read(
        [
            TITLE,
            ["Отчество", "Ид.", "Имя", "Фамилия", "Класс", "Дата рождения", "01.09"],
            ["Андреевич", "0150", "Матвей", "Ковтун", "7Б", "08.05.2015", 5],
        ]
    )
    (pupil,) = got.block.pupils
    assert (pupil.name, pupil.external_id, pupil.class_name, pupil.birth_date, pupil.cell) == (
        "Ковтун Матвей Андреевич",
        "0150",
        "7Б",
        date(2015, 5, 8),
        "D3",
    )


def test_a_name_heading_merged_over_three_columns_joins_its_parts() -> None:
    got = read(
        [TITLE, ["№", "ФИО", None, None, "01.09"], [1, "Ковтун", "Матвей", "Андреевич", 5]], merges=[Merge(1, 1, 1, 3)]
    )
    assert got.block.pupils[0].name == "Ковтун Матвей Андреевич"


def test_two_rows_of_one_merged_name_are_one_pupils_lines() -> None:
    got = read([TITLE, ["ФИО", "01.09"], ["Ковтун Матвей", 5], [None, 4]], merges=[Merge(2, 0, 3, 0)])
    assert [name for name, *_ in got.marks()] == ["Ковтун", "Ковтун"] and got.rejected == []


def test_added_columns_in_a_journal_are_passed_over() -> None:
    got = read(
        [
            TITLE,
            ["№", "Пол", "ФИО", "Примечание", "сентябрь", None, "Поведение", "Ср."],
            [None, None, None, None, 1, 2, None, None],
            [1, "М", "Ковтун Матвей", "4", 5, 4, 5, 4.5],
        ]
    )
    assert len(got.marks()) == 2 and got.results() == [] and got.rejected == []
    assert [(mean.mean, mean.weighted) for mean in got.block.means] == [(4.5, None)]


def test_marks_without_a_name_are_rejected_and_totals_are_not() -> None:
    got = read(
        [
            TITLE,
            ["№", "ФИО", "01.09", "02.09"],
            [1, "Ковтун Матвей", 5, 4],
            [2, None, 5, 3],
            [None, "Средний балл", 5, 3.5],
            ["Успеваемость", None, 100, 100],
            [None, "Учитель: Ли Н. П.", None, None],
        ]
    )
    assert got.reasons() == [("B4", "", "в строке с отметками не указан ученик")]
    assert len(got.block.pupils) == 1


def test_several_result_columns_have_each_their_period() -> None:
    heads = ["ФИО", "1 четв.", "2 четв.", "Год", "Экз.", "Итоговая"]
    got = read([TITLE, [*heads, "01.09"], ["Ковтун Матвей", "4", "н/а", 4, 5, 5, 5]])
    assert [result for *_, result in got.results()] == ["quarter 1 4", "quarter 2 н/а", "year 4", "exam 5", "final 5"]


def test_an_ending_result_beside_lessons_is_of_the_period_when_no_year_stands_beside_it() -> None:
    got = read([TITLE, ["ФИО", "01.09", "Итоговая оценка"], ["Ковтун Матвей", 5, 4]])
    assert got.results() == [("Ковтун", "Алгебра", "quarter 1 4")]


def test_a_journal_that_names_no_subject_takes_it_from_its_sheet() -> None:
    rows: list[list[Cell]] = [["Класс: 7А"], ["ФИО", "01.09.2026"], ["Ковтун Матвей", 5]]
    assert read(rows, name="Геометрия").block.subjects == ("Геометрия",)
    for name in ("Лист1", "7А", "Sheet"):
        with pytest.raises(Problem, match="не указан предмет"):
            read(rows, name=name)
    with pytest.raises(Problem, match="не указан предмет"):
        read(rows, name="journal", titled=False)


def test_days_without_a_year_need_one_from_somewhere() -> None:
    rows: list[list[Cell]] = [["Класс: 7А. Предмет: Алгебра"], ["ФИО", "сентябрь"], [None, 1], ["Ковтун Матвей", 5]]
    with pytest.raises(Problem, match="не указан учебный год"):
        read(rows)
    assert read(rows, year=2025).marks() == [("Ковтун", "Алгебра", "2025-09-01", "5")]
    dated: list[list[Cell]] = [["Период: с 01.09.24 по 31.10.24"], *rows]
    assert read(dated, year=2025).marks() == [("Ковтун", "Алгебра", "2024-09-01", "5")]


def test_a_summary_may_have_periods_under_subjects_or_subjects_under_periods() -> None:
    under = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["ФИО", "Алгебра", None, "История", None],
            [None, "1 ч.", "Год", "1 ч.", "Год"],
            ["Ковтун Матвей", 4, 5, 3, 3],
        ]
    )
    above = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["ФИО", "1 четверть", None, "Год", None],
            [None, "Алгебра", "История", "Алгебра", "История"],
            ["Ковтун Матвей", 4, 3, 5, 3],
        ]
    )
    assert sorted(under.results()) == sorted(above.results())
    assert ("Ковтун", "История", "year 3") in under.results()


def test_a_summary_with_a_group_over_its_subjects_reads_the_subjects() -> None:
    got = read(
        [
            ["Сводная ведомость 7А класса за 1 триместр 2026/2027 учебного года"],
            ["№", "Ученик", "Предметы", None, "Средний балл"],
            [None, None, "Алгебра", "Робототехника", None],
            [1, "Ковтун Матвей", 4, "зач", 4.0],
            [None, "Качество знаний, %", 100, None, None],
        ],
        merges=[Merge(1, 2, 1, 3), Merge(1, 0, 2, 0), Merge(1, 1, 2, 1), Merge(1, 4, 2, 4)],
    )
    assert got.results() == [
        ("Ковтун", "Алгебра", "trimester 1 4"),
        ("Ковтун", "Робототехника", "trimester 1 зач"),
    ]
    assert (got.block.class_name, got.block.year_start) == ("7А", 2026)


def test_a_summary_without_a_period_says_so_by_none() -> None:
    got = read([["Класс: 7А"], ["ФИО", "Алгебра"], ["Ковтун Матвей", 4]])
    assert got.block.period is None and [result.period for result in got.block.results] == [None]


def test_a_wrong_result_in_a_subject_is_rejected_and_an_added_column_is_not_read() -> None:
    got = read([["Класс: 7А"], ["ФИО", "Алгебра", "Кружок"], ["Ковтун Матвей", 6, "шахматы"]])
    assert got.reasons() == [("B3", "6", "отметка вне шкалы 1–5")]


def test_namesakes_in_a_class_stay_two() -> None:
    got = read([TITLE, ["ФИО", "01.09"], ["Ли Ян", 5], ["Ли Ян", 2]])
    assert [pupil.cell for pupil in got.block.pupils] == ["A3", "A4"]


def test_stacked_blocks_repeat_class_and_year_or_inherit_them() -> None:
    got = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["Предмет: Алгебра"],
            ["ФИО", "01.09"],
            ["Ковтун Матвей", 5],
            [],
            ["Предмет: История"],
            ["ФИО", "02.09"],
            ["Ковтун Матвей", 3],
        ]
    )
    assert got.marks() == [("Ковтун", "Алгебра", "2026-09-01", "5"), ("Ковтун", "История", "2026-09-02", "3")]
    assert [block.class_name for block in got.blocks] == ["7А", "7А"]


PROGRESS: list[list[Cell]] = [
    ["Учебный год: 2026/2027"],
    ["Класс: 7А"],
    ["Период: с 01.09.26 по 24.10.26"],
    ["Ученик", "Ковтун Матвей Андреевич"],
    ["Предмет", "Сентябрь", None, "Средняя оценка", "Средневзвешенный балл", "Итоговая оценка за период"],
    [None, 1, 2],
    ["Труд (Технология) мальчики", "3/4", "Н", 3.5, 0, "4"],
    ["Химия", None, None, 0, 0, None],
    ["МБОУ СОШ № 1"],
    ["Н - Неуважительная, О - Опоздание, Х - Неизвестно"],
]


def test_a_progress_report_keeps_subgroups_covers_empty_subjects_and_drops_titles() -> None:
    got = read(PROGRESS)
    assert got.block.subjects == ("Труд (Технология) мальчики", "Химия")
    assert [(mean.mean, mean.weighted) for mean in got.block.means] == [(3.5, None)]
    assert [(entry.code, entry.reason) for entry in got.block.legend] == [
        ("Н", "unexcused"),
        ("О", "late"),
        ("Х", None),
    ]
    (pupil,) = got.block.pupils
    assert (pupil.name, pupil.class_name, pupil.cell) == ("Ковтун Матвей Андреевич", "7А", "B4")
    assert got.block.results[0].period == got.block.period and got.block.period and got.block.period.last


def test_a_progress_report_without_a_pupil_is_refused() -> None:
    with pytest.raises(Problem, match="не указан ученик"):
        read([*PROGRESS[:3], *PROGRESS[4:]])


FLAT: list[Cell] = ["Дата", "Оценка", "Вес", "Вид работы", "Предмет", "Класс", "ФИО"]


def test_a_flat_list_gives_weights_and_kinds_of_work_and_speaks_only_for_its_rows() -> None:
    got = read([FLAT, ["01.09.2026", "5/4", "1,5", "Контрольная работа", "Алгебра", "7А", "Ковтун Матвей"]])
    assert [(mark.value, mark.weight, mark.work) for mark in got.block.marks] == [
        (5, 1.5, "Контрольная работа"),
        (4, 1.5, "Контрольная работа"),
    ]
    assert got.block.coverage is Coverage.NAMED and got.block.covered_days == ()


def test_a_flat_list_may_state_absences_in_the_mark_or_beside_it() -> None:
    got = read(
        [
            ["ФИО", "Класс", "Предмет", "Дата", "Отметка", "Посещаемость"],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 1), "Н", None],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 2), 4, "б"],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 3), 4, None],
        ]
    )
    assert [reason for *_, reason in got.absences()] == ["unexcused", "illness"] and len(got.marks()) == 2


def test_rows_of_a_flat_list_that_lack_something_are_rejected_where_it_is_missing() -> None:
    whole: list[Cell] = ["01.09.2026", 5, None, None, "Алгебра", "7А", "Ковтун Матвей"]
    rows = [list(whole) for _ in range(6)]
    rows[1][0], rows[2][4], rows[3][6], rows[4][1], rows[5][1] = "завтра", None, None, None, "6"
    got = read([FLAT, *rows, ["Итого", 5]])
    assert got.reasons() == [
        ("A3", "завтра", "не дата"),
        ("E4", "", "не указан предмет"),
        ("G5", "", "не указан ученик"),
        ("B7", "6", "отметка вне шкалы 1–5"),
    ]
    assert len(got.marks()) == 1
    assert got.block.unsure == {(0, 0, date(2026, 9, 1).toordinal())}


def test_every_row_of_a_flat_list_can_be_named_for_an_unmatched_pupil() -> None:
    rows: list[list[Cell]] = [
        ["01.09.2026", 5, None, None, "Алгебра", "7А", name] for name in ("Ли Ян", "Ю Ян", "Ли Ян")
    ]
    block = read([FLAT, *rows]).block
    assert [list(block.places_of(pupil)) for pupil in range(2)] == [["G2", "G4"], ["G3"]]


def test_a_flat_list_whose_weights_are_words_keeps_the_marks() -> None:
    got = read([FLAT, ["01.09.2026", 5, "много", None, "Алгебра", "7А", "Ли Ян"]])
    assert got.reasons() == [("C2", "много", "не вес отметки")] and len(got.marks()) == 1


PROTOCOL: list[Cell] = ["Код участника", "ФИО", "Класс", "Вариант", "Балл", "Отметка за работу", "Отметка по журналу"]


def test_a_protocol_leaves_out_who_did_not_write_and_rejects_impossible_marks() -> None:
    got = read(
        [
            ["МБОУ СОШ № 1"],
            ["ВПР, 7 класс, Русский язык"],
            ["Дата проведения: 07.10.2026"],
            PROTOCOL,
            [10001, "Ковтун Матвей", "7А", 1, 20, 4, 5],
            [10002, "Ли Ян", "7А", 2, None, "не писал", 4],
            [10003, "Ю Ян", "7А", 2, 30, 7, 4],
            [10004, "Ко Ян", "7А", 2, "12,5", "3", "н/а"],
        ]
    )
    assert got.reasons() == [("F7", "7", "отметка вне шкалы 1–5")]
    assert [(one.code, one.variant, one.score, one.mark, one.journal_mark) for one in got.block.assessed] == [
        ("10001", "1", 20.0, 4, 5),
        ("10004", "2", 12.5, 3, None),
    ]
    work = got.block.work
    assert work and (work.title, work.grade, work.subject, work.day) == ("ВПР", 7, "Русский язык", date(2026, 10, 7))
    assert len(got.block.marks) == 0 and got.block.results == ()


def test_a_protocol_that_names_no_subject_is_refused() -> None:
    with pytest.raises(Problem, match="не указан предмет работы"):
        read([["ВПР. 7 класс"], PROTOCOL, [10001, "Ковтун Матвей", "7А", 1, 20, 4, 5]])


def test_a_sheet_of_no_known_layout_is_refused_unless_nobody_can_see_it() -> None:
    notes: list[list[Cell]] = [["Заметки учителя"], ["позвонить родителям", 5]]
    with pytest.raises(Problem, match="лист «Заметки» не похож ни на одну известную выгрузку"):
        read(notes, name="Заметки")
    assert read(notes, hidden=True).blocks == []


def test_a_contingent_is_no_gradebook() -> None:
    heads: list[Cell] = [
        "№",
        "Ид.",
        "Фамилия",
        "Имя",
        "Отчество",
        "Пол",
        "Дата рождения",
        "Класс",
        "Русский язык неродной",
    ]
    with pytest.raises(Problem, match="не похож"):
        read([heads, [1, "0150", "Ковтун", "Матвей", "Андреевич", "М", "08.05.2015", "7А", "да"]])


@pytest.mark.parametrize("days", [["1 вт", "2 (ср)"], ["вт 01", "ср 02"], ["1\nвт", "2 ср."], ["01 (1)", "2 (2 урок)"]])
def test_days_may_carry_weekdays_and_numbers_of_lessons(days: list[Cell]) -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, *days], ["Ковтун Матвей", 5, 4]])
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-01", "2026-09-02"]
    whole = read([TITLE, ["ФИО", "01.09 вт", "02.09 (ср)", "02.09 (2)"], ["Ковтун Матвей", 5, 4, 3]])
    assert [day for _, _, day, _ in whole.marks()] == ["2026-09-01", "2026-09-02", "2026-09-02"]


def test_a_column_added_among_the_days_does_not_take_their_month_away() -> None:
    got = read(
        [
            TITLE,
            ["ФИО", "сентябрь", None, "Примечание", None, "октябрь"],
            [None, 1, 2, None, 3, 1],
            ["Ковтун Матвей", 5, 4, "справка", 3, 2],
        ]
    )
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-01", "2026-09-02", "2026-09-03", "2026-10-01"]


def test_marks_under_no_heading_are_named_and_numbers_of_rows_are_not() -> None:
    got = read(
        [
            TITLE,
            [None, "ФИО", "01.09", None, None],
            [1, "Ковтун Матвей", 5, 4, None],
            [2, "Ли Ян", None, 4, None],
            [3, "Ю Ян", None, None, None],
        ]
    )
    assert got.reasons() == [("D3", "4", "над столбцом нет даты: его отметки не прочитаны")]


def test_a_named_quarter_wins_over_the_dates_beside_it() -> None:
    title: list[Cell] = ["Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть (01.09 - 24.10)"]
    got = read([title, ["ФИО", "01.09", "Итог"], ["Ковтун Матвей", 5, 4]])
    assert got.results() == [("Ковтун", "Алгебра", "quarter 1 4")]

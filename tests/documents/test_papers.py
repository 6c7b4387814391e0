"""Papers made of parts: one value, five looks."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from documents.papers.keeping import freeze_paper, thaw_paper
from documents.papers.parts import (
    Bars,
    BarsPart,
    Cell,
    Column,
    Figure,
    Figures,
    Head,
    Line,
    Lines,
    Paper,
    Section,
    Signed,
    Suggestion,
    Table,
    Text,
    change_cell,
    date_cell,
    number_cell,
    share_cell,
)
from documents.papers.printed import DROPPED, EDITED, TAKEN, Printed, Sentence
from documents.papers.rendering import column_widths, paper_html, papers_docx, papers_json, papers_name, papers_xlsx
from documents.templatetags.papers import paper_table

HEAD = Head(
    school="МБОУ СОШ № 1",
    school_code="S1",
    founder="",
    year="2026/27",
    period=1,
    period_words="за 1-ю четверть",
    starts=date(2026, 9, 1),
    ends=date(2026, 10, 31),
    made_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    about="7А",
)
TABLE = Table(
    "categories",
    "Категории",
    (Column("name", "Кто", "name"), Column("count", "Сколько", "number"), Column("share", "Доля", "number")),
    ((Cell("=Ёлкина <b>", link="/pupils/1/"), number_cell(3, link="/x/"), share_cell(1, 3)),),
    ((Cell("Итого"), number_cell(3), share_cell(0, 0)),),
)
EMPTY = Table("debts", "Задолженности", (Column("name", "Кто"),), (), empty="Задолженностей нет.")
PAPER = Paper(
    kind="probe",
    title="Отчёт классного руководителя",
    lines=("за 1-ю четверть 2026/27 учебного года",),
    head=HEAD,
    sections=(
        Section(
            "state",
            "1. Состояние",
            (
                Text(("Первый абзац.",)),
                Figures((Figure("risk", "Под риском", "32", "15,8 %", "/risk/", 32),)),
                TABLE,
                EMPTY,
                Bars("Категории по классам", ("неуспевающие", "слабоуспевающие"), (BarsPart("7А", (1, 2)),)),
                Lines("Доля", ("1", "2"), (Line("доля", (1.5, None)),)),
                Signed((("Председатель совета", "М. Ф. Ильина"),)),
            ),
            (
                Suggestion("fell", "Доля снизилась на 3 %."),
                Suggestion("rose", "Доля выросла."),
                Suggestion("same", "То же."),
            ),
        ),
    ),
    approves="А. И. Зимина",
    signatures=(("Заместитель директора", "Н. П. Самойлова"),),
)
DECIDED = {"fell": Sentence(TAKEN), "rose": Sentence(DROPPED), "same": Sentence(EDITED, "Своими словами.")}


def test_a_paper_is_the_same_value_after_it_was_kept() -> None:
    assert thaw_paper(json.loads(json.dumps(freeze_paper(PAPER)))) == PAPER


def test_a_row_has_a_cell_for_every_heading() -> None:
    with pytest.raises(ValueError, match="categories"):
        Table("categories", "", (Column("a", "А"),), ((Cell("1"), Cell("2")),))


@pytest.mark.parametrize(
    ("cell", "text", "number"),
    [
        (number_cell(None), "—", None),
        (number_cell(0, link="/x/"), "0", 0.0),
        (number_cell(1180), "1\u00a0180", 1180.0),
        (number_cell(3.456, places=2), "3,46", 3.456),
        (share_cell(1, 3), "33,3\u00a0%", 33.3),
        (share_cell(0, 0), "—", None),
        (change_cell(-2), "−2", -2.0),
        (change_cell(None), "—", None),
        (date_cell(date(2026, 11, 1)), "01.11.2026", None),
    ],
)
def test_numbers_are_written_the_russian_way_and_stay_numbers(cell: Cell, text: str, number: float | None) -> None:
    assert (cell.text, cell.number) == (text, number)


def test_nothing_leads_on_from_a_nought() -> None:
    assert number_cell(0, link="/x/").link == ""
    assert number_cell(2, link="/x/").link == "/x/"


def test_only_sentences_that_were_taken_are_said() -> None:
    section = PAPER.sections[0]
    assert Printed(PAPER).said(section) == []
    assert Printed(PAPER, sentences=DECIDED).said(section) == ["Доля снизилась на 3 %.", "Своими словами."]


def test_word_of_the_same_paper_is_the_same_bytes_whenever_it_is_made() -> None:
    content = papers_docx(Printed(PAPER, number=4, digest="0123456789abcdef0123"))
    assert {part.date_time for part in ZipFile(BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    word = Document(BytesIO(content))
    assert word.paragraphs[-1].text == "Отпечаток содержания: 0123456789abcdef"
    assert word.core_properties.comments == ""


def test_a_withdrawn_paper_says_so_in_print_and_in_word() -> None:
    printed = Printed(PAPER, number=4, withdrawn="Утверждение отозвано: ошибка в 7Б")
    assert printed.withdrawn in paper_html(printed)
    assert printed.withdrawn in [one.text for one in Document(BytesIO(papers_docx(printed))).paragraphs]


def test_not_attested_stays_whole_on_paper_and_other_signs_stay_text() -> None:
    table = Table("t", "Итоги", (Column("a", "Кто"), Column("b", "Итог")), ((Cell("А"), Cell("<б>: н/а")),))
    assert '&lt;б&gt;: <span class="o-doc__whole">н/а</span>' in paper_table(table, links=False)
    assert "&lt;б&gt;: н/а" in paper_table(table, links=True)


def test_print_workbook_word_and_json_say_the_same() -> None:
    printed = Printed(PAPER, number=4, conclusions="Вывод один.\n\nВывод два.", sentences=DECIDED)
    html = paper_html(printed)
    book = load_workbook(BytesIO(papers_xlsx(printed)))
    word = Document(BytesIO(papers_docx(printed)))
    told = json.loads(papers_json(printed))
    words = "\n".join(one.text for one in word.paragraphs)
    for text in (
        "Председатель совета",
        "М. Ф. Ильина",
        "Своими словами.",
        "Доля снизилась на 3 %.",
        "Вывод два.",
        "Задолженностей нет.",
    ):
        assert text in html
        assert text in words
    assert "Доля выросла." not in html + words
    assert "№ 4" in html
    assert "№ 4" in words
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert ["=Ёлкина <b>", 3, 33.3] in rows
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows][1] == ["=Ёлкина <b>", "3", "33,3\u00a0%"]
    [section] = told["sections"]
    assert section["tables"]["categories"]["rows"] == [{"name": "=Ёлкина <b>", "count": 3, "share": 33.3}]
    assert section["tables"]["categories"]["totals"] == [{"name": "Итого", "count": 3, "share": None}]
    assert section["said"] == ["Доля снизилась на 3 %.", "Своими словами."]
    assert told["figures"] == {"risk": 32}


def test_a_table_leads_on_from_a_page_and_not_from_paper() -> None:
    assert 'href="/pupils/1/">=Ёлкина &lt;b&gt;</a>' in paper_table(TABLE, links=True)
    assert "href" not in paper_table(TABLE, links=False)


def test_many_papers_are_one_file_under_a_name_of_all() -> None:
    both = [Printed(PAPER), Printed(PAPER)]
    assert papers_name(both) == "Отчёт классного руководителя за 1-ю четверть 2026-27"
    assert len(json.loads(papers_json(both))["papers"]) == 2
    assert len(load_workbook(BytesIO(papers_xlsx(both))).worksheets) == 4
    assert Printed(PAPER).file_name == "Отчёт классного руководителя 7А за 1-ю четверть 2026-27"


def test_columns_in_word_hold_their_longest_word_and_long_texts_get_what_is_left() -> None:
    words = column_widths(
        [["№", "Слабоуспевающие", "Показатель"], ["P01", "29", "Доля обучающихся с маршрутом " * 3]], 170
    )
    assert sum(words) <= 170
    assert words[0] < words[1] < words[2]
    assert words[1] >= 33
    assert column_widths([["А" * 60, "Б" * 60]], 100) == [50, 50]
    assert column_widths([["", ""]], 100) == [50, 50]


def test_a_long_name_wraps_between_its_words_on_paper_and_nowhere_inside_them() -> None:
    table = Table("names", "Имена", (Column("name", "Кто", "name"), Column("what", "Что")), (
        (Cell("Римская-Корсакова Александра Константиновна"), Cell("итог 2")),
        (Cell("Ковтун Матвей Андреевич"), Cell("итог 3")),
    ))  # fmt: skip
    printed, shown = paper_table(table, False), paper_table(table, True)
    assert '<span class="o-doc__whole">Римская-Корсакова</span> <span class="o-doc__whole">Александра</span>' in printed
    assert '<th scope="row" class="o-t o-nowrap o-doc__whole">Ковтун Матвей Андреевич</th>' in printed
    assert "Римская-Корсакова Александра Константиновна" in shown


def test_what_is_named_twice_is_no_paper() -> None:
    one = Suggestion("risk", "Под риском двое.")
    sections = {
        "sections": (Section("a", "", ()), Section("a", "", ())),
        "tables": (Section("a", "", (TABLE,)), Section("b", "", (TABLE,))),
        "suggestions": (Section("a", "", (), (one,)), Section("b", "", (), (one,))),
    }
    for what, told in sections.items():
        with pytest.raises(ValueError, match=what):
            Paper(kind="probe", title="", lines=(), head=HEAD, sections=told)

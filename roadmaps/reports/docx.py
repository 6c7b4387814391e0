"""The roadmap as a Word document for editing on: one table, its heading on every page."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from common.russian import date_long
from roadmaps.reports.paper import Line, RoadmapPaper

_HEADINGS = ("№", "Мероприятия", "Сроки", "Ответственные", "Ожидаемые результаты")
_WIDTHS = (Mm(10), Mm(102), Mm(40), Mm(50), Mm(45))
_FONT = "Times New Roman"


def roadmap_docx(paper: RoadmapPaper) -> bytes:
    """The bytes of the document; text of people stays text."""
    document: Any = Document()
    _page(document)
    for text in (paper.founder, paper.school):
        if text:
            _line(document, text, bold=text == paper.school, align=WD_ALIGN_PARAGRAPH.CENTER)
    for text in _approved(paper):
        _line(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, f"{paper.title}, {paper.year} учебный год", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, size=14)
    _table(document, paper)
    document.core_properties.title, document.core_properties.author = paper.title, paper.school
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _approved(paper: RoadmapPaper) -> list[str]:
    if paper.draft or paper.order_date is None:
        return ["ПРОЕКТ"]
    return ["УТВЕРЖДАЮ", f"Директор _____________ {paper.signed_by}",
            f"приказ от {date_long(paper.order_date)} № {paper.order_number}"]  # fmt: skip


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(30), Mm(10)
    section.left_margin, section.right_margin = Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(2)


def _line(document: Any, text: str, *, align: Any, bold: bool = False, size: int = 12) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold, Pt(size)


def _table(document: Any, paper: RoadmapPaper) -> None:
    table = document.add_table(rows=1, cols=len(_HEADINGS))
    table.style, table.autofit = "Table Grid", False
    _fill(table.rows[0], _HEADINGS, bold=True)
    _repeated(table.rows[0])
    for part in paper.parts:
        if part.lines:
            row = table.add_row()
            _fill(row, (part.name, "", "", "", ""), bold=True)
            row.cells[0].merge(row.cells[-1])
        for line in part.lines:
            row = table.add_row()
            _fill(row, _cells(line))
            _whole(row)


def _cells(line: Line) -> tuple[str, ...]:
    title = f"{line.title} ({line.about})" if line.about else line.title
    return str(line.number), title, line.term, line.responsible, line.result


def _fill(row: Any, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(_clean(text))
        run.bold, run.font.size = bold, Pt(11)


def _repeated(row: Any) -> None:
    """The heading stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """A row is not torn between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ").replace("\ufffe", "").replace("\uffff", "")

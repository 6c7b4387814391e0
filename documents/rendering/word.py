"""An upright A4 document for Word: letterhead, lines, tables, signatures. Text of people stays text."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_FONT = "Times New Roman"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_WIDTH = Mm(170)


class Word:
    """A document that grows from the top; `content` gives its bytes."""

    def __init__(self, title: str, author: str, *, landscape: bool = False) -> None:
        self._document: Any = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = Mm(30), Mm(10)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(12)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
        style.paragraph_format.space_after = Pt(4)
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = _clean(title), _clean(author), ""

    def letterhead(self, founder: str, school: str) -> None:
        """Whose paper it is."""
        for text in (founder, school):
            if text:
                self.line(text, bold=text == school, align="center")

    def line(self, text: str, *, bold: bool = False, align: str = "left", size: int = 12) -> None:
        """One paragraph."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        paragraph.paragraph_format.keep_with_next = bold
        run = paragraph.add_run(_clean(text))
        run.bold, run.font.size = bold, Pt(size)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        """Its heading is on every page, a row is not torn; widths in mm."""
        table = self._document.add_table(rows=1, cols=len(headings))
        table.style, table.autofit = "Table Grid", False
        _fill(table.rows[0], headings, widths, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for told in rows:
            row = table.add_row()
            _fill(row, told, widths)
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def signatures(self, lines: Iterable[tuple[str, str]]) -> None:
        """«Председатель ________ Ильина М. Ф.»."""
        for post, name in lines:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(10)
            paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run(_clean(f"{post} ____________________\t{name or '____________________'}"))

    def new_page(self) -> None:
        """What follows begins on a new page."""
        self._document.add_page_break()

    def content(self) -> bytes:
        """The file; the same document gives the same bytes: its parts bear no time."""
        saved, out = BytesIO(), BytesIO()
        self._document.save(saved)
        with ZipFile(saved) as parts, ZipFile(out, "w") as file:
            for name in parts.namelist():
                file.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
        return out.getvalue()


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        run = cell.paragraphs[0].add_run(_clean(text))
        run.bold, run.font.size = bold, Pt(11)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ").replace("\ufffe", "").replace("\uffff", "")

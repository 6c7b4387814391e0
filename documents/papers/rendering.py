"""Papers in their printed forms. Each renderer takes one or many: a class after a class, a teacher after a teacher."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string

from documents.papers.parts import Cell, Column, Figures, Paper, Section, Signed, Table, Text
from documents.papers.printed import Printed, Sayings
from documents.rendering.joined import render_joined
from documents.rendering.pdf import render_pdf
from documents.rendering.word import Word
from documents.rendering.xlsx import Cell as SheetCell
from documents.rendering.xlsx import Sheet, render_xlsx

Papers = Printed | Sequence[Printed]
_WORD_WIDTH, _WORD_WIDE = 170, 247
_CONCLUSIONS = "Выводы и решения"


def _many(papers: Papers) -> list[Printed]:
    return [papers] if isinstance(papers, Printed) else list(papers)


def papers_name(papers: Papers) -> str:
    """The name of the file, without extension."""
    every = _many(papers)
    if len(every) == 1:
        return every[0].file_name
    paper = every[0].paper
    return f"{paper.title} {paper.head.period_words} {paper.head.year}".replace("/", "-")


def paper_html(printed: Printed) -> str:
    """The print of one paper."""
    return render_to_string("documents/paper/print.html", {"printed": printed, "paper": printed.paper, "links": False})


def papers_pdf(papers: Papers) -> bytes:
    """On the school's paper; many in one file, with bookmarks."""
    every = _many(papers)
    if len(every) == 1:
        return render_pdf(paper_html(every[0]))
    titles = [one.paper.head.about or one.paper.title for one in every]
    return render_joined(map(paper_html, every), titles, papers_name(every))


def papers_xlsx(papers: Papers) -> bytes:
    """A sheet a table."""
    every = _many(papers)
    return render_xlsx([sheet for one in every for sheet in _sheets(one.paper, many=len(every) > 1)])


def _sheets(paper: Paper, *, many: bool) -> Iterator[Sheet]:
    for table in paper.tables:
        title = f"{paper.head.about} {table.title}" if many else table.title
        yield table_sheet(table, title, landscape=paper.landscape)


def table_sheet(table: Table, title: str, *, landscape: bool = False) -> Sheet:
    """A table as a sheet of this title; its own stands above the headings."""
    rows = [[_plain(cell) for cell in row] for row in (*table.rows, *table.foot)]
    return Sheet(title, [column.title for column in table.columns], rows, note=table.title, landscape=landscape)


def _plain(cell: Cell) -> SheetCell:
    if cell.number is None:
        return cell.text
    return int(cell.number) if cell.number == int(cell.number) else cell.number


def papers_json(papers: Papers) -> bytes:
    """One paper as an object; many as `{"papers": […]}`."""
    every = [paper_json(one) for one in _many(papers)]
    told: dict[str, Any] = every[0] if len(every) == 1 else {"papers": every}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def paper_json(printed: Printed) -> dict[str, Any]:
    """Tables by their codes, rows by the codes of their columns; numbers plain, words as they are read."""
    paper, head = printed.paper, printed.paper.head
    return {
        "report": paper.kind,
        "school": head.school_code,
        "year": head.year,
        "period": head.period,
        "about": head.about,
        "title": paper.title,
        "made_at": head.made_at.isoformat(),
        "number": printed.number,
        "figures": figures_json(paper.sections),
        "sections": [section_json(printed, section) for section in paper.sections],
        "conclusions": printed.conclusion_lines,
    }


def figures_json(sections: Iterable[Section]) -> dict[str, int | float | str | None]:
    """The numbers that matter, by their codes."""
    parts = [part for section in sections for part in section.parts if isinstance(part, Figures)]
    return {one.code: _told(one.number, one.text) for part in parts for one in part.items}


def section_json(printed: Sayings, section: Section) -> dict[str, Any]:
    """A section: its words, its tables by code, what was suggested and what was taken of it."""
    tables = {part.code: _table_json(part) for part in section.parts if isinstance(part, Table)}
    words = [words for part in section.parts if isinstance(part, Text) for words in part.paragraphs]
    return {
        "code": section.code,
        "title": section.title,
        "text": words,
        "tables": tables,
        "suggested": [{"code": one.code, "text": one.text} for one in section.suggestions],
        "said": printed.said(section),
    }


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "rows": [_row_json(table.columns, row) for row in table.rows],
        "totals": [_row_json(table.columns, row) for row in table.foot],
    }


def _row_json(columns: Sequence[Column], row: Sequence[Cell]) -> dict[str, Any]:
    return {column.code: _told(cell.number, cell.text) for column, cell in zip(columns, row, strict=True)}


def _told(number: float | None, text: str) -> int | float | str | None:
    if number is not None:
        return int(number) if number == int(number) else number
    return None if text == "—" else text


def papers_docx(papers: Papers) -> bytes:
    """For Word, to be finished by a person; pictures are left out, their figures stand in tables."""
    every = _many(papers)
    word = Word(papers_name(every), every[0].paper.head.school, landscape=every[0].paper.landscape)
    for index, one in enumerate(every):
        if index:
            word.new_page()
        _write(word, one)
    return word.content()


def _write(word: Word, printed: Printed) -> None:
    paper = printed.paper
    word.letterhead(paper.head.founder, paper.head.school)
    for line in (*paper.considered, *printed.approval):
        word.line(line, align="right")
    number = f" № {printed.number}" if printed.number else ""
    word.line(f"{paper.title}{number}", bold=True, align="center", size=14)
    if printed.withdrawn:
        word.line(printed.withdrawn, bold=True, align="center")
    for line in paper.lines:
        word.line(line, align="center")
    for line in paper.caveats:
        word.line(line, size=11)
    for section in paper.sections:
        _write_section(word, printed, section)
    if printed.conclusion_lines:
        word.line(_CONCLUSIONS, bold=True)
        for line in printed.conclusion_lines:
            word.line(line, align="both")
    word.signatures(paper.signatures)
    if printed.digest:
        word.line(f"Отпечаток содержания: {printed.digest[:16]}", size=11)


def _write_section(word: Word, printed: Printed, section: Section) -> None:
    if section.new_page:
        word.new_page()
    if section.title:
        word.line(section.title, bold=True)
    for part in section.parts:
        if isinstance(part, Text):
            for index, line in enumerate(part.paragraphs, 1):
                word.line(f"{index}. {line}" if part.numbered else line, align="both", size=11 if part.quiet else 12)
        elif isinstance(part, Figures):
            for one in part.items:
                word.line(f"{one.label}: {one.text}{f' ({one.note})' if one.note else ''}.")
        elif isinstance(part, Signed):
            word.signatures(part.lines)
        elif isinstance(part, Table):
            _write_table(word, part, _WORD_WIDE if printed.paper.landscape else _WORD_WIDTH)
    for line in printed.said(section):
        word.line(line, align="both")


_MM_A_LETTER, _MARGINS, _WIDEST = 2.2, 4, 45


def _write_table(word: Word, table: Table, width: int) -> None:
    word.line(table.title)
    if not table.rows:
        word.line(table.empty)
        return
    headings = [column.title for column in table.columns]
    rows = [[cell.text for cell in row] for row in (*table.rows, *table.foot)]
    word.table(headings, rows, column_widths([headings, *rows], width))
    if table.note:
        word.line(table.note, size=11)


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """In mm, `width` in all: the longest word of each column first, what is left by how much more its texts need."""
    columns = list(zip(*rows, strict=True))
    least = [max(len(word) for text in own for word in text.split(" ")) for own in columns]
    most = [max(one, min(max(map(len, own)), _WIDEST)) for one, own in zip(least, columns, strict=True)]
    needed = [one * _MM_A_LETTER + _MARGINS for one in least]
    wanted = [more - one + 1 for one, more in zip(least, most, strict=True)]
    left = width - sum(needed)
    if left < 0:
        return [int(one * width / sum(needed)) for one in needed]
    return [int(one + left * more / sum(wanted)) for one, more in zip(needed, wanted, strict=True)]


RENDERERS = {"pdf": papers_pdf, "xlsx": papers_xlsx, "docx": papers_docx, "json": papers_json}

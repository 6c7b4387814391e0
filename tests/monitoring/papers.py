"""What tests of documents share: the words of a paper in each of its forms, its tables, its queries."""

import json
import re
from io import BytesIO
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from documents.papers.parts import Paper, Table
from documents.papers.printed import Printed
from documents.papers.rendering import paper_html, papers_docx, papers_json, papers_xlsx
from monitoring.reports.kinds import Wanted, document_kind
from school.models import Period, School


def wanted_of(school: School, number: int = 1) -> Wanted:
    """The period of the school's newest year by its number."""
    rows = Period.objects.select_related("year__school__settings")
    period = rows.filter(year__school=school, system="quarters", number=number).latest("year__start")
    return Wanted(period.year.school, period)


def built(code: str, school: School, number: int = 1) -> Paper:
    """The paper of a kind as the data stand now."""
    paper: Paper = document_kind(code).build(wanted_of(school, number))
    return paper


def table_of(paper: Paper, code: str) -> Table:
    """A table by its code."""
    return next(table for table in paper.tables if table.code == code)


def cells_of(paper: Paper, code: str) -> list[list[str]]:
    """The rows of a table as they are read, totals last."""
    table = table_of(paper, code)
    return [[cell.text for cell in row] for row in (*table.rows, *table.foot)]


def all_words(paper: Paper) -> dict[str, str]:
    """Everything that each form of the paper says."""
    printed = Printed(paper)
    word: Any = Document(BytesIO(papers_docx(printed)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    sheets = load_workbook(BytesIO(papers_xlsx(printed))).worksheets
    book = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    return {
        "html": re.sub("</?span[^>]*>", "", paper_html(printed)),  # the words of a long name stand apart
        "docx": "\n".join([*(line.text for line in word.paragraphs), *cells]),
        "xlsx": "\n".join(book),
        "json": json.dumps(json.loads(papers_json(printed)), ensure_ascii=False),
    }


def assert_same_tables(paper: Paper) -> None:
    """JSON and workbook hold the numbers of every table."""
    printed = Printed(paper)
    told = json.loads(papers_json(printed))
    kept = {code: table for section in told["sections"] for code, table in section["tables"].items()}
    sheets = load_workbook(BytesIO(papers_xlsx(printed))).worksheets
    for table, sheet in zip(paper.tables, sheets, strict=True):
        rows = (*table.rows, *table.foot)
        shown = [list(row) for row in sheet.iter_rows(values_only=True)][-len(rows) :] if rows else []
        plain = [*kept[table.code]["rows"], *kept[table.code]["totals"]]
        for row, of_sheet, of_json in zip(rows, shown, plain, strict=True):
            values = [cell.text if cell.number is None else cell.number for cell in row]
            assert [one or "" for one in of_sheet] == [one or "" for one in values]
            assert [one or "" for one in of_json.values()] == [
                "" if value in ("—", None) else value or "" for value in values
            ]


def queries_of(code: str, school: School, number: int = 1) -> int:
    """How many queries building takes."""
    wanted = wanted_of(school, number)
    with CaptureQueriesContext(connection) as caught:
        document_kind(code).build(wanted)
    return len(caught)

"""Sheets of progress in their printed forms: one pupil, a class in one PDF, the school as a PDF a class in one zip."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from common.errors import Refused
from common.names import NBSP
from documents.registry import ReportQuery
from documents.rendering.charts import Series, line_chart, sparkline
from documents.rendering.pdf import render_pdf
from documents.rendering.svg import Svg
from iom.reports.progress import ProgressSheet, SubjectLine
from iom.selectors.progress import progress_sheets, seat_of
from risk_registry.selectors.periods import year_of
from school.access import pupils_for
from school.models import Pupil


def picture_of(sheet: ProgressSheet) -> Svg | str:
    """The mean of all marks by period as a line; nothing where there are no two periods."""
    if not sheet.has_picture:
        return ""
    values = tuple(None if value is None else float(value) for value in sheet.overall)
    return line_chart(sheet.periods, [Series("средняя отметка", values)], "Средняя отметка по учебным периодам")


def _spark(line: SubjectLine) -> Svg | str:
    return sparkline(line.marks, line.marks_words) if line.marks else ""


def sheets_html(sheets: Iterable[ProgressSheet]) -> str:
    """The pages of all of them, each beginning on a new one."""
    told = [
        {
            "sheet": sheet,
            "picture": picture_of(sheet),
            "subjects": [(line, _spark(line)) for line in sheet.subjects],
            "signatures": [("Классный руководитель", _signed(sheet.class_teacher)), ("Родители", "")],
        }
        for sheet in sheets
    ]
    return render_to_string("iom/progress_print.html", {"sheets": told})


def _signed(short: str) -> str:
    surname, _, letters = short.partition(NBSP)
    return f"{letters}{NBSP}{surname}" if letters else surname


def build_for_query(query: ReportQuery) -> ProgressSheet:
    """One pupil by the identifier of the e-journal. Raises `Refused` without one, and for whom nobody finds."""
    if not query.pupil:
        raise Refused("Назовите ученика: лист продвижения делается на одного. Класс и школу печатает страница листов.")
    rows = Pupil.objects.filter(school=query.school) if query.user is None else pupils_for(query.user)
    pupil = rows.filter(external_id=query.pupil).first()
    if pupil is None:
        raise Refused(f"Ученика с идентификатором «{query.pupil}» нет.")
    year = year_of(query.school, query.year).start if query.year else None
    seat = seat_of(pupil, query.school.today(), year)
    if seat is None:
        raise Refused(f"Ученик с идентификатором «{query.pupil}» в этом учебном году не учился.")
    return progress_sheets(query.user, query.school, seat.school_class.year, [seat])[0]


def to_pdf(sheet: ProgressSheet) -> bytes:
    """On the school's paper."""
    return render_pdf(sheets_html([sheet]))


def to_json(sheet: ProgressSheet) -> bytes:
    """The sheet's facts: means as numbers or null, days as ISO text."""
    told = {
        "pupil": sheet.pupil.external_id,
        "class": sheet.seat,
        "year": sheet.year,
        "periods": list(sheet.periods),
        "overall": _numbers(sheet.overall),
        "subjects": [_subject(line) for line in sheet.subjects],
        "gaps": [
            {"subject": gap.subject, "topic": gap.topic, "state": gap.state, "due": gap.due.isoformat()}
            for gap in sheet.gaps
        ],
        "achievements": _facts(sheet.achievements),
        "courses": _facts(sheet.courses),
        "metasubject": _facts(sheet.meta),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _subject(line: SubjectLine) -> dict[str, Any]:
    return {
        "subject": line.name,
        "means": _numbers([cell.mean for cell in line.cells]),
        "results": [cell.result for cell in line.cells],
        "annual": line.annual,
    }


def _numbers(values: Sequence[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _facts(rows: Iterable[Any]) -> list[dict[str, str]]:
    return [{"on": row.on.isoformat(), "title": row.title, "about": row.about} for row in rows]


def sheet_name(sheet: ProgressSheet) -> str:
    """«Лист продвижения Ковтун М. А.»"""
    return f"Лист продвижения {sheet.pupil.short_name}".replace(NBSP, " ")


RENDERERS = {"pdf": to_pdf, "json": to_json}

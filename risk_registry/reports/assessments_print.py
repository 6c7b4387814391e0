"""The report of assessment procedures in its printed forms."""

import json
from collections.abc import Iterator
from decimal import Decimal

from django.template.loader import render_to_string

from common.names import NBSP
from common.russian import date_short
from documents.rendering.charts import Bar, mark_bars
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.reports.assessments import AssessmentsReport, ProcedureLine
from risk_registry.rules.works import Shares

_TENTH = Decimal("0.1")
_SHOWN = 24
HEADINGS = (
    "Работа",
    "Вид",
    "Предмет",
    "Дата",
    "Класс",
    "Писали",
    "«2»",
    "«2», %",
    "«3»",
    "«4»",
    "«5»",
    "Успеваемость, %",
    "Качество, %",
    "Сравнили с журналом",
    "Понизили",
    "Подтвердили",
    "Повысили",
)


def file_name(report: AssessmentsReport) -> str:
    """«Оценочные процедуры за 1-ю четверть 2026-27 учебного года»."""
    return f"Оценочные процедуры {report.span}".replace("/", "-")


def to_json(report: AssessmentsReport) -> bytes:
    """The contract's JSON: a procedure an entry, `date` as ISO text or null."""
    told = [
        {
            "title": line.title,
            "kind": line.kind,
            "grade": line.grade,
            "subject": line.subject,
            "date": line.date.isoformat() if line.date else None,
            "written": line.shares.participants,
            "twos": line.shares.twos,
            "lowered": line.shares.lowered,
            "confirmed": line.shares.confirmed,
            "raised": line.shares.raised,
        }
        for line in report.lines
    ]
    return json.dumps({"procedures": told}, ensure_ascii=False).encode()


def to_xlsx(report: AssessmentsReport) -> bytes:
    """A row for each procedure, and one for each of its classes."""
    note = f"{report.school}. Оценочные процедуры {report.span}. На {date_short(report.made_on)}"
    rows = (row for line in report.lines for row in _rows(line))
    return render_xlsx([Sheet("Оценочные процедуры", HEADINGS, rows, note=note, landscape=True)])


def _rows(line: ProcedureLine) -> Iterator[tuple[Cell, ...]]:
    head = (line.title, line.kind, line.subject, line.date)
    yield (*head, f"{line.grade} классы", *share_cells(line.shares))
    if len(line.classes) > 1:
        for name, shares in line.classes:
            yield (*head, name, *share_cells(shares))


def share_cells(shares: Shares) -> tuple[Cell, ...]:
    """The figures of a row, in the order of the headings."""
    of = shares.participants
    return (
        of,
        shares.twos,
        _percent(shares.twos, of),
        shares.threes,
        shares.fours,
        shares.fives,
        _percent(shares.passed, of),
        _percent(shares.good, of),
        shares.compared,
        shares.lowered,
        shares.confirmed,
        shares.raised,
    )


def _percent(part: int, of: int) -> Decimal | None:
    return (Decimal(part * 100) / of).quantize(_TENTH) if of else None


def to_pdf(report: AssessmentsReport) -> bytes:
    """On the school's paper."""
    bars = [Bar(f"{line.grade} {_short(line.subject)}", marks_of(line.shares)) for line in report.lines[:_SHOWN]]
    surname, _, letters = report.deputy.partition(NBSP)
    told = {
        "report": report,
        "chart": mark_bars(bars, "Отметки по работам") if bars else "",
        "signatures": [("Заместитель директора по УВР", f"{letters}{NBSP}{surname}" if letters else surname)],
    }
    return render_pdf(render_to_string("risk_registry/assessments_print.html", told))


def marks_of(shares: Shares) -> tuple[int, int, int, int]:
    """Twos (with ones), threes, fours, fives."""
    return (shares.twos, shares.threes, shares.fours, shares.fives)


def _short(subject: str) -> str:
    return "".join(word[0].upper() + word[1:3] for word in subject.split()[:2])


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}

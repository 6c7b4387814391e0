"""The quarter's report in its three printed forms. All of them show the same frozen value."""

import json
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from common.russian import counted, date_long
from documents.rendering.charts import Bar, stacked_bars
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Sheet, render_xlsx
from monitoring.links import Links
from monitoring.models import Report
from monitoring.reports import quarterly_words
from monitoring.reports.freezing import freeze, thaw
from monitoring.reports.heads import CONSIDERED, signed_name
from monitoring.reports.kinds import Look
from monitoring.reports.quarterly_json import quarterly_json
from monitoring.reports.quarterly_shapes import PupilLine, QuarterReport
from monitoring.reports.quarterly_tables import quarterly_tables
from risk_registry.categories import Category


@dataclass(frozen=True)
class Printed:
    """A report with what its paper adds: number and day of approval, conclusions."""

    report: QuarterReport
    number: int | None = None
    approved_on: date | None = None
    conclusions: str = ""
    digest: str = ""

    @property
    def file_name(self) -> str:
        """«Отчёт за 1-ю четверть 2026-27»."""
        return f"Отчёт за {self.report.period_accusative} {self.report.year.replace('/', '-')}"


@dataclass(frozen=True)
class Group:
    """The pupils of one category, under one caption."""

    title: str
    lines: tuple[PupilLine, ...]


_GROUPS = (
    (Category.FAILING, "Неуспевающие"),
    (Category.WEAK, "Слабоуспевающие"),
    (Category.RESERVE, "Группа резерва"),
)


_ON_PAGE = {"table": "o-table", "note": "o-small o-muted", "scroll": "o-scroll"}
_ON_PAPER = {"table": "", "note": "o-doc__note", "scroll": ""}


def printed_of(report: Report) -> Printed:
    """What was kept of a report."""
    digest = report.digest if report.number else ""
    return Printed(thaw(report.data), report.number, report.approved_on, report.conclusions, digest)


def groups_of(report: QuarterReport) -> list[Group]:
    """Names by category; a category without anybody is left out."""
    found = []
    for category, title in _GROUPS:
        if lines := report.in_category(category):
            found.append(_group(title, lines))
    return [*found, _group("В реестре не по отметкам", report.included)] if report.included else found


def _group(title: str, lines: tuple[PupilLine, ...]) -> Group:
    return Group(f"{title}: {counted(len(lines), 'человек', 'человека', 'человек')}", lines)


def body_context(printed: Printed, *, links: Links | None) -> dict[str, object]:
    """What the tables need, on the page (with links) and in print (without)."""
    report = printed.report
    return {
        "printed": printed,
        "report": report,
        "summary": quarterly_words.summary(report),
        "caveats": quarterly_words.caveats(report),
        "groups": groups_of(report),
        "chart": chart(report),
        "conclusions": [line for line in printed.conclusions.splitlines() if line.strip()],
        "links": links,
        "css": _ON_PAGE if links else _ON_PAPER,
    }


def paper_context(printed: Printed) -> dict[str, object]:
    """What only the paper has: who considers and approves, who signs."""
    report = printed.report
    blank = f"«___» ______________ {report.made_at.year} г."
    day = date_long(printed.approved_on) if printed.approved_on else blank
    return {
        "left": CONSIDERED,
        "right": ["УТВЕРЖДАЮ", "Директор школы", f"______________ {signed_name(report.director)}", day],
        "signatures": [("Заместитель директора по УВР", signed_name(report.deputy))],
    }


def chart(report: QuarterReport) -> str:
    """Bars of categories by class, as SVG; the same on the page and in the document."""
    bars = [Bar(line.name, (line.failing, line.weak, line.reserve)) for line in report.classes]
    return stacked_bars(bars)


def to_pdf(printed: Printed) -> bytes:
    """The document on the school's paper."""
    return render_pdf(
        render_to_string("monitoring/quarterly_print.html", body_context(printed, links=None) | paper_context(printed))
    )


def to_xlsx(printed: Printed) -> bytes:
    """A workbook with a sheet a table."""
    return render_xlsx([Sheet(t.title, t.headings, t.rows) for t in quarterly_tables(printed.report)])


def to_json(printed: Printed) -> bytes:
    """The contract's JSON."""
    return json.dumps(quarterly_json(printed.report), ensure_ascii=False).encode()


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}


_CHIPS = (
    ("part1", "Поимённо"),
    ("part2", "Три двойки"),
    ("part3", "Предметы"),
    ("part4", "Пропуски"),
    ("part5", "Что изменилось"),
)


def page_context(printed: Printed, period: int) -> dict[str, object]:
    """What the page of the report needs; numbers lead to the lists of the period."""
    report = printed.report
    return body_context(printed, links=Links(period)) | {
        "heading": f"Отчёт за {report.period_accusative} {report.year}",
        "made_at": report.made_at,
        "classified_at": report.classified_at,
        "chips": _CHIPS,
    }


QUARTER = Look(
    freeze=freeze,
    thaw=thaw,
    printed=printed_of,
    fresh=Printed,
    template="monitoring/_quarterly_body.html",
    context=page_context,
    renderers=RENDERERS,
    name=lambda printed: printed.file_name,
)

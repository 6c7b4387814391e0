"""The quarter's report in its three printed forms. All of them show the same frozen value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.template.loader import render_to_string

from common.russian import counted, date_long
from documents.papers.parts import Section, Table
from documents.papers.printed import Sayings, Sentence
from documents.papers.rendering import figures_json, section_json, table_sheet
from documents.rendering.charts import Bar, stacked_bars
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Sheet, render_xlsx
from monitoring.links import Links
from monitoring.models import Report
from monitoring.reports.freezing import freeze, thaw
from monitoring.reports.heads import CONSIDERED, signed_name
from monitoring.reports.kinds import Look
from monitoring.reports.looks import sentences_of, withdrawn_words
from monitoring.reports.quarter import words as quarterly_words
from monitoring.reports.quarter.as_json import quarterly_json
from monitoring.reports.quarter.sentences import CODE as CONCLUSIONS
from monitoring.reports.quarter.shapes import PupilLine, QuarterReport
from monitoring.reports.quarter.tables import quarterly_tables
from risk_registry.categories import Category


@dataclass(frozen=True)
class Printed(Sayings):
    """A report with what its paper adds: number and day of approval, conclusions, what was decided of sentences."""

    report: QuarterReport
    number: int | None = None
    approved_on: date | None = None
    conclusions: str = ""
    digest: str = ""
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    withdrawn: str = ""

    @property
    def conclusion_lines(self) -> list[str]:
        """Paragraphs of the conclusions."""
        return [line for line in self.conclusions.splitlines() if line.strip()]

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
    added = (report.number, report.approved_on, report.conclusions, digest, sentences_of(report))
    return Printed(thaw(report.data), *added, withdrawn_words(report))


def groups_of(report: QuarterReport) -> list[Group]:
    """Names by category; a category without anybody is left out."""
    found = []
    for category, title in _GROUPS:
        if lines := report.in_category(category):
            found.append(_group(title, lines))
    return [*found, _group("В реестре не по отметкам", report.included)] if report.included else found


def _group(title: str, lines: tuple[PupilLine, ...]) -> Group:
    return Group(f"{title}: {counted(len(lines), 'человек', 'человека', 'человек')}", lines)


@dataclass(frozen=True)
class Heading:
    """A numbered heading: of a section made of parts, or of a table that the report has of its own (`part1` …)."""

    number: int
    code: str
    title: str
    section: Section | None = None


_OWN = (
    ("part1", "Кто под риском и в резерве, поимённо", "Поимённо"),
    ("part2", "Три двойки и больше по одному предмету", "Три двойки"),
    ("part3", "Предметы", "Предметы"),
    ("part4", "Пропуски уроков", "Пропуски"),
    ("part5", "Что изменилось", "Что изменилось"),
)
_BEFORE = ("contingent", "dynamics")  # they come before the names


def headings_of(report: QuarterReport) -> list[Heading]:
    """All of the body in order, numbered; the conclusions come after them."""
    before = [(one.code, one.title, one) for one in report.more if one.code in _BEFORE]
    after = [(one.code, one.title, one) for one in report.more if one.code not in (*_BEFORE, CONCLUSIONS)]
    own = [(code, title, None) for code, title, _ in _OWN]
    return [Heading(number, *one) for number, one in enumerate((*before, *own, *after), 1)]


def body_context(printed: Printed, *, links: Links | None) -> dict[str, object]:
    """What the tables need, on the page (with links) and in print (without)."""
    report = printed.report
    headings = headings_of(report)
    return {
        "printed": printed,
        "report": report,
        "paper": report,
        "summary": quarterly_words.summary(report),
        "caveats": quarterly_words.caveats(report),
        "groups": groups_of(report),
        "chart": chart(report),
        "headings": headings,
        "decisions": next((one for one in report.more if one.code == CONCLUSIONS), None),
        "conclusions_number": len(headings) + 1,
        "conclusions": printed.conclusion_lines,
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
    report = printed.report
    own = [Sheet(t.title, t.headings, t.rows) for t in quarterly_tables(report)]
    parts = [part for section in (*report.more, *report.appendices) for part in section.parts]
    return render_xlsx([*own, *(table_sheet(part, part.title) for part in parts if isinstance(part, Table))])


def to_json(printed: Printed) -> bytes:
    """The contract's JSON, then the sections made of parts, where the report has them."""
    report = printed.report
    told = quarterly_json(report)
    if report.more:
        told |= {
            "figures": figures_json(report.more),
            "sections": [section_json(printed, section) for section in report.more],
            "appendices": [section_json(printed, section) for section in report.appendices],
            "conclusions": printed.conclusion_lines,
        }
    return json.dumps(told, ensure_ascii=False).encode()


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}


# Where the name of a section is long for the row of links.
_SHORT = {
    "work": "Работа",
    "routes": "Маршруты",
    "parents": "Родители",
    "service": "Служба",
    "indicators": "Показатели",
    "roadmap": "Дорожная карта",
}


def _chips(printed: Printed) -> list[tuple[str, str]]:
    short = _SHORT | {code: words for code, _, words in _OWN}
    chips = [(one.code, short.get(one.code, one.title)) for one in headings_of(printed.report)]
    if printed.report.more:
        chips.append((CONCLUSIONS, "Решения"))
    return chips + ([("appendices", "Приложения")] if printed.report.appendices else [])


def page_context(printed: Printed, period: int) -> dict[str, object]:
    """What the page of the report needs; numbers lead to the lists of the period."""
    report = printed.report
    return body_context(printed, links=Links(period)) | {
        "heading": f"Отчёт за {report.period_accusative} {report.year}",
        "made_at": report.made_at,
        "classified_at": report.classified_at,
        "chips": _chips(printed),
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

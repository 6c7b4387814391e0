"""The roadmap as PDF, as a workbook, as JSON; `docx.py` has it for editing on."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_long, date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.selectors.periods import main_period, year_of
from roadmaps.models import Roadmap
from roadmaps.reports.axis import LEGEND, axis_pictures
from roadmaps.reports.docx import roadmap_docx
from roadmaps.reports.paper import Line, RoadmapPaper, paper_of, paper_within, roadmap_paper

TITLE = "Дорожная карта"
HEADINGS = ("№", "Направление", "Мероприятие", "Форма", "Срок", "Ответственные", "Контингент", "Место",
            "Ожидаемый результат", "Отметки", "Проведено", "Просрочено")  # fmt: skip


def build_roadmap(asked: ReportQuery) -> RoadmapPaper:
    """The roadmap of a year as of today; of a period, what falls due in it. `extra["version"]`: an approved one.

    Raises `Refused` for an unknown year, period or version, and where the year has no roadmap.
    """
    year = year_of(asked.school, asked.year)
    row = Roadmap.objects.filter(school=asked.school, year=year).select_related("school", "year").first()
    if row is None:
        raise Refused(f"Дорожной карты на {year} ещё нет: её начинают на странице «Дорожная карта».")
    wanted = asked.extra.get("version")
    if wanted is not None:
        version = row.versions.filter(number=wanted).first()
        if version is None:
            raise Refused("Такой редакции дорожной карты нет.")
        return paper_of(version.body)
    paper = roadmap_paper(row, day=asked.school.today())
    if asked.period == 0:
        return paper
    period = main_period(year, asked.period)
    return paper_within(paper, period.starts, period.ends)


def approved_words(paper: RoadmapPaper) -> list[str]:
    """The lines of «УТВЕРЖДАЮ»; «ПРОЕКТ» while nobody has."""
    if paper.draft or paper.order_date is None:
        return ["ПРОЕКТ"]
    order = f"приказ от {date_long(paper.order_date)} № {paper.order_number}"
    return ["УТВЕРЖДАЮ", "Директор", f"_____________ {paper.signed_by}", order]


def roadmap_pdf(paper: RoadmapPaper) -> bytes:
    """A landscape table by directions, then the axis of the year."""
    told = {"paper": paper, "right": approved_words(paper), "axis": axis_pictures(paper), "legend": LEGEND}
    return render_pdf(render_to_string("roadmaps/roadmap_print.html", told))


def roadmap_xlsx(paper: RoadmapPaper) -> bytes:
    """A row an activity, in the columns that the import reads back."""
    rows: Iterator[tuple[Cell, ...]] = (_cells(part.name, line) for part in paper.parts for line in part.lines)
    note = ". ".join([paper.school, f"{paper.title}, {paper.year}"])
    return render_xlsx([Sheet(TITLE, HEADINGS, rows, note=note, landscape=True)])


def _cells(direction: str, line: Line) -> tuple[Cell, ...]:
    return (line.number, direction, line.title, line.form, line.term, line.responsible, line.contingent, line.venue,
            line.result, "; ".join(line.tags), line.held, line.late)  # fmt: skip


def roadmap_json(paper: RoadmapPaper) -> bytes:
    """The value itself: `school` is the code, days are ISO, what nobody wrote is empty."""
    told = asdict(paper)
    told["school_name"], told["school"] = told.pop("school"), told.pop("code")
    counts = {"activities": len(paper.lines), "occurrences": len(paper.marks)}
    counts |= {"held": sum(line.held for line in paper.lines), "late": sum(line.late for line in paper.lines)}
    return json.dumps({**told, "totals": counts}, ensure_ascii=False, default=_plain, indent=1).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def roadmap_name(paper: RoadmapPaper) -> str:
    """«Дорожная карта 2026-27 на 21.11.2026», «… редакция 1»."""
    when = f"на {date_short(paper.day)}" if paper.day is not None else f"редакция {paper.edition}"
    return f"{TITLE} {paper.year.replace('/', '-')} {when}"


RENDERERS = {"pdf": roadmap_pdf, "docx": roadmap_docx, "xlsx": roadmap_xlsx, "json": roadmap_json}

"""The program's passport as PDF and JSON; `program_docx.py` has it for editing on."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from common.errors import Refused
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from risk_registry.selectors.periods import main_period, year_of
from roadmaps.models import Program
from roadmaps.reports.program_docx import program_docx
from roadmaps.reports.program_paper import IndicatorTold, ProgramPaper, paper_of, program_paper
from roadmaps.reports.program_words import approved_words, readings_told
from roadmaps.selectors.programs import program_of_year

TITLE = "Паспорт программы"


def build_program(asked: ReportQuery) -> ProgramPaper:
    """The program that holds in a year: its last approved version, a draft as it stands.

    `extra`: `program` another of the school's programs, `version` one of its versions, 0 what stands now. Raises
    `Refused` for an unknown year, program or version, and where the year has no program.
    """
    row = _asked(asked)
    wanted = asked.extra.get("version", row.number)
    if wanted == 0:
        return program_paper(row)
    version = row.versions.filter(number=wanted).first()
    if version is None:
        raise Refused("Такой редакции программы нет.")
    return paper_of(version.body)


def _asked(asked: ReportQuery) -> Program:
    if "program" in asked.extra:
        row = Program.objects.filter(school=asked.school, pk=asked.extra["program"]).select_related("school").first()
        if row is None:
            raise Refused("Такой программы в школе нет.")
        return row
    year = year_of(asked.school, asked.year)
    if asked.period:
        main_period(year, asked.period)  # a program is of the whole year; of no period that the year has not
    row = program_of_year(asked.school, year.starts, year.ends)
    if row is None:
        raise Refused(f"Программы профилактики на {year} ещё нет: её начинают на странице «Паспорт программы».")
    return row


def program_pdf(paper: ProgramPaper) -> bytes:
    """The passport, then the indicators by directions."""
    told = {
        "paper": paper,
        "right": approved_words(paper),
        "readings": [(one, readings_told(one)) for one in _odd(paper)],
    }
    return render_pdf(render_to_string("roadmaps/program_print.html", told))


def _odd(paper: ProgramPaper) -> Iterable[IndicatorTold]:
    return (one for one in paper.indicators if one.readings)


def program_json(paper: ProgramPaper) -> bytes:
    """The value itself: `school` is the code, days are ISO, figures are numbers, what nobody wrote is empty or null."""
    told: dict[str, Any] = asdict(paper)
    told["school_name"], told["school"] = told.pop("school"), told.pop("code")
    totals = {
        "indicators": len(paper.indicators),
        "undecided": len(paper.waiting),
        "blank_sections": len(paper.blank_sections),
    }
    return json.dumps({**told, "totals": totals}, ensure_ascii=False, default=_plain, indent=1).encode()


def _plain(value: object) -> str | float:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def program_name(paper: ProgramPaper) -> str:
    """«Паспорт программы, редакция 2», «Паспорт программы, проект»."""
    return f"{TITLE}, проект" if paper.draft else f"{TITLE}, редакция {paper.edition}"


RENDERERS = {"pdf": program_pdf, "docx": program_docx, "json": program_json}

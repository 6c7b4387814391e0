"""Where the school stands against its program: indicators by standing, those below their plan, the goal, the stage."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from common.russian import date_short
from desk.reports.shapes import LISTED, OffLine, PlanPart
from monitoring.reports.board import Aim, Board, BoardLine
from monitoring.rules.standing import Standing
from roadmaps.indicators.short import short_name
from roadmaps.reports.program_paper import ProgramPaper
from roadmaps.words_program import Section
from school.models import Period

GOAL = "G01"


def plan_part(board: Board, period: Period, paper: ProgramPaper | None, today: date) -> PlanPart:
    """`board` is of `period`; `paper`: the program shown today. No query."""
    off = [_line(line, period) for line in board.lines if line.standing == Standing.OFF]
    goal = next((line for line in board.lines if line.code == GOAL), None)
    return PlanPart(
        period=f"{board.period} {board.year}",
        url=f"{reverse('indicators:board')}?period={period.pk}",
        frozen=board.frozen_at is not None,
        program="; ".join(board.programs),
        stage=_stage(paper, today) if paper is not None else "",
        counts=_counts(board) if board.programs else (),
        goal=_line(goal, period) if goal is not None else None,
        off=tuple(off[:LISTED]),
        off_number=len(off),
    )


def _counts(board: Board) -> tuple[tuple[str, int], ...]:
    undecided = ("зависит от прочтения", board.undecided)
    told = [(one.label, number) for one, number in board.counts]
    return (*told, undecided) if board.undecided else tuple(told)


def _line(line: BoardLine, period: Period) -> OffLine:
    return OffLine(
        code=line.code,
        name=short_name(line.code, line.title),
        value=line.words,
        plans=_plans(line.aims),
        url=reverse("indicators:indicator", args=[period.pk, line.code]),
    )


def _plans(aims: Sequence[Aim]) -> tuple[str, ...]:
    """«не менее 75 % к 31.12.2026; отстаём: …»; of two readings «значение к концу года: не менее 25 %»."""
    if len(aims) == 1:
        return ("; ".join(part for part in (aims[0].words, aims[0].pace) if part),)
    if len({aim.words for aim in aims}) == 1:
        return (aims[0].words,)
    return tuple(f"{aim.reading}: {aim.needed or aim.words}" for aim in aims)


def _stage(paper: ProgramPaper, today: date) -> str:
    """The stage that goes on today, with its last day."""
    lines = next((section.lines for section in paper.sections if section.section == Section.STAGE), ())
    for line in lines:
        if line.starts is not None and line.ends is not None and line.starts <= today <= line.ends:
            return f"{line.text} (до {date_short(line.ends)})" if line.text else ""
    return ""

"""Indicators of a period as PDF, as a workbook, as JSON: three looks at one `Board`."""

import json
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from monitoring.reports.board import Board, BoardLine, board_value, build_board
from monitoring.selectors import period_by_number

TITLE = "Показатели"
HEADINGS = ("Направление", "Код", "Показатель", "Значение", "Из чего", "План", "Состояние", "Темп", "По региону",
            "По периодам")  # fmt: skip


def board_for_query(asked: ReportQuery) -> Board:
    """Of a period by its number. Raises `Refused` where there is no such period."""
    return build_board(period_by_number(asked.school, asked.period, asked.year))


def board_name(board: Board) -> str:
    """«Показатели за 1-ю четверть 2026-27»."""
    return f"{TITLE} за {board.period_accusative} {board.year.replace('/', '-')}"


def frozen_words(board: Board) -> str:
    """Whether the numbers stand or may still change."""
    if board.frozen_at is None:
        return f"Посчитано на {date_short(board.day)}, период не зафиксирован"
    return f"Зафиксировано на {date_short(board.day)}"


def board_pdf(board: Board) -> bytes:
    """Landscape tables by direction."""
    return render_pdf(render_to_string("monitoring/board_print.html", {"board": board, "frozen": frozen_words(board)}))


def board_xlsx(board: Board) -> bytes:
    """A row an indicator; values are numbers."""
    note = ". ".join([board.school, f"{board_name(board)}", frozen_words(board)])
    return render_xlsx([Sheet(TITLE, HEADINGS, _rows(board), note=note, landscape=True)])


def _rows(board: Board) -> Iterator[tuple[Cell, ...]]:
    for part in board.parts:
        for line in part.lines:
            yield (part.title, line.code, line.title, _value(line), line.of or line.why, plans_words(line),
                   standings_words(line), _paces(line), line.regional, line.path_words)  # fmt: skip


def _value(line: BoardLine) -> Cell:
    value = board_value(line)
    return line.words if value is None or line.words in ("да", "нет", "есть") else value


def plans_words(line: BoardLine) -> str:
    """The plan under each reading, in words."""
    return "; ".join(_read(aim.reading, aim.words) for aim in line.aims)


def standings_words(line: BoardLine) -> str:
    """Where the value stands under each reading."""
    return "; ".join(_read(aim.reading, aim.standing.label) for aim in line.aims)


def _paces(line: BoardLine) -> str:
    return "; ".join(_read(aim.reading, aim.pace) for aim in line.aims if aim.pace)


def _read(reading: str, words: str) -> str:
    return f"{reading}: {words}" if reading else words


def board_json(board: Board) -> bytes:
    """The value itself: days are ISO, numbers plain."""
    told: dict[str, Any] = {
        "school": board.school,
        "year": board.year,
        "period": board.period,
        "day": board.day.isoformat(),
        "frozen": board.frozen_at is not None,
        "parts": [{"title": part.title, "indicators": [_line(line) for line in part.lines]} for part in board.parts],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _line(line: BoardLine) -> dict[str, Any]:
    value = board_value(line)
    aims = [{"reading": aim.reading, "plan": aim.words, "standing": aim.standing.value} for aim in line.aims]
    return {
        "code": line.code,
        "title": line.title,
        "value": None if value is None else float(value),
        "words": line.words,
        "of": line.of,
        "aims": aims,
        "regional": line.regional,
    }


RENDERERS = {"pdf": board_pdf, "xlsx": board_xlsx, "json": board_json}

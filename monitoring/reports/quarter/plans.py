"""Sections about plans: indicators against their targets, the roadmap, decisions of sittings."""

from django.urls import reverse

from common.russian import date_short
from documents.papers.parts import Bars, BarsPart, Cell, Column, Section, Table, Text, number_cell, share_cell
from monitoring.reports.board import Board, BoardLine, BoardPart, board_value
from monitoring.reports.board_printing import plans_words, standings_words
from monitoring.reports.quarter.known import Known
from roadmaps.indicators.short import short_name

_COLUMNS = (
    Column("code", "Код"),
    Column("title", "Показатель"),
    Column("value", "Значение"),
    Column("plan", "План"),
    Column("state", "Состояние"),
    Column("pace", "Темп"),
)
_OF_FEW = ("R03", "R04")  # health and origin stand in the contingent, where a few are not told


def indicators(known: Known) -> Section:
    """Frozen values of the period, or of the last one that is frozen: what is not frozen may still change."""
    board = known.board
    if board is None:
        words = "Показатели ещё не зафиксированы ни за один период. Текущие значения — на странице «Показатели»."
        return Section("indicators", "Показатели против плана", (Text((words,)),))
    words = f"Значения зафиксированы за {board.period_accusative} {board.year} на {date_short(board.day)}."
    if board.period_accusative != known.period.title_accusative or board.year != known.period.year.title:
        words += f" За {known.period.title_accusative} показатели ещё не зафиксированы."
    if not board.programs:
        words += " Утверждённой программы на этот день нет: сравнивать значения не с чем."
    tables = tuple(_table(number, part, board) for number, part in enumerate(board.parts, 1))
    counts = ", ".join(f"{standing.label} — {number}" for standing, number in board.counts if number)
    told = Text((words, f"Из показателей с планом: {counts}.")) if counts else Text((words,))
    return Section("indicators", "Показатели против плана", (told, *tables))


def _table(number: int, part: BoardPart, board: Board) -> Table:
    rows = tuple(_row(line) for line in part.lines if line.code not in _OF_FEW)
    return Table(f"indicators_{number}", f"Показатели: {part.title}", _COLUMNS, rows)


def _row(line: BoardLine) -> tuple[Cell, ...]:
    value = board_value(line)
    number = None if value is None or line.words in ("да", "нет", "есть") else float(value)
    words = f"{line.words} ({line.of})" if line.of else line.words
    return (
        Cell(line.code, None, reverse("indicators:board")),
        Cell(short_name(line.code, line.title)),
        Cell(words, number),
        Cell(plans_words(line) or "—"),
        Cell(standings_words(line) or "—"),
        Cell("; ".join(aim.pace for aim in line.aims if aim.pace) or "—"),
    )


def roadmap(known: Known) -> Section:
    """What of the roadmap was due and what became of it; decisions of sittings."""
    return Section("roadmap", "Исполнение дорожной карты и решений", (*_directions(known), _decisions(known)))


def _directions(known: Known) -> tuple[Table | Bars, ...]:
    columns = (Column("direction", "Направление"), Column("due", "Срок настал", "number"),
               Column("held", "Проведено", "number"), Column("late", "Просрочено", "number"),
               Column("moved", "Перенесено", "number"), Column("cancelled", "Отменено", "number"),
               Column("share", "Проведено, %", "number"))  # fmt: skip
    rows = []
    for line in known.roadmap:
        numbers = (line.held, line.late, line.moved, line.cancelled)
        links = ("", linked_late() if line.late else "", "", "")
        told = [number_cell(number, link=link) for number, link in zip(numbers, links, strict=True)]
        rows.append((Cell(line.name), number_cell(line.due), *told, share_cell(line.held, line.due)))
    lines = known.roadmap
    sums = [sum(getattr(line, part) for line in lines) for part in ("due", "held", "late", "moved", "cancelled")]
    foot = ((Cell("Итого"), *(number_cell(one) for one in sums), share_cell(sums[1], sums[0])),) if rows else ()
    table = Table(
        "roadmap", "Мероприятия дорожной карты, срок которых наступил с начала года", columns, tuple(rows), foot=foot,
        empty="Утверждённой дорожной карты на этот год нет, или сроки её мероприятий ещё не наступили.",
    )  # fmt: skip
    if not rows:
        return (table,)
    bars = tuple(
        BarsPart(f"Направление {line.number}", (line.late, line.due - line.held - line.late, line.held))
        for line in lines
    )
    return table, Bars("Мероприятия по направлениям, число", ("просрочено", "отменено или ждёт", "проведено"), bars)


def linked_late() -> str:
    """What is late in the roadmap."""
    return f"{reverse('roadmap:list')}?show=late"


def _decisions(known: Known) -> Table:
    columns = (Column("kind", "Заседания"), Column("made", "Решений", "number"), Column("done", "Выполнено", "number"),
               Column("standing", "Выполняется", "number"), Column("late", "Просрочено", "number"),
               Column("moved", "Срок переносился", "number"))  # fmt: skip
    late = f"{reverse('sittings:decisions')}?show=late"
    rows = [
        (Cell(line.kind.label), number_cell(line.made), number_cell(line.done), number_cell(line.standing),
         number_cell(line.late, link=late), number_cell(line.moved))
        for line in known.decisions
    ]  # fmt: skip
    return Table("decisions", "Решения заседаний", columns, tuple(rows), empty="Решений заседаний за период нет.",
                 note="Решения, принятые за период, и те, срок которых в него попал.")  # fmt: skip

"""Load of the service over a period: meetings, hours, waiting, reach. Numbers alone, never what a meeting was about.

It tells how much there is to do; it does not compare people: specialists stand in alphabetical order.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string

from common.russian import counted, date_short, decimal
from consultations.selectors.load import HOURS_OF, LoadLine, ServiceLoad, Waiting, service_load
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.selectors.periods import main_period, year_of

TITLE = "Нагрузка психологической службы"
HEADINGS = (
    "Специалист",
    "Всего встреч",
    "Состоялось",
    "Не пришли",
    "Отменено",
    "Нет записи",
    "Впереди",
    *(f"Часов: {kind.label.lower()}" for kind in HOURS_OF),
    "Часов всего",
    "Срочных",
)

# Beside each other on one sheet, in the order of `HOURS_OF`.
_SHORT = ("индив.", "групп.", "с родит.", "диагн.", "с педаг.")


def build_for_query(query: ReportQuery) -> ServiceLoad:
    """Of a main period, for whoever asked: all specialists for the heads, the own figures for a specialist."""
    year = year_of(query.school, query.year)
    return service_load(query.user, main_period(year, query.period))


def file_name(load: ServiceLoad) -> str:
    """«Нагрузка психологической службы, 2-я четверть 2026/27»."""
    return f"{TITLE}, {load.period.lower()} {load.year}".replace("/", "-")


def cells(line: LoadLine) -> tuple[Cell, ...]:
    """A line as the workbook and the paper have it, in the order of `HEADINGS`."""
    counts = (line.booked, line.held, line.missed, line.cancelled, line.unrecorded, line.ahead)
    hours = tuple(decimal(line.hours(kind)) for kind in HOURS_OF)
    return (line.name, *counts, *hours, decimal(line.all_hours), line.urgent)


def waiting_words(waiting: Waiting) -> str:
    """«2 дня, по 14 встречам»; «нет данных»."""
    if waiting.median is None:
        return "нет данных"
    days = decimal(waiting.median, 0 if waiting.median == int(waiting.median) else 1)
    return f"{days} дн., медиана по {waiting.count}"


def facts(load: ServiceLoad) -> list[tuple[str, str]]:
    """What stands beside the table."""
    return [
        ("От записи до встречи", waiting_words(load.waiting)),
        ("От направления учителя до встречи", waiting_words(load.referred)),
        ("Охват группы риска", load.reach.words),
        ("Кого считаем группой риска", load.reach.basis),
        ("Срочных встреч без согласия", counted(load.total.urgent, "встреча", "встречи", "встреч")),
    ]


def to_pdf(load: ServiceLoad) -> bytes:
    """A landscape table and what stands beside it."""
    rows = [cells(line) for line in (*load.lines, *([load.total] if len(load.lines) > 1 else []))]
    told: dict[str, Any] = {"load": load, "kinds": _SHORT, "rows": rows, "facts": facts(load)}
    return render_pdf(render_to_string("consultations/load_print.html", told))


def to_xlsx(load: ServiceLoad) -> bytes:
    """A row a specialist, the total, and a sheet with waiting and reach."""
    note = f"{load.school}. {TITLE}, {load.period}, {date_short(load.first)}–{date_short(load.last)}"
    told = Sheet("Показатели", ("Показатель", "Значение"), facts(load), note=note)
    return render_xlsx([Sheet("Нагрузка", HEADINGS, _rows(load), note=note, landscape=True), told])


def _rows(load: ServiceLoad) -> Iterator[tuple[Cell, ...]]:
    for line in (*load.lines, load.total):
        name, *rest = cells(line)
        numbers = [float(str(cell).replace(",", ".")) if isinstance(cell, str) else cell for cell in rest]
        yield (name, *numbers)


def to_json(load: ServiceLoad) -> bytes:
    """`lines` and `total`: counts and minutes by kind; `waiting` in days; `reach` with what it was counted over."""
    told = asdict(load)
    return json.dumps(told, ensure_ascii=False, default=str).encode()


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}

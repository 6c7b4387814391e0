"""What is odd about a roadmap, told to whoever makes it; and what is late. Decided without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.russian import date_short
from roadmaps.rules.terms import MONTHS, Span, is_day_off
from roadmaps.words import Expected
from roadmaps.workflow import WAITING


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity as it is checked: `number` as the page counts it, `due` its first term, `day` its only one."""

    number: int
    due: date | None
    day: date | None
    result: str
    expected: str
    answers: bool


@dataclass(frozen=True, slots=True)
class Oddity:
    """`numbers` of the rows that it is about."""

    text: str
    numbers: tuple[int, ...]


def oddities_of(rows: Sequence[Planned], holidays: Sequence[Span]) -> tuple[Oddity, ...]:
    """What deserves a second look; none of it stands in the way."""
    found = [*_causes_after_routes(rows), *_days_off(rows, holidays)]
    nobody = tuple(row.number for row in rows if not row.answers)
    if nobody:
        found.append(Oddity("Не названы ответственные", nobody))
    blank = tuple(row.number for row in rows if not row.result)
    if blank:
        found.append(Oddity("Не указан ожидаемый результат", blank))
    return tuple(found)


def _causes_after_routes(rows: Sequence[Planned]) -> Iterable[Oddity]:
    """Routes are made for causes that are known (source: rows 9 and 15 of the catalogue)."""
    firsts = [(row, row.due) for row in rows if row.due is not None]
    routes = [one for one in firsts if one[0].expected == Expected.ROUTE]
    causes = [one for one in firsts if one[0].expected == Expected.CAUSES]
    for route, due in routes:
        for cause, later in causes:
            if later > due:
                text = "Причины отставания устанавливают позже, чем составляют индивидуальные траектории"
                yield Oddity(text, (cause.number, route.number))


def _days_off(rows: Sequence[Planned], holidays: Sequence[Span]) -> Iterable[Oddity]:
    for row in rows:
        if row.day is not None and is_day_off(row.day, holidays):
            yield Oddity(f"{date_short(row.day)} — выходной или каникулы", (row.number,))


def is_late(state: str, ends: date, today: date) -> bool:
    """Whether nobody has marked it by the end of its last day."""
    return state in WAITING and ends < today


def is_near(state: str, ends: date, today: date, days: int = 7) -> bool:
    """Whether it is due within a week."""
    return state in WAITING and today <= ends <= today + timedelta(days=days)


def empty_months(spans: Iterable[Span], start: int) -> list[str]:
    """«октябрь 2026»: months from September to May in which nothing is due."""
    due = {(ends.year, ends.month) for _, ends in spans}
    taught = [(start + (month - 1) // 12, (month - 1) % 12 + 1) for month in range(9, 18)]
    return [f"{MONTHS[month - 1]} {year}" for year, month in taught if (year, month) not in due]

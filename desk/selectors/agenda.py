"""What is ahead of a person: the agendas of all apps, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from common.russian import counted, date_words
from school.access import access_of
from school.agendas import agenda_of
from school.models import User
from school.shared import AgendaItem

DAY, WEEK, ALL = "day", "week", "all"
SPANS = {DAY: "Сегодня", WEEK: "Неделя", ALL: "Всё"}


@dataclass(frozen=True)
class AgendaLine:
    """One item; `when`: «до 25 ноября», «до 25 мая 2028», «срок прошёл 2 дня назад», empty for what has no day."""

    item: AgendaItem
    when: str
    late: bool


@dataclass(frozen=True)
class AgendaGroup:
    """Items of one heading."""

    title: str
    lines: tuple[AgendaLine, ...]


def agenda_lines(user: User) -> list[AgendaLine]:
    """Everything ahead as of the school's day, the most urgent first."""
    today = access_of(user).today
    return [] if today is None else [_line(item, today) for item in agenda_of(user, today)]


def _line(item: AgendaItem, today: date) -> AgendaLine:
    if item.due is None:
        return AgendaLine(item, "", late=False)
    if item.due < today:
        days = (today - item.due).days
        return AgendaLine(item, f"срок прошёл {counted(days, 'день', 'дня', 'дней')} назад", late=True)
    year = f" {item.due.year}" if item.due.year != today.year else ""
    return AgendaLine(item, "сегодня" if item.due == today else f"до {date_words(item.due)}{year}", late=False)


def agenda_groups(lines: Iterable[AgendaLine], today: date, span: str) -> list[AgendaGroup]:
    """The lines of a day, of a week or all of them under headings; what is late is never left out."""
    last = {DAY: today, WEEK: today + timedelta(days=6), ALL: date.max}[span]
    groups: dict[str, list[AgendaLine]] = {}
    for line in lines:
        due = line.item.due
        if due is None or due <= last:
            groups.setdefault(_heading(due, today), []).append(line)
    return [AgendaGroup(title, tuple(found)) for title, found in groups.items()]


def _heading(due: date | None, today: date) -> str:
    if due is None:
        return "Без срока"
    if due < today:
        return "Срок прошёл"
    if due == today:
        return "Сегодня"
    return "В ближайшие семь дней" if due <= today + timedelta(days=6) else "Позже"

"""Russian words around numbers and dates."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905


def plural(number: int, one: str, few: str, many: str) -> str:
    """The word alone: plural(2, "ученик", "ученика", "учеников") is "ученика"."""
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return many
    if tail % 10 == 1:
        return one
    return few if 2 <= tail % 10 <= 4 else many


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its word: «5 учеников»."""
    return f"{whole(number)}{NBSP}{plural(number, one, few, many)}"


def whole(number: int) -> str:
    """«1 180», with an unbreakable space between thousands."""
    return f"{number:,}".replace(",", NBSP)


def decimal(value: Decimal | float, places: int = 1) -> str:
    """«15,8», rounded half up."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(exact).replace(".", ",").replace("-", "−")


def plain_number(value: Decimal | float) -> str:
    """As people write it, two places at most: «3», «3,5», «2,25»."""
    return decimal(value, 2).rstrip("0").rstrip(",")


def percent(part: int, of: int, places: int = 1) -> str:
    """The share as «15,8 %»; «—» of nothing."""
    return "—" if of == 0 else f"{decimal(Decimal(part) * 100 / Decimal(of), places)}{NBSP}%"


def signed(number: int) -> str:
    """«+3», «−1», «0»."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


def date_long(day: date) -> str:
    """«21 ноября 2026 г.»"""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}г."


def date_words(day: date) -> str:
    """«21 ноября»"""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}"


def date_short(day: date) -> str:
    """«21.11.2026»"""
    return day.strftime("%d.%m.%Y")


def date_range(first: date, last: date) -> str:
    """«1–31 октября 2026 г.», «1 сентября – 31 октября 2026 г.»; the year twice only where it changes."""
    if first == last:
        return date_long(first)
    if first.year != last.year:
        return f"{date_long(first)} – {date_long(last)}"
    if first.month != last.month:
        return f"{date_words(first)} – {date_long(last)}"
    return f"{first.day}–{date_long(last)}"


_ON_DAY = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")


def moment_words(moment: datetime, today: date) -> str:
    """When it was, seen from today: «сегодня в 10:40», «в пятницу в 16:40», «2 ноября в 9:05»."""
    days = (today - moment.date()).days
    near = {0: "сегодня", 1: "вчера"} | {ago: _ON_DAY[moment.weekday()] for ago in range(2, 7)}
    day = near.get(days) or (date_words if moment.year == today.year else date_long)(moment.date())
    return f"{day} в{NBSP}{moment.hour}:{moment:%M}"

"""Pictures and figures of the desk: decided from plain values, `today` an argument."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from common.russian import counted, decimal
from risk_registry.rules.categories import FAILED, Thresholds, forecast

WEEKS_BESIDE = 12  # columns of a calendar that a narrow screen holds
_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


def age_on(day: date, born: date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mean(values: Sequence[int], places: int = 2) -> Decimal | None:
    """The plain mean, rounded half up; None without values."""
    if not values:
        return None
    exact = Decimal(sum(values)) / len(values)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Days:
    """Days with both ends inside; empty when the last is before the first."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def so_far(period: Days, today: date) -> Days:
    """What of the period is over."""
    return Days(period.first, min(period.last, today))


def same_days(before: Days, current: Days) -> Days:
    """As many first days of the earlier period as the current one has had: only like is compared with like."""
    return Days(before.first, min(before.last, before.first + (current.last - current.first)))


# --- absences ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missed:
    """Lessons missed on one day for one reason: "unexcused", "illness" or "excused"."""

    day: date
    reason: str


# Reason → letter, class of the stylesheet, word.
_SHOWN = {
    "unexcused": ("н", "o-cal--bad", "без причины"),
    "illness": ("б", "o-cal--ill", "болезнь"),
    "excused": ("у", "o-cal--ok", "уважительная"),
}
_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


@dataclass(frozen=True)
class AbsenceDay:
    """A cell: `reason` is the gravest of the day, `lessons` how many of all were missed; `off` has no lessons."""

    day: date
    reason: str = ""
    lessons: int = 0
    off: bool = False

    @property
    def letter(self) -> str:
        """«н», «б», «у», or nothing."""
        return _SHOWN[self.reason][0] if self.reason else ""

    @property
    def css(self) -> str:
        """The class of the stylesheet."""
        if self.reason:
            return _SHOWN[self.reason][1]
        return "o-cal--off" if self.off else ""

    @property
    def anchor(self) -> str:
        """Where the list of missed lessons shows this day."""
        return f"d{self.day:%Y-%m-%d}"

    @property
    def spoken(self) -> str:
        """«10.11: без причины, 3 урока»."""
        if not self.reason:
            return ""
        return f"{self.day:%d.%m}: {_SHOWN[self.reason][2]}, {counted(self.lessons, 'урок', 'урока', 'уроков')}"


@dataclass(frozen=True)
class AbsenceBlock:
    """Up to twelve weeks: months with their widths, Mondays, and a row of cells for each weekday from Monday."""

    months: tuple[tuple[str, int], ...]
    mondays: tuple[date, ...]
    rows: tuple[tuple[AbsenceDay, ...], ...]

    @property
    def named_rows(self) -> list[tuple[str, tuple[AbsenceDay, ...]]]:
        """Rows with the short name of their weekday."""
        return list(zip(_WEEKDAYS, self.rows, strict=False))


_GRAVITY = tuple(_SHOWN)


def absence_blocks(missed: Iterable[Missed], lessons: Days, holidays: Sequence[Days]) -> list[AbsenceBlock]:
    """The days of `lessons` as calendars of twelve weeks; Saturdays stand there only when one was missed."""
    by_day: dict[date, Counter[str]] = {}
    for one in missed:
        by_day.setdefault(one.day, Counter())[one.reason] += 1
    weekdays = 6 if any(day.weekday() == 5 for day in by_day) else 5
    first = lessons.first - timedelta(days=lessons.first.weekday())
    count = max(((lessons.last - first).days // 7) + 1, 0)
    mondays = [first + timedelta(weeks=week) for week in range(count)]
    return [
        _block(mondays[start : start + WEEKS_BESIDE], weekdays, by_day, lessons, holidays)
        for start in range(0, count, WEEKS_BESIDE)
    ]


def _block(
    mondays: Sequence[date], weekdays: int, by_day: dict[date, Counter[str]], lessons: Days, holidays: Sequence[Days]
) -> AbsenceBlock:
    rows = tuple(
        tuple(_cell(monday + timedelta(days=weekday), by_day, lessons, holidays) for monday in mondays)
        for weekday in range(weekdays)
    )
    return AbsenceBlock(_months(mondays, lessons), tuple(mondays), rows)


def _cell(day: date, by_day: dict[date, Counter[str]], lessons: Days, holidays: Sequence[Days]) -> AbsenceDay:
    reasons = by_day.get(day)
    if reasons:
        return AbsenceDay(day, next(reason for reason in _GRAVITY if reasons[reason]), reasons.total())
    return AbsenceDay(day, off=day not in lessons or any(day in days for days in holidays))


def _months(mondays: Sequence[date], lessons: Days) -> tuple[tuple[str, int], ...]:
    """A week belongs to the month in which its first lesson day lies."""
    names = [_MONTHS[max(monday, lessons.first).month - 1] for monday in mondays]
    return tuple((name, names.count(name)) for name in dict.fromkeys(names))


@dataclass(frozen=True)
class AbsenceTotal:
    """One reason: lessons and the days on which they were missed."""

    reason: str
    lessons: int
    days: int

    @property
    def letter(self) -> str:
        """«н», «б», «у»."""
        return _SHOWN[self.reason][0]

    @property
    def css(self) -> str:
        """The class of the stylesheet."""
        return _SHOWN[self.reason][1]

    @property
    def word(self) -> str:
        """«без причины»."""
        return _SHOWN[self.reason][2]

    @property
    def in_words(self) -> str:
        """«19 уроков, 7 дней»."""
        return f"{counted(self.lessons, 'урок', 'урока', 'уроков')}, {counted(self.days, 'день', 'дня', 'дней')}"


def absence_totals(missed: Iterable[Missed]) -> list[AbsenceTotal]:
    """All three reasons, the gravest first; those that do not occur have zeros."""
    lessons: Counter[str] = Counter()
    days: dict[str, set[date]] = {reason: set() for reason in _GRAVITY}
    for one in missed:
        lessons[one.reason] += 1
        days[one.reason].add(one.day)
    return [AbsenceTotal(reason, lessons[reason], len(days[reason])) for reason in _GRAVITY]


# --- heat map of a class ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HeatCell:
    """A figure with its tone: "2" to "5" as the result it is or foretells, "x" for what has none; `few` marks."""

    text: str
    tone: str
    few: bool = False

    @property
    def css(self) -> str:
        """Classes of the stylesheet."""
        return f"o-heat__{self.tone or 'x'}" + (" o-heat__few" if self.few else "")


def heat_of_mean(mean: Decimal, marks: int, thresholds: Thresholds) -> HeatCell:
    """The mean toned by what it foretells, however few the marks; too few of them foretell nothing for certain."""
    foretold = forecast(mean, marks=max(marks, thresholds.forecast_min_marks), thresholds=thresholds)
    few = marks < thresholds.forecast_min_marks
    return HeatCell(decimal(mean), str(foretold), few)


def heat_of_result(value: str, *, excused: bool) -> HeatCell:
    """A result toned by itself; `н/а` and `незач` stand with the twos, `осв`, `зач` and `усп` have no tone."""
    if value in FAILED:
        return HeatCell(value, "x" if excused else "2")
    return HeatCell(value, value if value.isdigit() else "x")


# --- history of a mark ------------------------------------------------------------------------------------------------


def original_value(before: Sequence[int], now: int) -> int | None:
    """What a corrected mark was at first; None when it has come back to that. `before`: oldest first."""
    return before[0] if before and before[0] != now else None

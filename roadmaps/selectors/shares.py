"""Shares of activities held, with what they were counted from (паспорт программы, показатели 30 и 32)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from common.russian import percent
from roadmaps.models import Activity, Occurrence
from roadmaps.words import OccurrenceState
from school.models import AcademicYear, School


@dataclass(frozen=True)
class Share:
    """`counted` of `of` held deeds; both lists are what a person can check. Nothing held: no value."""

    code: str
    title: str
    counted: tuple[Occurrence, ...]
    of: tuple[Occurrence, ...]

    @property
    def value(self) -> Decimal | None:
        """Percent, one decimal, half up; None of nothing."""
        if not self.of:
            return None
        return (Decimal(len(self.counted)) * 100 / len(self.of)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def words(self) -> str:
        """«15,8 %», «—» of nothing."""
        return percent(len(self.counted), len(self.of))


_SHARES: tuple[tuple[str, str, Callable[[Activity], bool]], ...] = (
    ("P32", "С участием специалистов", lambda row: row.with_specialists),
    ("P30", "С ресурсами «Точки роста»", lambda row: row.with_point),
)


def activity_shares(
    *, school: School, year: AcademicYear, begins: date | None = None, ends: date | None = None
) -> tuple[Share, ...]:
    """P32 and P30 of what was held from `begins` to `ends` (of the whole year without them). One query.

    «Проведённое мероприятие» is one deed held: a monthly meeting that was held nine times counts nine times.
    """
    rows = Occurrence.objects.filter(
        activity__roadmap__school=school, activity__roadmap__year=year, state=OccurrenceState.HELD
    )
    if begins is not None:
        rows = rows.filter(held_on__gte=begins)
    if ends is not None:
        rows = rows.filter(held_on__lte=ends)
    held = tuple(rows.select_related("activity").order_by("held_on", "pk"))
    return tuple(
        Share(code, title, tuple(row for row in held if marked(row.activity)), held) for code, title, marked in _SHARES
    )

"""When specialists receive: their hours, the days that differ, the nearest free times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from consultations.models import HoursException, ServiceHours
from consultations.permissions import specialists_of
from consultations.rules.free_times import Piece
from consultations.selectors.free import Sought, free_times_of_each, kept_of
from school.access import Viewer
from school.models import Pupil, School, Staff, StaffPosition
from school.roles import Position

FORTNIGHT = timedelta(days=13)
NEAREST = 4


@dataclass(frozen=True)
class Receiving:
    """A specialist: positions in words, hours in force or to come, days ahead that differ, free times by days."""

    staff: Staff
    positions: str
    hours: tuple[ServiceHours, ...]
    changes: tuple[HoursException, ...]
    days: dict[date, list[Piece]] = field(default_factory=dict)

    @property
    def free(self) -> list[Piece]:
        """The first few."""
        return [piece for pieces in self.days.values() for piece in pieces][:NEAREST]

    @property
    def free_days(self) -> list[tuple[date, list[Piece]]]:
        """Days on which there is a free time."""
        return [(day, pieces) for day, pieces in self.days.items() if pieces]


def receiving(
    user: Viewer, school: School, *, pupils: Sequence[Pupil] = (), only: int | None = None, told: bool = False
) -> list[Receiving]:
    """Specialists by name, with times of the next two weeks at which the pupils can come too. A constant number."""
    today = school.today()
    rows = specialists_of(user) if only is None else specialists_of(user).filter(pk=only)
    held = StaffPosition.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=today), Q(ends__isnull=True) | Q(ends__gte=today), staff=OuterRef("pk")
    )
    staff: list[Any] = list(rows.annotate(held=ArraySubquery(held.order_by("pk").values("position"))))
    if not staff:
        return []
    staff[0].school = school  # the same for all: not fetched again
    kept = kept_of(staff, today)
    sought = Sought(staff[0], today, today + FORTNIGHT, pupils, told=told)
    free = free_times_of_each(staff, sought, kept=kept)
    return [
        Receiving(
            staff=one,
            positions=", ".join(dict.fromkeys(str(Position(held).label) for held in one.held)),
            hours=tuple(kept.of(one)[0]),
            changes=tuple(kept.of(one)[1]),
            days=free[one.pk],
        )
        for one in staff
    ]

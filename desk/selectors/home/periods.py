"""Which period the desk speaks of, and with which it compares."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from risk_registry.models import PupilCategory
from school.models import Period, School


@dataclass(frozen=True)
class DeskPeriods:
    """`now`: the newest period that the marks say anything about; `before`: the one before it; `today`'s own."""

    today: date
    now: Period | None
    before: Period | None
    running: Period | None

    @property
    def decided(self) -> Period | None:
        """Whose registry waits for decisions: the newest period that is over, else the one under way."""
        over = self.now is not None and self.now.ends < self.today
        return self.now if over or self.before is None else self.before


def desk_periods(school: School, today: date) -> DeskPeriods:
    """Periods of the school's main systems; one query."""
    judged = PupilCategory.objects.filter(period=OuterRef("pk"), unrated=False)
    rows = Period.objects.filter(year__school=school, starts__lte=today).select_related("year")
    begun = [
        period
        for period in rows.annotate(judged=Exists(judged)).order_by("starts")
        if period.system == period.year.main_system
    ]
    spoken = [period for period in begun if period.judged]
    now = spoken[-1] if spoken else None
    earlier = [period for period in spoken if now is not None and period.starts < now.starts]
    running = [period for period in begun if period.ends >= today]
    return DeskPeriods(today, now, earlier[-1] if earlier else None, running[-1] if running else None)

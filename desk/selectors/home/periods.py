"""Which period the desk speaks of, and with which it compares."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from risk_registry.models import PupilCategory
from school.models import Period, School


@dataclass(frozen=True)
class DeskPeriods:
    """`now`: what there is to tell of; `before`: the period before it; `running`: `today`'s own.

    `now` is the newest period that the marks say anything about, and while they say nothing of a year yet, the list of
    its beginning (`begins`), where that names anybody.
    """

    today: date
    now: Period | None
    before: Period | None
    running: Period | None
    begins: Period | None = None

    @property
    def decided(self) -> Period | None:
        """Whose registry waits for decisions: the newest that is over in the year, else its beginning."""
        now = self.now
        if now is None or now.is_start or now.ends < self.today:
            return now
        if self.before is not None and self.before.year_id == now.year_id:
            return self.before
        return self.begins or now

    @property
    def of_marks(self) -> Period | None:
        """Whose marks, absences and signals are shown: a beginning has none of its own."""
        return self.running if self.now is not None and self.now.is_start else self.now

    @property
    def too_early(self) -> bool:
        """Until the list of the year's beginning is due nobody waits for marks."""
        return self.now is not None and self.now.is_start and self.today <= self.now.ends


def desk_periods(school: School, today: date) -> DeskPeriods:
    """Periods of the school's main systems, and the year's beginning; one query."""
    judged = PupilCategory.objects.filter(period=OuterRef("pk"), unrated=False)
    rows = Period.objects.filter(year__school=school, starts__lte=today).select_related("year")
    told = list(rows.annotate(judged=Exists(judged)).order_by("starts", "number"))
    begun = [period for period in told if period.system == period.year.main_system]
    spoken = [period for period in begun if period.judged]
    running = next((period for period in reversed(begun) if period.ends >= today), None)
    begins = next((one for one in told if one.is_start and one.judged and _same_year(one, running)), None)
    now = spoken[-1] if spoken else None
    if begins is not None and not _same_year(begins, now):
        return DeskPeriods(today, begins, None, running, begins)
    earlier = [period for period in spoken if now is not None and period.starts < now.starts]
    return DeskPeriods(today, now, earlier[-1] if earlier else None, running, begins)


def _same_year(one: Period, other: Period | None) -> bool:
    return other is not None and one.year_id == other.year_id

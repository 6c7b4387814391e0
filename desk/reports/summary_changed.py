"""What has changed: categories beside the period before, the last seven days, the last approved report."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from common.look import Figure
from common.russian import counted, date_short
from desk.reports.shapes import ChangedPart, Line
from desk.selectors.home.overview import category_figures
from desk.selectors.home.periods import DeskPeriods
from desk.selectors.home.since import WEEK, since_visit
from monitoring.models import ReportState
from monitoring.selectors import reports_for
from monitoring.services import QUARTERLY
from risk_registry.selectors.categories import categories_beside, total_counts
from roadmaps.selectors.late import held_since
from school.models import User

_NONE: tuple[Figure, ...] = ()


def changed_part(user: User, periods: DeskPeriods, now: datetime) -> ChangedPart:
    """A constant number of queries; without marks there are no categories to compare."""
    period, figures = "", _NONE
    if periods.now is not None:
        counted_now, before = categories_beside(user, periods.now, periods.before)
        figures = category_figures(periods, total_counts(counted_now), before if periods.before else None)
        period = periods.now.title
    return ChangedPart(period, figures, tuple(_week(user, periods, now)), _report(user))


def _week(user: User, periods: DeskPeriods, now: datetime) -> Iterator[Line]:
    told = since_visit(user, now - WEEK, periods, f"?days={WEEK.days}")
    for line in told.lines:
        yield Line(line.words, line.url)
    number = held_since(user, (now - WEEK).date(), periods.today)
    if number:
        words = counted(number, "мероприятие проведено", "мероприятия проведено", "мероприятий проведено")
        yield Line(words, reverse("roadmap:board"), "дорожная карта")


def _report(user: User) -> Line | None:
    rows = reports_for(user).filter(kind=QUARTERLY, state=ReportState.APPROVED).defer("data")
    found = rows.order_by("-approved_on", "-pk").first()
    if found is None or found.approved_on is None:
        return None
    title = f"Отчёт за {found.period.title_accusative} {found.period.year.title}"
    return Line(
        title, reverse("monitoring:detail", args=[found.pk]), f"№ {found.number} от {date_short(found.approved_on)}"
    )

"""Where each class stands with the registry of a period, and by when it has to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from risk_registry.categories import EntryState
from risk_registry.links import registry_link
from risk_registry.models import ApprovalReminder, RegistryEntry, RegistryStep
from risk_registry.rules.approval import Asked, approval_due
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.registry import OUT
from risk_registry.workflow import Deed
from school.models import Period, SchoolClass, User

# A teacher has seen a class when every entry that names a subject of theirs was seen.
_SEEN = """
SELECT place, count(*), count(*) FILTER (WHERE seen = entries) FROM (
    SELECT entry.school_class_id AS place, given.staff_id,
           count(DISTINCT entry.id) AS entries, count(DISTINCT look.entry_id) AS seen
    FROM risk_registry_registryentry AS entry
    JOIN school_teachingassignment AS given
      ON given.school_class_id = entry.school_class_id AND given.subject_id = ANY(entry.subjects)
     AND (given.starts IS NULL OR given.starts <= %(today)s) AND (given.ends IS NULL OR given.ends >= %(today)s)
     AND (given.subgroup_id IS NULL OR EXISTS (
            SELECT FROM school_subgroup_pupils AS part
            WHERE part.subgroup_id = given.subgroup_id AND part.pupil_id = entry.pupil_id))
    LEFT JOIN school_user AS login ON login.staff_id = given.staff_id
    LEFT JOIN risk_registry_entrylook AS look ON look.entry_id = entry.id AND look.by_id = login.id
    WHERE entry.period_id = %(period)s AND entry.state <> ALL(%(out)s)
    GROUP BY 1, 2
) AS teacher GROUP BY 1
"""


@dataclass(frozen=True)
class Term:
    """By when the registry of a period, or the list of the year's beginning, is due."""

    period: Period
    due: date
    today: date
    holidays: tuple[tuple[date, date], ...] = ()  # of the year, the whole school's

    @property
    def passed(self) -> bool:
        """Whether the last day is over."""
        return self.today > self.due

    @property
    def end_of_due(self) -> datetime:
        """The moment after which nothing is in time."""
        zone = ZoneInfo(self.period.year.school.timezone)
        return datetime.combine(self.due + timedelta(days=1), time(), tzinfo=zone)


@dataclass(frozen=True)
class ClassStanding:
    """Entries of a class by where they stand; `late` wait for the class teacher since before the term ended."""

    school_class: SchoolClass
    proposed: int
    agreed: int
    returned: int
    approved: int
    removed: int
    unagreed: int
    late: int
    teachers: int
    seen: int
    reminded: date | None
    links: Mapping[str, str]

    @property
    def waiting(self) -> int:
        """Entries that wait for the class teacher."""
        return self.proposed + self.returned

    @property
    def all(self) -> int:
        """Entries in the registry."""
        return self.waiting + self.agreed + self.approved

    @property
    def words(self) -> str:
        """Where the class stands, in a word."""
        if not self.all:
            return "никого в реестре"
        if self.waiting:
            return "ждёт классного руководителя"
        return "ждёт утверждения" if self.agreed else "утверждён"


def term_of(period: Period, today: date, holidays: Sequence[tuple[date, date]]) -> Term:
    """No query for a `period` that has its year, school and settings; `holidays` are those of the year."""
    asked = Asked(period.number, period.starts, period.ends, period.year.school.settings.approval_days)
    return Term(period, approval_due(asked, holidays), today, tuple(holidays))


def class_standings(user: User, term: Term) -> list[ClassStanding]:
    """All classes of the period's year in order, for whoever answers for the whole school; three queries."""
    period = term.period
    counts = _counts(user, term)
    seen = _seen(period, term.today)
    told = ApprovalReminder.objects.filter(period=period, school_class=OuterRef("pk")).order_by("-pk").values("on")
    rows = SchoolClass.objects.filter(year=period.year_id).select_related("class_teacher")
    classes: Any = rows.annotate(reminded=Subquery(told[:1]))
    return [
        _standing(each, counts.get(each.pk, {}), seen.get(each.pk, (0, 0)), each.reminded, term) for each in classes
    ]


def _counts(user: User, term: Term) -> dict[int, dict[str, int]]:
    """Numbers by class; «late» and «unagreed» beside the states."""
    last = RegistryStep.objects.filter(entry=OuterRef("pk"), deed=Deed.APPROVE)
    agreed = Exists(last.filter(from_state=EntryState.AGREED))
    late = Q(state__in=WAITING, changed_at__lt=term.end_of_due) if term.passed else Q(pk__in=[])
    rows = RegistryEntry.objects.visible_to(user).in_period(term.period).order_by().values("school_class")
    states = {state: Count("pk", filter=Q(state=state)) for state in EntryState.codes()}
    unagreed = Count("pk", filter=Q(state=EntryState.APPROVED) & ~Q(agreed))
    told: Any = rows.annotate(**states, late=Count("pk", filter=late), unagreed=unagreed)
    return {row["school_class"]: row for row in told}


def _seen(period: Period, today: date) -> dict[int, tuple[int, int]]:
    """By class: of how many subject teachers, how many have seen their entries."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"period": period.pk, "today": today, "out": [str(state) for state in OUT]})
        return {place: (teachers, seen) for place, teachers, seen in cursor.fetchall()}


def _standing(
    school_class: SchoolClass, told: Mapping[str, int], seen: tuple[int, int], reminded: date | None, term: Term
) -> ClassStanding:
    place = {"period": term.period.pk, "cls": school_class.pk}
    links = {state: registry_link(**place, state=state) for state in EntryState.codes()}
    return ClassStanding(
        school_class=school_class,
        proposed=told.get(EntryState.PROPOSED, 0),
        agreed=told.get(EntryState.AGREED, 0),
        returned=told.get(EntryState.RETURNED, 0),
        approved=told.get(EntryState.APPROVED, 0),
        removed=told.get(EntryState.REMOVED, 0),
        unagreed=told.get("unagreed", 0),
        late=told.get("late", 0),
        teachers=seen[0],
        seen=seen[1],
        reminded=reminded,
        links=links,
    )

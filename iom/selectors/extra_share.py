"""How many of the pupils at risk attend extra lessons: indicators P12 and R06, with the pupils behind each number.

Паспорт программы, показатель 12: слабоуспевающие и неуспевающие реестра. Региональный показатель 6: неуспевающие.
Who attends: a pupil who, within the days asked about, came at least once to an extra lesson that was held, or with whom
the journal of individual work has an entry after lessons, of a consultation or of another extra lesson.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from common.russian import percent
from iom.models import ExtraAttendance, ExtraMember, WorkEntryPupil
from iom.words import SessionState
from iom.work_words import WorkWay
from risk_registry.categories import Category
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.models import Period, Pupil, User


@dataclass(frozen=True)
class AtRisk:
    """A pupil of the registry: to how many held lessons of the groups they came; `groups` they are in these days."""

    entry: int
    pupil: Pupil
    school_class: str
    category: Category
    came: int
    held: int
    last: date | None
    groups: int
    entries: int = 0  # of the journal, outside of lessons and of groups

    @property
    def attends(self) -> bool:
        """Came to a group at least once, or was worked with outside of lessons."""
        return self.came > 0 or self.entries > 0


@dataclass(frozen=True)
class Share:
    """An indicator: its code, its name as the source has it, who is in its denominator."""

    code: str
    name: str
    of: tuple[AtRisk, ...]

    @property
    def attending(self) -> tuple[AtRisk, ...]:
        """The numerator."""
        return tuple(one for one in self.of if one.attends)

    @property
    def words(self) -> str:
        """«50,0 %»; «нет» when there is nobody to count."""
        return percent(len(self.attending), len(self.of)) if self.of else "нет учеников"


@dataclass(frozen=True)
class Shares:
    """Both indicators over the registry of a period, attendance from day to day (both inside)."""

    period: Period
    first: date
    last: date
    p12: Share
    r06: Share


_P12 = "Слабоуспевающие и неуспевающие, посещающие дополнительные занятия"
_R06 = "Неуспевающие, посещающие дополнительные занятия"


def extra_lessons_shares(user: User, period: Period, first: date, last: date) -> Shares:
    """Both indicators over the pupils whom the person sees; four queries."""
    pupils = _at_risk(user, period, first, last)
    failing = tuple(one for one in pupils if one.category == Category.FAILING)
    return Shares(period, first, last, Share("P12", _P12, tuple(pupils)), Share("R06", _R06, failing))


def _at_risk(user: User, period: Period, first: date, last: date) -> list[AtRisk]:
    rows = RegistryEntry.objects.visible_to(user).in_period(period).exclude(state__in=OUT)
    rows = rows.filter(category__in=(Category.FAILING, Category.WEAK)).select_related("pupil", "school_class")
    found: Sequence[RegistryEntry] = list(rows.order_by("pupil__sort_key"))
    pupils = [entry.pupil_id for entry in found]
    told, groups = _attendance(pupils, first, last), _groups(pupils, first, last)
    entries = _entries(pupils, first, last)
    return [
        AtRisk(
            entry.pk,
            entry.pupil,
            str(entry.school_class),
            Category(entry.category),
            *told.get(entry.pupil_id, (0, 0, None)),
            groups.get(entry.pupil_id, 0),
            entries.get(entry.pupil_id, 0),
        )
        for entry in found
    ]


def _attendance(pupils: Collection[int], first: date, last: date) -> dict[int, tuple[int, int, date | None]]:
    rows = ExtraAttendance.objects.filter(
        pupil__in=pupils, session__state=SessionState.HELD, session__on__range=(first, last)
    )
    counts = rows.order_by().values("pupil")
    told = counts.annotate(
        times=Count("pk", filter=Q(came=True)), of=Count("pk"), last=Max("session__on", filter=Q(came=True))
    )
    return {row["pupil"]: (row["times"], row["of"], row["last"]) for row in told}


def _groups(pupils: Collection[int], first: date, last: date) -> dict[int, int]:
    rows = ExtraMember.objects.filter(pupil__in=pupils, begins__lte=last, ends__gte=first).order_by()
    return {row["pupil"]: row["number"] for row in rows.values("pupil").annotate(number=Count("group", distinct=True))}


OUTSIDE = (WorkWay.AFTER, WorkWay.CONSULTATION, WorkWay.EXTRA)


def _entries(pupils: Collection[int], first: date, last: date) -> dict[int, int]:
    """Standing entries of the journal outside of lessons; those of groups are counted by attendance."""
    rows = WorkEntryPupil.objects.filter(
        pupil__in=pupils,
        entry__on__range=(first, last),
        entry__form__in=OUTSIDE,
        entry__withdrawn_at__isnull=True,
        entry__extra_session__isnull=True,
    ).order_by()
    return {row["pupil"]: row["number"] for row in rows.values("pupil").annotate(number=Count("entry", distinct=True))}

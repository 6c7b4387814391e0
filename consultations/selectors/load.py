"""How much work the service has had over a period, and the meetings and pupils behind each number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.timezone import localdate

from common.russian import percent
from consultations.models import Appointment, AppointmentPupil, Referral
from consultations.models.meetings import AppointmentQuerySet
from consultations.permissions_schedule import load_of_all
from consultations.words import MeetingKind, MeetingState
from risk_registry.categories import AT_RISK, EntryState
from risk_registry.models import PupilCategory, RegistryEntry
from risk_registry.selectors.registry import OUT
from school.access import access_of
from school.models import Period, Pupil, Staff, User

HOURS_OF = tuple(MeetingKind)
_HOUR = Decimal(60)


@dataclass(frozen=True)
class LoadLine:
    """One specialist, or all. Minutes are of held meetings, by the kind's code.

    `unrecorded`: the day has passed and nobody wrote what became of the meeting; `ahead`: still to come.
    """

    staff: int
    name: str
    held: int
    missed: int
    cancelled: int
    unrecorded: int
    ahead: int
    urgent: int
    minutes: dict[str, int]

    @property
    def booked(self) -> int:
        """All that were booked for these days, cancelled ones included."""
        return self.held + self.missed + self.cancelled + self.unrecorded + self.ahead

    @property
    def all_hours(self) -> Decimal:
        """Hours of held meetings."""
        return sum(self.minutes.values()) / _HOUR

    def hours(self, kind: str) -> Decimal:
        """Hours of one kind."""
        return self.minutes.get(str(kind), 0) / _HOUR

    @property
    def by_kind(self) -> list[tuple[str, Decimal]]:
        """Code and hours, in the order of headings."""
        return [(str(kind), self.hours(kind)) for kind in HOURS_OF]


@dataclass(frozen=True)
class Waiting:
    """Days until a held meeting: the median and over how many; None of nothing."""

    median: Decimal | None
    count: int


@dataclass(frozen=True)
class Reach:
    """Of how many pupils at risk how many were at a held meeting; `basis` says who counts as at risk."""

    met: int
    of: int
    basis: str

    @property
    def words(self) -> str:
        """«12 из 40, 30,0 %»."""
        return f"{self.met} из {self.of}, {percent(self.met, self.of)}" if self.of else "группы риска нет"


@dataclass(frozen=True)
class ServiceLoad:
    """The figures of a period. `own`: of one specialist, who asked."""

    school: str
    founder: str
    year: str
    period: str
    first: date
    last: date
    own: bool
    lines: tuple[LoadLine, ...]
    total: LoadLine
    waiting: Waiting
    referred: Waiting
    reach: Reach


def load_meetings(user: User | None, period: Period) -> AppointmentQuerySet:
    """The meetings that are counted: all of the school's for the heads, the own for a specialist; None sees all."""
    rows = Appointment.objects.all() if user is None else Appointment.objects.visible_to(user)
    rows = rows.filter(school=period.year.school_id, on__range=(period.starts, period.ends))
    return rows if user is None or load_of_all(user) else rows.filter(specialist=access_of(user).staff)


def service_load(user: User | None, period: Period) -> ServiceLoad:
    """Seven queries, whatever the number of meetings. The period has its year and school."""
    school = period.year.school
    rows = load_meetings(user, period)
    lines = _lines(rows, school.today())
    at_risk, basis = pupils_at_risk(user, period)
    return ServiceLoad(
        school=school.official_name,
        founder=school.founder,
        year=period.year.title,
        period=period.title,
        first=period.starts,
        last=period.ends,
        own=user is not None and not load_of_all(user),
        lines=tuple(lines),
        total=_total(lines),
        waiting=_since_booking(rows),
        referred=_since_referral(rows),
        reach=Reach(pupils_met(rows).filter(pk__in=at_risk.values("pk")).count(), at_risk.count(), basis),
    )


def unrecorded(today: date) -> Q:
    """Planned meetings of days that are over."""
    return Q(state=MeetingState.PLANNED, on__lt=today)


def ahead(today: date) -> Q:
    """Planned meetings of today and later."""
    return Q(state=MeetingState.PLANNED, on__gte=today)


def _lines(rows: AppointmentQuerySet, today: date) -> list[LoadLine]:
    told = (
        rows.order_by()
        .values("specialist", "kind")
        .annotate(
            held=Count("pk", filter=Q(state=MeetingState.HELD)),
            missed=Count("pk", filter=Q(state=MeetingState.MISSED)),
            cancelled=Count("pk", filter=Q(state=MeetingState.CANCELLED)),
            unrecorded=Count("pk", filter=unrecorded(today)),
            ahead=Count("pk", filter=ahead(today)),
            in_haste=Count("urgent"),
            spent=Sum(F("time_to") - F("time_from"), filter=Q(state=MeetingState.HELD)),
        )
    )
    people: dict[int, list[Any]] = {}
    for row in told:
        people.setdefault(row["specialist"], []).append(row)
    staff = Staff.objects.filter(pk__in=people).order_by("sort_key", "pk")
    return [_line(one.pk, one.short_name, people[one.pk]) for one in staff]


_COUNTS = ("held", "missed", "cancelled", "unrecorded", "ahead", "urgent")


def _line(staff: int, name: str, rows: Sequence[Any]) -> LoadLine:
    counts = {key: sum(row["in_haste" if key == "urgent" else key] for row in rows) for key in _COUNTS}
    minutes = {row["kind"]: int(row["spent"].total_seconds()) // 60 for row in rows if row["spent"]}
    return LoadLine(staff, name, **counts, minutes=minutes)


def _total(lines: Iterable[LoadLine]) -> LoadLine:
    every = list(lines)
    counts = {key: sum(getattr(line, key) for line in every) for key in _COUNTS}
    minutes = {str(kind): sum(line.minutes.get(str(kind), 0) for line in every) for kind in HOURS_OF}
    return LoadLine(0, "Всего", **counts, minutes={kind: spent for kind, spent in minutes.items() if spent})


def _median(days: Sequence[int]) -> Waiting:
    return Waiting(Decimal(str(median(days))) if days else None, len(days))


def _since_booking(rows: AppointmentQuerySet) -> Waiting:
    """Of held meetings; what was written down after it took place was not waited for."""
    held = rows.filter(state=MeetingState.HELD).values_list("booked_at", "on")
    return _median([(on - localdate(at)).days for at, on in held if localdate(at) <= on])


def _since_referral(rows: AppointmentQuerySet) -> Waiting:
    """From a teacher's referral to the pupil's first held meeting with who took it."""
    held = rows.filter(state=MeetingState.HELD, pupils__came=True).order_by("on")
    met = list(held.values_list("pupils__pupil", "specialist", "on"))
    asked = Referral.objects.filter(pupil__in={pupil for pupil, _, _ in met}, taken_by__isnull=False)
    days = []
    for pupil, staff, at in asked.values_list("pupil", "taken_by", "at"):
        since = next((on for one, who, on in met if one == pupil and who == staff and on >= localdate(at)), None)
        if since is not None:
            days.append((since - localdate(at)).days)
    return _median(days)


def pupils_at_risk(user: User | None, period: Period) -> tuple[QuerySet[Pupil], str]:
    """Failing and weak: by the registry once the whole period is approved, else as the marks say; and which.

    Where the marks were never judged, by the registry as it stands.
    """
    entries = RegistryEntry.objects.all() if user is None else RegistryEntry.objects.visible_to(user)
    entries = entries.in_period(period).exclude(state__in=OUT).filter(category__in=AT_RISK)
    states = set(entries.order_by().values_list("state", flat=True).distinct())
    if states == {EntryState.APPROVED}:
        return Pupil.objects.filter(pk__in=entries.order_by().values("pupil")), "утверждённый реестр"
    judged = PupilCategory.objects.all() if user is None else PupilCategory.objects.visible_to(user)
    judged = judged.in_period(period)
    if judged.exists():
        marks = judged.filter(category__in=AT_RISK).order_by().values("pupil")
        return Pupil.objects.filter(pk__in=marks), "классификация по отметкам: реестр утверждён не весь"
    return Pupil.objects.filter(pk__in=entries.order_by().values("pupil")), "реестр, ещё не утверждённый"


def pupils_met(rows: AppointmentQuerySet) -> QuerySet[Pupil]:
    """Pupils who came to a held meeting of these, or whose parents did."""
    lines = AppointmentPupil.objects.filter(
        appointment__in=rows.order_by().values("pk"), state=MeetingState.HELD, came=True
    )
    return Pupil.objects.filter(pk__in=lines.order_by().values("pupil"))

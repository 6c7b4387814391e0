"""Reads of reasons of absence: what waits for one, and what is known about a pupil."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery

from common.russian import counted, date_short
from gradebook.grounds import TERMS, GroundKind, is_school_day, spells
from gradebook.models import Absence, AbsenceGround, AbsenceReason
from gradebook.models.facts import AbsenceQuerySet
from gradebook.permissions import pupils_of_grounds
from school.access import Viewer, access_of
from school.models import AcademicYear, Enrolment, Period, Pupil, SchoolClass, User
from school.restricted import restricted_kind
from school.selectors import holiday_spans
from school.selectors_pupils import Presence, pupil_rows
from school.services.reading import log_reading

ABSENCE_GROUNDS = restricted_kind("absence_grounds", "основания пропусков")
ABSENCE_PAPER = restricted_kind("absence_paper", "документ о пропуске")


@dataclass(frozen=True)
class Waiting:
    """Days in a row that a pupil missed without a ground that holds; `ground` is one that does not hold (yet)."""

    pupil: Any
    first: date
    last: date
    lessons: int
    ground: AbsenceGround | None

    @property
    def days(self) -> str:
        """«12.11», «12.11–14.11»."""
        return f"{self.first:%d.%m}" + (f"–{self.last:%d.%m}" if self.last != self.first else "")

    @property
    def why(self) -> str:
        """What is missing."""
        return "основания нет" if self.ground is None else ground_words(self.ground)


@dataclass(frozen=True)
class Ungrounded:
    """How much waits: lessons, and the pupils who missed them."""

    lessons: int
    pupils: int

    def __bool__(self) -> bool:
        return self.lessons > 0

    @property
    def words(self) -> str:
        """«12 уроков у 3 учеников»."""
        return (
            f"{counted(self.lessons, 'урок', 'урока', 'уроков')} "
            f"у {counted(self.pupils, 'ученика', 'учеников', 'учеников')}"
        )


@dataclass(frozen=True)
class MissedDay:
    """One day: what the journal says lesson by lesson, and how it is counted."""

    day: date
    lessons: tuple[tuple[str, str], ...]
    counted: tuple[str, ...]


def current_period(user: Viewer) -> Period | None:
    """The newest begun period of the main system in the person's school."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return None
    begun = Period.objects.filter(year__school=access.school, starts__lte=access.today).select_related("year__school")
    return next((one for one in begun.order_by("-starts", "pk") if one.system == one.year.main_system), None)


def _ungrounded(user: Viewer, year: AcademicYear, first: date, last: date) -> AbsenceQuerySet:
    """Lessons that are held unexcused because nobody has said why they were missed; a corrected lesson is settled."""
    rows = Absence.objects.filter(
        pupil__in=pupils_of_grounds(user).order_by().values("pk"), year=year, date__range=(first, last), by_hand=False
    )
    holds = AbsenceGround.objects.live().filter(
        pupil=OuterRef("pupil"), starts__lte=OuterRef("date"), covers_to__gte=OuterRef("date")
    )
    return rows.filter(~Exists(holds), reason=AbsenceReason.UNEXCUSED)


def ungrounded_by_class(user: Viewer, period: Period, classes: Sequence[SchoolClass]) -> dict[int, Ungrounded]:
    """How many lessons of the period wait for a ground in each of the classes of today; one query."""
    rows = _ungrounded(user, period.year, period.starts, period.ends).order_by()
    today = access_of(user).today or period.ends
    seats = Enrolment.objects.on(today).filter(pupil=OuterRef("pupil"), school_class__in=classes)
    told = rows.annotate(sits=Subquery(seats.values("school_class")[:1])).values_list("sits")
    found = told.annotate(lessons=Count("pk"), pupils=Count("pupil", distinct=True))
    return {key: Ungrounded(lessons, pupils) for key, lessons, pupils in found}


def waiting_list(user: Viewer, period: Period, *, school_class: int | None = None) -> list[Waiting]:
    """What waits for a ground in the period, the newest days first; four queries."""
    covering = AbsenceGround.objects.live().filter(
        pupil=OuterRef("pupil"), starts__lte=OuterRef("date"), ends__gte=OuterRef("date")
    )
    rows = _ungrounded(user, period.year, period.starts, period.ends)
    told = rows.annotate(ground=Subquery(covering.values("pk")[:1])).order_by("pupil", "date")
    missed: dict[int, list[tuple[date, int | None]]] = {}
    for pupil, day, ground in told.values_list("pupil", "date", "ground"):
        missed.setdefault(pupil, []).append((day, ground))
    people: Any = pupil_rows(user, presence=Presence.ALL).filter(pk__in=list(missed))
    if school_class is not None:
        people = people.filter(seat_class=school_class)
    keys = {ground for days in missed.values() for _, ground in days if ground is not None}
    grounds = AbsenceGround.objects.visible_to(user).in_bulk(list(keys))
    holidays = holiday_spans(period.year)
    found = [one for pupil in people for one in _waiting(pupil, missed[pupil.pk], grounds, holidays)]
    return sorted(found, key=lambda one: one.last, reverse=True)


def _waiting(
    pupil: Pupil,
    days: Sequence[tuple[date, int | None]],
    grounds: dict[int, AbsenceGround],
    holidays: Sequence[tuple[date, date]],
) -> Iterable[Waiting]:
    for key, mine in groupby(sorted(days, key=lambda pair: (pair[1] or 0, pair[0])), key=lambda pair: pair[1]):
        of_ground = [day for day, _ in mine]
        for first, last in spells(of_ground, holidays):
            lessons = sum(first <= day <= last for day in of_ground)
            yield Waiting(pupil, first, last, lessons, grounds.get(key) if key is not None else None)


def ground_words(ground: AbsenceGround) -> str:
    """How a live ground counts: «действует на все дни», «действует по 14.11.2026, дальше нужна справка врача»."""
    terms = TERMS[GroundKind(ground.kind)]
    if ground.covers_to is None:
        return "ждёт документа, пока не учитывается"
    if ground.covers_to < ground.ends:
        return f"по записке — до {date_short(ground.covers_to)}, дальше нужна справка врача"
    return "причина неуважительная" if terms.reason == AbsenceReason.UNEXCUSED else "действует на все дни"


def grounds_of(user: User, pupil: Pupil) -> list[AbsenceGround]:
    """All that was ever written for the pupil, withdrawn and corrected included, the newest days first.

    What an absence rests on may be a fact of health: the reading is logged.
    """
    log_reading(by=user, pupils=[pupil], what=ABSENCE_GROUNDS)
    rows = AbsenceGround.objects.visible_to(user).filter(pupil=pupil)
    return list(rows.select_related("by__staff", "withdrawn_by__staff", "scan").order_by("-starts", "-pk"))


def missed_days(pupil: Pupil, year: AcademicYear) -> list[MissedDay]:
    """What the pupil missed in the year, the newest day first; one query. The pupil was found through `visible_to`."""
    rows = Absence.objects.filter(pupil=pupil, year=year).counted().order_by("-date", "subject__sort_key", "ordinal")
    told = rows.values_list("date", "subject__name", "raw", "reason", "counted")
    return [_day(day, list(mine)) for day, mine in groupby(told, key=lambda row: row[0])]


def _day(day: date, rows: list[Any]) -> MissedDay:
    lessons = [(subject, raw or AbsenceReason(reason).label) for _, subject, raw, reason, _ in rows]
    labels = dict.fromkeys(AbsenceReason(row[4]).label for row in rows)
    return MissedDay(day, tuple(lessons), tuple(labels))


def school_days(first: date, last: date, holidays: Sequence[tuple[date, date]]) -> int:
    """How many school days there are, both ends inside."""
    return sum(is_school_day(date.fromordinal(day), holidays) for day in range(first.toordinal(), last.toordinal() + 1))

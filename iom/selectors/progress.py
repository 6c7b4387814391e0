"""What sheets of progress are made of: of one pupil or of many at once, in the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from common.names import name_key
from common.russian import date_short, decimal
from gradebook.models import Mark, PeriodResult, ResultKind
from iom.models import Achievement, CourseSeat, Gap, GapControl, MetaResult
from iom.reports.progress import FactLine, GapLine, PeriodCell, ProgressSheet, SubjectLine
from iom.rules.progress import mean_of
from iom.words import GapState
from school.access import Viewer
from school.models import AcademicYear, Enrolment, Period, Pupil, School, SchoolClass


class _MarkRow(NamedTuple):
    subject: str
    day: date
    value: int


class _ResultRow(NamedTuple):
    subject: str
    period: int | None
    value: str
    year: int
    kind: str


@dataclass
class _Facts:
    """Rows of one pupil."""

    marks: list[_MarkRow] = field(default_factory=list)
    results: list[_ResultRow] = field(default_factory=list)
    gaps: list[GapLine] = field(default_factory=list)
    achievements: list[FactLine] = field(default_factory=list)
    courses: list[FactLine] = field(default_factory=list)
    meta: list[FactLine] = field(default_factory=list)


def progress_sheets(
    user: Viewer | None, school: School, year: AcademicYear, seats: Sequence[Enrolment]
) -> list[ProgressSheet]:
    """The sheets of these seats (with `pupil` and `school_class__class_teacher` read), in their order; eight queries.

    `user` None is the command line. The seats are of pupils whom the person sees.
    """
    today = school.today()
    pupils = [seat.pupil_id for seat in seats]
    facts = _read(user, year, pupils)
    systems: dict[str, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(year=year, number__gt=0).order_by("number"):
        if period.starts <= today:
            systems[period.system].append(period)
    return [
        _sheet(school, year, seat, systems[seat.school_class.period_system], facts[seat.pupil_id]) for seat in seats
    ]


def _read(user: Viewer | None, year: AcademicYear, pupils: Sequence[int]) -> Mapping[int, _Facts]:
    found: dict[int, _Facts] = defaultdict(_Facts)
    marks = Mark.objects.filter(pupil__in=pupils, year=year).order_by("date", "ordinal")
    for pupil, name, day, value in marks.values_list("pupil", "subject__name", "date", "value"):
        found[pupil].marks.append(_MarkRow(name, day, value))
    results = PeriodResult.objects.filter(pupil__in=pupils, year__start__in=(year.start, year.start - 1))
    rows = results.filter(excused=False).exclude(value="").order_by("pk")
    for pupil, *told in rows.values_list("pupil", "subject__name", "period", "value", "year__start", "kind"):
        found[pupil].results.append(_ResultRow._make(told))
    for gap in _gaps(user, pupils, year):
        found[gap.pupil_id or 0].gaps.append(_gap(gap))
    _read_facts(found, pupils, year)
    return found


def _gaps(user: Viewer | None, pupils: Sequence[int], year: AcademicYear) -> QuerySet[Gap]:
    rows = Gap.objects.all() if user is None else Gap.objects.visible_to(user)
    controls = GapControl.objects.filter(withdrawn_at__isnull=True).order_by("on", "pk")
    kept = rows.filter(pupil__in=pupils, route__year=year).exclude(state=GapState.DROPPED)
    return kept.select_related("part__subject").prefetch_related(Prefetch("controls", controls)).order_by("due", "pk")


def _gap(gap: Gap) -> GapLine:
    last: Any = next(reversed(list(gap.controls.all())), None)
    control = (
        f"{date_short(last.on)}: {decimal(last.result, 0 if last.result == int(last.result) else 1)}" if last else ""
    )
    words = "закрыт" if gap.state == GapState.CLOSED else "в работе"
    subject = gap.part.subject.name if gap.part.subject else ""
    return GapLine(subject, gap.topic, gap.state, words, gap.due, control)


def _read_facts(found: dict[int, _Facts], pupils: Sequence[int], year: AcademicYear) -> None:
    within = {"pupil__in": pupils, "removed_at__isnull": True}
    for won in Achievement.objects.filter(**within, year=year).select_related("subject"):
        about = f"{won.get_reach_display()} уровень, {won.get_place_display()}"
        found[won.pupil_id].achievements.append(FactLine(won.pk, won.on, won.title, about))
    seats = CourseSeat.objects.filter(**within, starts__lte=year.ends).exclude(ends__lt=year.starts)
    for seat in seats.select_related("program"):
        until = f" по {date_short(seat.ends)}" if seat.ends else ""
        about = f"{seat.program.get_kind_display().lower()}, с {date_short(seat.starts)}{until}"
        found[seat.pupil_id].courses.append(FactLine(seat.pk, seat.starts, seat.program.title, about))
    for meta in MetaResult.objects.filter(**within, year=year).select_related("by__staff"):
        about = ", ".join(part for part in (f"{meta.get_level_display()} уровень", meta.what, meta.how) if part)
        line = FactLine(meta.pk, meta.on, meta.get_area_display(), about, meta.by.display_name)
        found[meta.pupil_id].meta.append(line)


def _sheet(
    school: School, year: AcademicYear, seat: Enrolment, periods: Sequence[Period], facts: _Facts
) -> ProgressSheet:
    teacher = seat.school_class.class_teacher
    today = school.today()
    running = [period.title for period in periods if period.starts <= today <= period.ends]
    return ProgressSheet(
        pupil=seat.pupil,
        seat=str(seat.school_class),
        class_teacher=teacher.short_name if teacher is not None else "",
        school=school.official_name,
        founder=school.founder,
        year=year.title,
        made_on=today,
        periods=tuple(period.title for period in periods),
        running=running[0] if running else "",
        overall=tuple(mean_of(_values(facts.marks, period)) for period in periods),
        subjects=tuple(_subjects(year, periods, facts)),
        gaps=tuple(facts.gaps),
        achievements=tuple(facts.achievements),
        courses=tuple(facts.courses),
        meta=tuple(facts.meta),
    )


def _values(marks: Iterable[_MarkRow], period: Period) -> list[int]:
    return [mark.value for mark in marks if period.starts <= mark.day <= period.ends]


def _subjects(year: AcademicYear, periods: Sequence[Period], facts: _Facts) -> Iterable[SubjectLine]:
    """Those of this year's marks and results, by name; with the annual result of the year before beside it."""
    marks: dict[str, list[_MarkRow]] = defaultdict(list)
    for mark in facts.marks:
        marks[mark.subject].append(mark)
    now = [row for row in facts.results if row.year == year.start]
    results = {(row.subject, row.period): row.value for row in now if row.kind == ResultKind.PERIOD}
    years = [row for row in facts.results if row.kind == ResultKind.YEAR]
    annual = {row.subject: row.value for row in years if row.year == year.start}
    before = {row.subject: row.value for row in years if row.year != year.start}
    for name in sorted({*marks, *(row.subject for row in now)}, key=name_key):
        own = marks[name]
        cells = (PeriodCell(one.title, mean_of(_values(own, one)), results.get((name, one.pk), "")) for one in periods)
        values = tuple(mark.value for mark in own)
        yield SubjectLine(name, values, tuple(cells), before.get(name, ""), annual.get(name, ""))


def seats_of_class(school_class: SchoolClass, pupils: QuerySet[Pupil], today: date) -> list[Enrolment]:
    """Seats of today in the class, of these pupils, by name; one query."""
    rows = Enrolment.objects.on(today).filter(school_class=school_class, pupil__in=pupils.order_by().values("pk"))
    return list(rows.select_related("pupil", "school_class__class_teacher").order_by("pupil__sort_key", "pk"))


def seats_of(pupil: Pupil, today: date) -> dict[int, Enrolment]:
    """The last seat of each year by the year's beginning, the newest year first; one query."""
    rows = pupil.enrolments.filter(starts__lte=today).order_by("-starts")
    found: dict[int, Enrolment] = {}
    for seat in rows.select_related("pupil", "school_class__class_teacher", "school_class__year"):
        found.setdefault(seat.school_class.year.start, seat)
    return found


def seat_of(pupil: Pupil, today: date, year: int | None = None) -> Enrolment | None:
    """The seat of today, else the last one; of `year` when that is named. One query."""
    seats = seats_of(pupil, today)
    return next(iter(seats.values()), None) if year is None else seats.get(year)

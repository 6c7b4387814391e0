"""The school's card of duties, and what of it is done: by person, by role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from risk_registry.selectors.periods import main_periods
from roadmaps.duty_catalogue import DUTIES, Duty
from roadmaps.duty_words import Cycle, DutyKind, DutyRole, Handling, Source
from roadmaps.models import DutyMark, DutyOff, OwnDuty
from roadmaps.rules.duties import Stretch, asks, stretches, usual, whole_year
from roadmaps.selectors.duty_deeds import COMPUTED, KINDS, Asked
from roadmaps.selectors.duty_marks import Sum, deed_sums
from school.models import AcademicYear, School, Staff

OWN = "own:"
WHOLE = "year"


@dataclass(frozen=True)
class Card:
    """The duties that a school uses, and those it switched off with the reason."""

    duties: tuple[Duty, ...]
    off: tuple[tuple[Duty, DutyOff], ...]

    def of(self, role: DutyRole) -> list[Duty]:
        """The duties of a role, the sources' first."""
        return [duty for duty in self.duties if duty.role == role]

    def find(self, code: str) -> Duty | None:
        """A duty in use, by its code."""
        return next((duty for duty in self.duties if duty.code == code), None)


def card_of(school: School) -> Card:
    """Two queries."""
    off = {row.duty: row for row in DutyOff.objects.filter(school=school, ended_at__isnull=True)}
    own = [own_as_duty(row) for row in OwnDuty.objects.filter(school=school, removed_at__isnull=True)]
    shipped = [duty for duty in DUTIES.values() if duty.code not in off]
    return Card((*shipped, *own), tuple((DUTIES[code], row) for code, row in off.items() if code in DUTIES))


def own_as_duty(row: OwnDuty) -> Duty:
    """A duty that the school added, as one of the card."""
    cycle = Cycle(row.cycle)
    term = f"к {row.due:%d.%m.%Y}" if row.due is not None else ""
    return Duty(f"{OWN}{row.pk}", DutyRole(row.role), row.text, cycle, DutyKind.OWN, Handling.HAND, Source.SCHOOL,
                term, own=row.pk)  # fmt: skip


@dataclass(frozen=True)
class Spans:
    """What may be asked about in a year, and what is."""

    year: AcademicYear
    spans: tuple[Stretch, ...]
    span: Stretch
    today: date

    @property
    def asked(self) -> Asked:
        """For the selectors of deeds."""
        return Asked(self.year, self.span, self.today)

    @property
    def query(self) -> str:
        """How an address names the span."""
        return f"period={self.span.number or WHOLE}"


def spans_of(year: AcademicYear, wanted: str, today: date) -> Spans:
    """The periods of the year and the whole of it; without a known wish the period under way. One query."""
    told = stretches([(each.number, each.title, each.starts, each.ends) for each in main_periods(year)])
    whole = whole_year(year.starts, year.ends)
    named = {str(span.number): span for span in told} | {WHOLE: whole}
    return Spans(year, (*told, whole), named.get(wanted) or usual(told, today) or whole, today)


@dataclass(frozen=True)
class DeedMark:
    """A mark that arose by itself: how many deeds of a kind, the last day, where they are. `who`: of a shared one."""

    kind: str
    words: str
    number: int
    last: date
    url: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A duty with its marks. Without any it says so only when marks are `asked`."""

    duty: Duty
    deeds: tuple[DeedMark, ...]
    marks: tuple[DutyMark, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is recorded: that is no judgement."""
        return not self.deeds and not self.marks


def lines_of_person(told: Spans, duties: Sequence[Duty], staff: Staff) -> list[Line]:
    """The person's own duties with what the span has of them; three queries, however many deeds and colleagues."""
    asked = [duty for duty in duties if asks(duty.cycle, told.span)]
    shared = _kinds(duty for duty in asked if duty.shared)
    own = _kinds(duty for duty in asked if not duty.shared)
    sums = deed_sums(told.asked, own - shared, staff=staff.pk, shared=shared)
    names = _names(sums)
    marks = marks_between(staff.school, told.span)
    mine = [mark for mark in marks if mark.staff_id == staff.pk or _is_shared(mark, asked)]
    return [_line(told, duty, sums, mine, names, staff) for duty in asked]


def lines_of_role(told: Spans, duties: Sequence[Duty], school: School) -> list[Line]:
    """The same of everybody: who has records of a duty stands beside it by name; three queries."""
    sums = deed_sums(told.asked, _kinds(duties))
    names = _names(sums)
    marks = list(marks_between(school, told.span))
    return [_line(told, duty, sums, marks, names, None) for duty in duties]


def marks_between(school: School, span: Stretch) -> QuerySet[DutyMark]:
    """Marks by hand that stand, with their people."""
    rows = DutyMark.objects.standing().filter(school=school, on__range=(span.starts, span.ends))
    return rows.select_related("staff")


def _is_shared(mark: DutyMark, duties: Iterable[Duty]) -> bool:
    return any(duty.shared and duty.code == mark.duty for duty in duties)


def _kinds(duties: Iterable[Duty]) -> set[str]:
    return {kind for duty in duties for kind in COMPUTED.get(duty.code, ())}


def _names(sums: Iterable[Sum]) -> dict[int, Staff]:
    return Staff.objects.in_bulk({told.staff for told in sums if told.staff is not None})


def _line(
    told: Spans,
    duty: Duty,
    sums: Sequence[Sum],
    marks: Iterable[DutyMark],
    names: dict[int, Staff],
    staff: Staff | None,
) -> Line:
    mine = None if duty.shared else staff
    deeds = []
    for kind in COMPUTED.get(duty.code, ()):
        of = [one for one in sums if one.kind == kind and (mine is None or one.staff == mine.pk)]
        if of:
            deeds.append(_deed_mark(told, duty, kind, of, names, mine))
    return Line(duty, tuple(deeds), tuple(mark for mark in marks if mark.duty == duty.code))


def _deed_mark(
    told: Spans, duty: Duty, kind: str, of: Sequence[Sum], names: dict[int, Staff], staff: Staff | None
) -> DeedMark:
    number = sum(one.number for one in of)
    newest = max(of, key=lambda one: one.last)
    url = KINDS[kind].url(newest.link)
    if number > 1:
        whose = f"&staff={staff.pk}" if staff is not None else ""
        url = f"{reverse('duties:deeds', args=[duty.code, kind])}?{told.query}{whose}"
    people = sorted((names[one.staff] for one in of if one.staff in names), key=lambda one: one.sort_key)
    who = () if staff is not None else tuple(one.short_name for one in people)
    return DeedMark(kind, KINDS[kind].words, number, newest.last, url, who)

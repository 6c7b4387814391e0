"""The school's card of duties, and what of it is done: by person, by role."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, F, QuerySet, Value
from django.urls import reverse

from risk_registry.selectors.periods import main_periods
from roadmaps.duty_catalogue import DUTIES, Duty
from roadmaps.duty_words import Cycle, DutyKind, DutyRole, Handling, Source
from roadmaps.models import DutyMark, DutyOff, OwnDuty
from roadmaps.rules.duties import Stretch, asks, stretches, usual, whole_year
from roadmaps.selectors.duty_deeds import COMPUTED, KINDS, Asked
from roadmaps.selectors.duty_marks import Sum, deed_sums, deed_sums_each
from school.models import AcademicYear, Period, School, Staff

OWN = "own:"
Holders = Mapping[str, Collection[int]]
WHOLE = "year"


@dataclass(frozen=True)
class Off:
    """A duty that the school switched off, why and when."""

    duty: Duty
    why: str
    at: datetime


@dataclass(frozen=True)
class Card:
    """The duties that a school uses, and those it switched off with the reason."""

    duties: tuple[Duty, ...]
    off: tuple[Off, ...]

    def of(self, role: DutyRole) -> list[Duty]:
        """The duties of a role, the sources' first."""
        return [duty for duty in self.duties if duty.role == role]

    def find(self, code: str) -> Duty | None:
        """A duty in use, by its code."""
        return next((duty for duty in self.duties if duty.code == code), None)


def card_of(school: School) -> Card:
    """One query."""
    none = Value(None, output_field=DateField())
    off = DutyOff.objects.filter(school=school, ended_at__isnull=True).order_by()
    own = OwnDuty.objects.filter(school=school, removed_at__isnull=True).order_by()
    told = own.values_list(Value(""), "pk", "role", "text", "cycle", "due", "at")
    switched: Any = off.values_list(Value("off"), "pk", "duty", "why", Value(""), none, "at")
    rows = sorted(told.union(switched, all=True))
    off_of = {code: Off(DUTIES[code], why, at) for what, _, code, why, _, _, at in rows if what and code in DUTIES}
    added = [own_as_duty(key, role, text, cycle, due) for what, key, role, text, cycle, due, _ in rows if not what]
    shipped = [duty for duty in DUTIES.values() if duty.code not in off_of]
    return Card((*shipped, *added), tuple(off_of.values()))


def own_as_duty(key: int, role: str, text: str, cycle: str, due: date | None) -> Duty:
    """A duty that the school added, as one of the card."""
    term = f"к {due:%d.%m.%Y}" if due is not None else ""
    return Duty(f"{OWN}{key}", DutyRole(role), text, Cycle(cycle), DutyKind.OWN, Handling.HAND, Source.SCHOOL,
                term, own=key)  # fmt: skip


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
    return _spans(year, main_periods(year), wanted, today)


def present_spans(school: School, wanted: str) -> Spans | None:
    """The same of the newest year that has begun, in one query; None before the first."""
    today = school.today()
    rows = Period.objects.filter(year__school=school, year__starts__lte=today, system=F("year__main_system"))
    periods = list(rows.select_related("year").order_by("-year__start", "number"))
    if not periods:
        return None
    year = periods[0].year
    return _spans(year, [each for each in periods if each.year_id == year.pk], wanted, today)


def _spans(year: AcademicYear, periods: Sequence[Period], wanted: str, today: date) -> Spans:
    told = stretches([(each.number, each.title, each.starts, each.ends) for each in periods])
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
    marks = marks_between(staff.school_id, told.span)
    mine = [mark for mark in marks if mark.staff_id == staff.pk or _is_shared(mark, asked)]
    return [_line(told, duty, sums, mine, names, staff) for duty in asked]


def lines_of_role(told: Spans, duties: Sequence[Duty], people: Iterable[Staff], holders: Holders) -> list[Line]:
    """The same of all who hold a role: who has records of a duty stands beside it by name, who has none is not named.

    The card is told whole: what is due in another period than the asked one stands with the records of that period.
    `people` are all of the school, `holders` the keys of those who hold each role. Two queries.
    """
    names, year = {one.pk: one for one in people}, list(marks_between(told.year.school_id, told.spans[-1]))
    places = _places(told, duties)
    made: dict[str, Line] = {}
    for (place, own), sums in zip(places, _sums(places), strict=True):
        marks = [mark for mark in year if place.span.starts <= mark.on <= place.span.ends]
        for duty in own:
            mine = sums if duty.shared else [one for one in sums if one.staff in holders.get(duty.role, ())]
            made[duty.code] = _line(place, duty, mine, marks, names, None)
    return [made[duty.code] for duty in duties]


def _places(told: Spans, duties: Sequence[Duty]) -> list[tuple[Spans, list[Duty]]]:
    """The asked span with its duties, then the first and the last period with those that belong nowhere before."""
    found, left = [], list(duties)
    for span in (told.span, told.spans[0], _last(told.spans)):
        found.append((replace(told, span=span), [duty for duty in left if asks(duty.cycle, span)]))
        left = [duty for duty in left if not asks(duty.cycle, span)]
    return found


def _sums(places: Sequence[tuple[Spans, list[Duty]]]) -> list[list[Sum]]:
    return deed_sums_each([(place.asked, _kinds(own)) for place, own in places])


def _last(spans: Sequence[Stretch]) -> Stretch:
    """The last period of the year, the whole of it where there is none."""
    return next((span for span in reversed(spans) if span.number), spans[-1])


def marks_between(school: int, span: Stretch) -> QuerySet[DutyMark]:
    """Marks by hand that stand, with their people."""
    rows = DutyMark.objects.standing().filter(school_id=school, on__range=(span.starts, span.ends))
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
    who = () if staff is not None or duty.role == DutyRole.PARENTS else tuple(one.short_name for one in people)
    return DeedMark(kind, KINDS[kind].words, number, newest.last, url, who)

"""Pairs as their pages show them: lists, counts of a day by form, meetings without an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from iom.mentoring import PairForm, PairState, Rhythm
from iom.models import MentoringPair, PairMeeting
from iom.rules.mentoring import Timetable, without_entry
from school.access import Viewer
from school.models import AcademicYear, Enrolment, Subject
from school.selectors import holiday_spans

ON_DAY, SILENT, PAST = "now", "silent", "past"
Spans = Sequence[tuple[date, date]]


@dataclass(frozen=True)
class PairRow:
    """A pair with its meetings: how many were held, and planned days before today without an entry."""

    pair: MentoringPair
    held: int
    silent: tuple[date, ...]
    past: bool
    led_class: str
    mentor_class: str


@dataclass(frozen=True)
class FormCount:
    """How many pairs of a form are active on the day."""

    form: PairForm
    number: int


def active_on(day: date) -> Q:
    """Pairs that were at work on the day: begun, within their term, not ended before or on it."""
    begun = Q(started_on__lte=day, ends__gte=day)
    return begun & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def count_by_form(user: Viewer, day: date) -> list[FormCount]:
    """Active pairs of the day that the person sees, by form (показатели 15 и 16); one query."""
    rows = MentoringPair.objects.visible_to(user).filter(active_on(day)).order_by().values_list("form")
    found = dict(rows.annotate(number=Count("pk")))
    return [FormCount(form, found.get(form.value, 0)) for form in PairForm]


@dataclass(frozen=True)
class PairQuery:
    """What a list is asked for; empty means any. `state` may be `ON_DAY`, `SILENT` or `PAST` (the term is over)."""

    form: str = ""
    state: str = ""
    subject: int | None = None
    text: str = ""
    day: date | None = None


def pair_list(user: Viewer, year: AcademicYear, query: PairQuery, today: date) -> QuerySet[MentoringPair]:
    """Pairs of a year that the person may see, the newest first; with people, subjects and entries, one query."""
    rows = MentoringPair.objects.visible_to(user).filter(year=year)
    if query.form:
        rows = rows.filter(form=query.form)
    if query.subject is not None:
        rows = rows.filter(subject=query.subject)
    if query.text:
        rows = rows.filter(_named(query.text))
    return told(_in_state(rows, query, today), today)


def _in_state(rows: QuerySet[MentoringPair], query: PairQuery, today: date) -> QuerySet[MentoringPair]:
    if query.state in (ON_DAY, SILENT):
        return rows.filter(active_on(query.day or today))
    if query.state == PAST:
        return rows.filter(state=PairState.ACTIVE, ends__lt=today)
    return rows.filter(state=query.state) if query.state else rows


def _named(text: str) -> Q:
    people = ("mentor", "mentor_pupil", "staff", "pupil")
    found = Q()
    for one in people:
        found |= Q(**{f"{one}__last_name__istartswith": text})
    return found


def told(rows: QuerySet[MentoringPair], today: date) -> QuerySet[MentoringPair]:
    """With the names, the days of entries and the classes of the pupils."""
    standing = PairMeeting.objects.filter(pair=OuterRef("pk"), removed_at__isnull=True).order_by("on")
    seats = Enrolment.objects.on(today)
    return rows.select_related("mentor", "mentor_pupil", "staff", "pupil", "curator", "subject", "school").annotate(
        entries=ArraySubquery(standing.values("on")),
        held=ArraySubquery(standing.filter(held=True).values("on")),
        led_class=_class_of(seats, "pupil"),
        mentor_class=_class_of(seats, "mentor_pupil"),
    )


def _class_of(seats: QuerySet[Enrolment], column: str) -> ArraySubquery:
    return ArraySubquery(seats.filter(pupil=OuterRef(column)).order_by().values("school_class__name")[:1])


def pair_rows(pairs: Iterable[Any], today: date, free: Spans) -> list[PairRow]:
    """Pairs of `told`; no further query. `free`: of `holiday_spans`."""
    return [
        PairRow(
            pair=pair,
            held=len(pair.held),
            silent=tuple(silent_days(pair, today, free)),
            past=pair.state == PairState.ACTIVE and pair.ends < today,
            led_class="".join(pair.led_class),
            mentor_class="".join(pair.mentor_class),
        )
        for pair in pairs
    ]


def silent_days(pair: Any, today: date, free: Spans) -> list[date]:
    """Planned days of a pair at work to which no entry belongs."""
    if pair.state != PairState.ACTIVE:
        return []
    plan = Timetable(Rhythm(pair.rhythm), tuple(pair.weekdays), pair.begins, pair.ends)
    return without_entry(plan, pair.entries, today, free)


def own_pairs(rows: QuerySet[MentoringPair], today: date) -> list[PairRow]:
    """Of these rows, with meetings without an entry; one query when there are none, else two."""
    pairs = list(told(rows, today).select_related("year"))
    return pair_rows(pairs, today, holiday_spans(pairs[0].year)) if pairs else []


def subjects_of_pairs(user: Viewer, year: AcademicYear) -> list[Subject]:
    """Subjects of the pairs that the person sees; one query."""
    seen = MentoringPair.objects.visible_to(user).filter(year=year).values("subject")
    return list(Subject.objects.filter(pk__in=seen))

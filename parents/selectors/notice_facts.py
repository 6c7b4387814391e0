"""What is known of pupils for a notice: marks and results of the period, absences, the registry, help, successes.

A constant number of queries for any number of pupils.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from common.names import initials
from consultations.models import AppointmentPupil
from consultations.words import MeetingState
from gradebook.models import Absence, AbsenceReason, Mark, PeriodResult
from iom.models import ExtraMember, Gap
from iom.words import RouteKind
from parents.rules.notices import NoticeBody, SubjectLine
from risk_registry.categories import EntryState
from risk_registry.models import RegistryEntry
from risk_registry.spans import Interval, Span, span_for
from school.models import Enrolment, Period, Pupil, SchoolClass, Subject, Weekday
from school.models.timetable import span_words


@dataclass(frozen=True)
class Known:
    """A pupil with the class and everything that a notice of any kind may tell."""

    pupil: Pupil
    school_class: SchoolClass
    body: NoticeBody


def known_of(pupils: Iterable[Pupil], period: Period, today: date) -> dict[int, Known]:
    """By the key of the pupil; those who sit in no class are left out. `pupils` are visible to whoever asks."""
    seats = _seats([pupil.pk for pupil in pupils], min(today, period.ends))
    spans = _spans({seat.school_class for seat in seats.values()}, period)
    keys = list(seats)
    subjects = _subjects(seats, spans)
    missed, registry = _missed(seats, spans), _registry(keys, period)
    help_told, good = _help(keys, today), _good(keys, period)
    return {
        key: Known(
            seat.pupil,
            seat.school_class,
            NoticeBody(
                pupil=seat.pupil.full_name,
                school_class=str(seat.school_class),
                period=f"{period.title} {period.year}",
                subjects=tuple(subjects.get(key, ())),
                missed=missed[key][0],
                unexcused=missed[key][1],
                help=tuple(help_told.get(key, ())),
                good=tuple(good.get(key, ())),
                category=registry.get(key, ("", ""))[0],
                reason=registry.get(key, ("", ""))[1],
            ),
        )
        for key, seat in seats.items()
    }


def _seats(keys: Sequence[int], day: date) -> dict[int, Enrolment]:
    rows = Enrolment.objects.on(day).filter(pupil__in=keys).select_related("pupil", "school_class__year")
    return {row.pupil_id: row for row in rows.order_by("pupil__sort_key", "pk")}


def _spans(classes: Iterable[SchoolClass], period: Period) -> dict[int, Span]:
    """By the key of the class: which days and whose results count."""
    systems: dict[str, list[Interval]] = defaultdict(list)
    for row in Period.objects.filter(year=period.year_id, number__gte=1):
        systems[row.system].append(Interval(row.pk, row.number, row.starts, row.ends))
    asked = Interval(period.pk, period.number, period.starts, period.ends)
    return {one.pk: span_for(asked, systems[one.period_system]) for one in classes}


def _subjects(seats: Mapping[int, Enrolment], spans: Mapping[int, Span]) -> dict[int, list[SubjectLine]]:
    names = dict(Subject.objects.filter(school__pupils__in=list(seats)[:1]).values_list("pk", "name"))
    marks: dict[tuple[int, int], list[str]] = defaultdict(list)
    days = _days(spans)
    rows = Mark.objects.filter(pupil__in=list(seats), date__range=days).order_by("date", "ordinal")
    for pupil, subject, day, value in rows.values_list("pupil", "subject", "date", "value"):
        if _counts(spans, seats[pupil], day):
            marks[pupil, subject].append(str(value))
    results = _results(seats, spans)
    found: dict[int, list[SubjectLine]] = defaultdict(list)
    for pupil, subject in sorted({*marks, *results}, key=lambda key: names.get(key[1], "")):
        told = " ".join(marks.get((pupil, subject), ()))
        found[pupil].append(SubjectLine(names.get(subject, ""), told, results.get((pupil, subject), "")))
    return found


def _results(seats: Mapping[int, Enrolment], spans: Mapping[int, Span]) -> dict[tuple[int, int], str]:
    own = {span.period.key for span in spans.values()}
    rows = PeriodResult.objects.filter(pupil__in=list(seats), period__in=own)
    told = rows.values_list("pupil", "subject", "period", "value")
    return {
        (pupil, subject): value
        for pupil, subject, period, value in told
        if spans[seats[pupil].school_class_id].period.key == period
    }


def _missed(seats: Mapping[int, Enrolment], spans: Mapping[int, Span]) -> dict[int, list[int]]:
    """All missed lessons, and those without good reason; grounds and corrections are counted in."""
    found = {key: [0, 0] for key in seats}
    rows = Absence.objects.filter(pupil__in=list(seats), date__range=_days(spans))
    for row in rows.counted().values("pupil", "date", "counted"):
        if _counts(spans, seats[row["pupil"]], row["date"]):
            found[row["pupil"]][0] += 1
            found[row["pupil"]][1] += row["counted"] == AbsenceReason.UNEXCUSED
    return found


def _days(spans: Mapping[int, Span]) -> tuple[date, date]:
    told = list(spans.values())
    return (min(span.starts for span in told), max(span.ends for span in told)) if told else (date.max, date.max)


def _counts(spans: Mapping[int, Span], seat: Enrolment, day: date) -> bool:
    span = spans[seat.school_class_id]
    return span.starts <= day <= span.ends


def _registry(keys: Sequence[int], period: Period) -> dict[int, tuple[str, str]]:
    """The category of an approved or removed entry and, of a removed one, on what grounds."""
    decided = (EntryState.APPROVED, EntryState.REMOVED)
    rows = RegistryEntry.objects.filter(pupil__in=keys, period=period, state__in=decided)
    return {
        row.pupil_id: (
            row.get_category_display(),
            row.get_removal_display() if row.state == EntryState.REMOVED else "",
        )
        for row in rows
    }


def _help(keys: Sequence[int], today: date) -> dict[int, list[str]]:
    """Groups of extra lessons that go on and meetings to come, with their times."""
    found: dict[int, list[str]] = defaultdict(list)
    members = ExtraMember.objects.filter(pupil__in=keys, begins__lte=today, ends__gte=today)
    for row in members.select_related("group__teacher").order_by("weekday", "time_from"):
        group, teacher = row.group, row.group.teacher
        who = initials(teacher.last_name, teacher.first_name, teacher.middle_name)
        room = f", каб. {group.room}" if group.room else ""
        when = f"{Weekday(row.weekday).label}, {span_words(row.time_from, row.time_to)}"
        found[row.pupil_id].append(f"{group.title}: {when}{room}, {who}")
    meetings = AppointmentPupil.objects.filter(pupil__in=keys, present=True, on__gte=today, state=MeetingState.PLANNED)
    for one in meetings.select_related("appointment__specialist").order_by("on", "time_from"):
        who = one.appointment.specialist.short_name
        when = f"{one.on:%d.%m.%Y}, {span_words(one.time_from, one.time_to)}"
        found[one.pupil_id].append(f"встреча со специалистом школы: {when}, {who}")
    return found


def _good(keys: Sequence[int], period: Period) -> dict[int, list[str]]:
    """Gaps that their control has closed within the period; routes for special needs are restricted and left out."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Gap.objects.filter(pupil__in=keys, closed_by__on__range=(period.starts, period.ends))
    for row in rows.exclude(route__kind=RouteKind.NEEDS).select_related("part__subject").order_by("pk"):
        subject = f"{row.part.subject.name}: " if row.part.subject is not None else ""
        if row.pupil_id is not None:
            found[row.pupil_id].append(f"{subject}{row.topic}")
    return found

"""What an opened row shows: the marks behind the judgement, with what they were before, and the entry's way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from common.look import MarkChip
from gradebook.models import Mark, PeriodResult
from risk_registry.categories import EntryState
from risk_registry.entry_links import EntryLink, entry_links
from risk_registry.facts import interval_of
from risk_registry.models import RegistryEntry, RegistryStep, WorkForm
from risk_registry.rules.categories import FAILED, UNSATISFACTORY
from risk_registry.selectors.start import SourceLine, start_lines
from risk_registry.spans import Span, span_for
from risk_registry.workflow import INCLUDE, Deed
from school.models import HistoryEvent, Period, SchoolClass, User


@dataclass(frozen=True)
class SubjectMarks:
    """All current marks of a subject in the days that count, and its result."""

    name: str
    chips: tuple[MarkChip, ...]


@dataclass(frozen=True)
class WayStep:
    """A step of the entry in words."""

    at: datetime
    what: str
    by: str
    comment: str


@dataclass(frozen=True)
class EntryEvidence:
    """The opened row."""

    heading: str
    subjects: tuple[SubjectMarks, ...]
    sources: tuple[SourceLine, ...]
    way: tuple[WayStep, ...]
    works: tuple[WorkForm, ...]
    links: tuple[EntryLink, ...] = ()


_WORDS = {
    EntryState.PROPOSED: "предложен",
    EntryState.AGREED: "согласован",
    EntryState.APPROVED: "утверждён",
    EntryState.RETURNED: "возвращён",
    EntryState.REMOVED: "исключён",
    EntryState.WITHDRAWN: "снят по отметкам",
}

_DEEDS = {
    INCLUDE: "включён вручную",
    Deed.ACCEPT: "приведён к отметкам",
    Deed.CORRECT: "категория исправлена",
    Deed.RESTORE: "возвращён в реестр",
}


def entry_evidence(user: User, entry: RegistryEntry, names: Mapping[int, str]) -> EntryEvidence:
    """The marks and steps of an entry that was found through `visible_to`; a constant number of queries.

    Behind the year's beginning there are no marks but the sources of last year.
    """
    begins = entry.period.is_start
    return EntryEvidence(
        heading=_heading(entry),
        subjects=() if begins else tuple(_marks_of(entry, names)),
        sources=tuple(start_lines(user, entry.period, entry.pupil_id, names)) if begins else (),
        way=tuple(_way(entry)),
        works=tuple(entry_works(entry)),
        links=entry_links(user, entry),
    )


def _marks_of(entry: RegistryEntry, names: Mapping[int, str]) -> list[SubjectMarks]:
    return subject_marks(entry.pupil_id, entry.school_class, entry.period, entry.subjects, names)


def entry_works(entry: RegistryEntry) -> QuerySet[WorkForm]:
    """Standing forms of work, in the order of writing."""
    rows = WorkForm.objects.filter(entry=entry, withdrawn_at__isnull=True)
    return rows.select_related("by__staff", "subject").order_by("pk")


def _heading(entry: RegistryEntry) -> str:
    if entry.by_hand:
        return "Основание: решение человека"
    if entry.period.is_start:
        return "Основание: прошлый год; категория исправлена завучем" if entry.corrected else "Основание: прошлый год"
    if entry.corrected:
        return "Отметки; категория исправлена завучем"
    return "Основание, предварительно" if entry.provisional else "Основание"


def class_span(period: Period, school_class: SchoolClass) -> Span:
    """The days and results that count for a class in a period of the main system."""
    own = Period.objects.filter(year=period.year_id, system=school_class.period_system)
    return span_for(interval_of(period), [interval_of(each) for each in own])


def subject_marks(
    pupil: int, school_class: SchoolClass, period: Period, subjects: Iterable[int], names: Mapping[int, str]
) -> list[SubjectMarks]:
    """Dated marks and the result of each of the subjects, in their order; a corrected mark says what it was."""
    keys = list(subjects)
    span = class_span(period, school_class)
    marks = list(
        Mark.objects.filter(pupil=pupil, subject__in=keys, date__range=(span.starts, span.ends)).order_by(
            "date", "ordinal"
        )
    )
    were = values_before([mark.pk for mark in marks], pupil)
    chips: dict[int, list[MarkChip]] = defaultdict(list)
    for mark in marks:
        was = were.get(mark.pk, "")
        low = mark.value in UNSATISFACTORY
        text = str(mark.value)
        chips[mark.subject_id].append(MarkChip(text, low=low, was="" if was == text else was, on=mark.date))
    results = PeriodResult.objects.filter(pupil=pupil, subject__in=keys, period=span.period.key)
    for result in results:
        chips[result.subject_id].append(MarkChip(result.value, low=result.value in FAILED, result=True))
    return [SubjectMarks(names[key], tuple(chips[key])) for key in keys]


def values_before(marks: Iterable[int], pupil: int) -> dict[int, str]:
    """What marks were when they first stood in the journal, of those that were corrected since."""
    events = HistoryEvent.objects.filter(
        pupil=pupil,
        table=Mark._meta.db_table,
        row_id__in=[str(key) for key in marks],
        operation=HistoryEvent.Operation.UPDATE,
        before__has_key="value",
    ).order_by("pk")
    first: dict[int, str] = {}
    for event in events:
        first.setdefault(int(event.row_id), str((event.before or {}).get("value", "")))
    return first


def _way(entry: RegistryEntry) -> Iterable[WayStep]:
    steps = RegistryStep.objects.filter(entry=entry).select_related("by__staff").order_by("version")
    for step in steps:
        alone = "по прошлому году" if entry.period.is_start else "по отметкам"
        by = step.by.display_name if step.by is not None else alone
        yield WayStep(step.at, step_words(step), by, step.comment)


def step_words(step: RegistryStep) -> str:
    """«согласован», «включён вручную», «категория изменилась»."""
    if step.deed in _DEEDS:
        return _DEEDS[step.deed]
    if step.deed == Deed.APPROVE and step.from_state != EntryState.AGREED:
        return "утверждён без согласования"
    if step.from_state == step.to_state:
        return "категория изменилась"
    return _WORDS[EntryState(step.to_state)]

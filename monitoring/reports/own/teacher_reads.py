"""What the subject teacher's report reads of one teacher's lessons in a period: a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from common.errors import Refused
from gradebook.models import Mark, Procedure
from iom.models import ExtraSession, PupilTalk, WorkEntryPupil
from iom.words import SessionState
from monitoring.reports.kinds import Wanted
from monitoring.reports.pupils_help import Help, help_for
from monitoring.reports.pupils_reads import (
    Compared,
    Days,
    Entry,
    compared,
    days_of,
    entries_of,
    judged_among,
    people,
    results_of,
)
from monitoring.reports.quarter.reads import Judged
from parents.models import Conversation
from risk_registry.categories import Category
from risk_registry.selectors.works_marks import WrittenMark, written_marks
from school.models import Period, Pupil, SchoolClass, Staff, Subgroup, Subject, TeachingAssignment


@dataclass(frozen=True)
class Lessons:
    """A subject that the teacher teaches in a class: whole, or the subgroups that are named.

    `values` are the pupils' results of the period, `was` of the period before (None: nothing to compare with);
    `marks`: how many current marks each pupil has.
    """

    school_class: SchoolClass
    subject: Subject
    subgroups: tuple[str, ...]
    judged: tuple[Judged, ...]
    values: tuple[str, ...]
    was: tuple[str, ...] | None
    marks: Mapping[int, int]

    @property
    def title(self) -> str:
        """«Английский язык (группа 1)»."""
        return f"{self.subject.name} ({', '.join(self.subgroups)})" if self.subgroups else self.subject.name

    @property
    def code(self) -> str:
        """The same in every edition."""
        return f"{self.school_class.pk}-{self.subject.pk}"


@dataclass(frozen=True)
class AtRisk:
    """A pupil in a category because of what the marks in these lessons say."""

    pupil: Pupil
    lessons: Lessons
    category: str
    evidence: Mapping[str, object]


@dataclass(frozen=True)
class Written:
    """An external work that pupils of one class wrote, as far as the teacher teaches them."""

    work: Procedure
    school_class: str
    marks: tuple[WrittenMark, ...]


@dataclass(frozen=True)
class OwnRecords:
    """What the teacher has written down: (records, pupils) by kind of record."""

    work: tuple[int, int]
    extra: int
    talks: tuple[int, int]
    parents: tuple[int, int]


@dataclass(frozen=True)
class TeacherFacts:
    """Everything; `previous` is the period that results are compared with, None when there is none."""

    teacher: Staff
    period: Period
    previous: Period | None
    over: bool
    lessons: tuple[Lessons, ...]
    risk: tuple[AtRisk, ...]
    entries: Mapping[int, Entry]
    help: Help
    own: OwnRecords
    written: tuple[Written, ...]
    gap: int


_Key = tuple[int, int]  # class, subject


def teacher_facts(wanted: Wanted) -> TeacherFacts:
    """Of the teacher who is asked about. Raises `Refused` where they taught nobody who has a category."""
    teacher, period = wanted.teacher, wanted.period
    if teacher is None:
        raise Refused("Этот отчёт составляется об учителе.")
    taught = _assignments(teacher, period)
    asked = compared(period)
    lessons = _lessons(taught, period, asked)
    if not any(one.judged for one in lessons):
        raise Refused(f"За {period.title_accusative} об уроках ({teacher.short_name}) рассказать пока не о чем.")
    named = people({row.pupil for one in lessons for row in one.judged})
    days = (period.starts, period.ends)
    return TeacherFacts(
        teacher=teacher,
        period=period,
        previous=asked.previous if any(one.was for one in lessons) else None,
        over=period.ends <= wanted.school.today(),
        lessons=lessons,
        risk=tuple(_at_risk(lessons, named)),
        entries=entries_of(named, period),
        help=help_for(named, days),
        own=_own(teacher, days),
        written=_written(wanted, lessons),
        gap=wanted.school.settings.external_gap,
    )


def _assignments(teacher: Staff, period: Period) -> list[TeachingAssignment]:
    """In force on some day of the period."""
    rows = TeachingAssignment.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=period.ends),
        Q(ends__isnull=True) | Q(ends__gte=period.starts),
        staff=teacher,
        school_class__year=period.year_id,
    ).select_related("subject", "school_class", "subgroup")
    return list(
        rows.order_by("subject__sort_key", "school_class__grade", "school_class__letter", "subgroup__name", "pk")
    )


def _lessons(taught: list[TeachingAssignment], period: Period, asked: Compared) -> tuple[Lessons, ...]:
    """A class and subject once, however many subgroups; the whole class where one assignment says so."""
    classes = {one.school_class_id: one.school_class for one in taught}
    groups: dict[_Key, list[TeachingAssignment]] = defaultdict(list)
    for one in taught:
        groups[one.school_class_id, one.subject_id].append(one)
    seated = _seated(judged_among(period, classes))
    members = _members([one.subgroup_id for one in taught if one.subgroup_id is not None])
    found: dict[_Key, list[Judged]] = {}
    for key, mine in groups.items():
        whole = any(one.subgroup_id is None for one in mine)
        part = {pupil for one in mine for pupil in members.get(one.subgroup_id or 0, ())}
        found[key] = [row for row in seated.get(key[0], []) if whole or row.pupil in part]
    now = _values(found, classes, {key: asked.now[one.period_system].period.key for key, one in classes.items()})
    was = _values_before(found, classes, asked)
    marks = _marks(found, classes, asked)
    return tuple(
        Lessons(
            school_class=classes[key[0]],
            subject=mine[0].subject,
            subgroups=_names(mine),
            judged=tuple(found[key]),
            values=tuple(now[key]),
            was=tuple(was[key]) if was.get(key) else None,
            marks=marks[key],
        )
        for key, mine in groups.items()
    )


def _names(taught: list[TeachingAssignment]) -> tuple[str, ...]:
    named = [one.subgroup.name for one in taught if one.subgroup is not None]
    return tuple(named) if len(named) == len(taught) else ()


def _seated(judged: list[Judged]) -> dict[int, list[Judged]]:
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in judged:
        found[row.school_class].append(row)
    return found


def _members(subgroups: Collection[int]) -> dict[int, set[int]]:
    rows = Subgroup.pupils.through.objects.filter(subgroup__in=subgroups).values_list("subgroup", "pupil")
    found: dict[int, set[int]] = defaultdict(set)
    for subgroup, pupil in rows:
        found[subgroup].add(pupil)
    return found


def _values(
    found: Mapping[_Key, list[Judged]], classes: Mapping[int, SchoolClass], periods: Mapping[int, int]
) -> dict[_Key, list[str]]:
    """Results of each lesson's pupils in its subject, of the class's own period; one query."""
    pupils = {row.pupil for rows in found.values() for row in rows}
    results = {(one.pupil, one.subject, one.period): one.value for one in results_of(pupils, set(periods.values()))}
    told: dict[_Key, list[str]] = {}
    for key, rows in found.items():
        own = periods.get(key[0])
        values = [results.get((row.pupil, key[1], own)) for row in rows] if own is not None else []
        told[key] = [value for value in values if value is not None]
    return told


def _values_before(
    found: Mapping[_Key, list[Judged]], classes: Mapping[int, SchoolClass], asked: Compared
) -> dict[_Key, list[str]]:
    """The same pupils in the period before, where their class has another one of its own."""
    if asked.previous is None:
        return {}
    spans = {key: asked.before(one) for key, one in classes.items()}
    return _values(found, classes, {key: span.period.key for key, span in spans.items() if span is not None})


def _marks(
    found: Mapping[_Key, list[Judged]], classes: Mapping[int, SchoolClass], asked: Compared
) -> dict[_Key, dict[int, int]]:
    """Current marks of each lesson's pupils in the days of their class; one query."""
    wanted = Q(pk__in=[])
    for system, span in asked.now.items():
        mine = {key for key in found if classes[key[0]].period_system == system}
        pupils = {row.pupil for key in mine for row in found[key]}
        if pupils:
            wanted |= Q(pupil__in=pupils, subject__in={key[1] for key in mine}, date__range=days_of(span))
    rows = Mark.objects.filter(wanted).values_list("pupil", "subject").annotate(number=Count("pk")).order_by()
    counts = {(pupil, subject): number for pupil, subject, number in rows}
    return {key: {row.pupil: counts.get((row.pupil, key[1]), 0) for row in rows} for key, rows in found.items()}


def _at_risk(lessons: Collection[Lessons], named: Mapping[int, Pupil]) -> list[AtRisk]:
    """Whose category comes from these lessons, by class and name."""
    found = [
        AtRisk(named[row.pupil], one, row.category, evidence)
        for one in lessons
        for row in one.judged
        if row.category != Category.NONE
        for evidence in row.evidence
        if int(str(evidence["subject"])) == one.subject.pk
    ]
    return sorted(
        found,
        key=lambda one: (one.lessons.school_class.grade, one.lessons.school_class.letter, one.pupil.sort_key),
    )


def _own(teacher: Staff, days: Days) -> OwnRecords:
    work = WorkEntryPupil.objects.filter(
        entry__by__staff=teacher,
        entry__on__range=days,
        entry__withdrawn_at__isnull=True,
        entry__extra_session__isnull=True,
    )
    held = Q(staff=teacher) | Q(staff__isnull=True, group__teacher=teacher)
    standing = {"by__staff": teacher, "on__range": days, "withdrawn_at__isnull": True}
    return OwnRecords(
        work=_two(Counter(work.values_list("entry", "pupil"))),
        extra=ExtraSession.objects.filter(held, state=SessionState.HELD, on__range=days).count(),
        talks=_two(Counter(PupilTalk.objects.filter(**standing).values_list("pk", "pupil"))),
        parents=_two(Counter(Conversation.objects.filter(**standing).values_list("pk", "pupil"))),
    )


def _two(pairs: Collection[tuple[int, int]]) -> tuple[int, int]:
    return len({record for record, _ in pairs}), len({pupil for _, pupil in pairs})


def _written(wanted: Wanted, lessons: Collection[Lessons]) -> tuple[Written, ...]:
    """External works in the taught subjects, or in one of their group, by those who are taught."""
    marks = written_marks(wanted.school, wanted.period)
    works = Procedure.objects.filter(pk__in={one.work for one in marks}).select_related("subject").in_bulk()
    found: dict[tuple[int, str], list[WrittenMark]] = defaultdict(list)
    for one in marks:
        subject = works[one.work].subject
        if any(_stands_for(subject, each.subject) and one.pupil in each.marks for each in lessons):
            found[one.work, one.class_name].append(one)
    told = [Written(works[work], name, tuple(mine)) for (work, name), mine in found.items()]
    return tuple(
        sorted(told, key=lambda one: (str(one.work.date or ""), one.work.grade, one.school_class, one.work.pk))
    )


def _stands_for(written: Subject, taught: Subject) -> bool:
    return written.pk == taught.pk or (written.group != "" and written.group == taught.group)

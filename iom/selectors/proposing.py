"""What is known before a route is made: subjects with their teachers, likely gaps, the tutor."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gradebook.models import AssessmentResult
from gradebook.models.procedures import ProcedureState
from iom.rules.routes import FailedTask, GapIdea, gaps_of_subject, review_day
from iom.words import RouteKind
from risk_registry.models import RegistryEntry
from school.models import AcademicYear, Period, Pupil, Responsibility, SchoolClass, Staff, Subject, TeachingAssignment
from school.roles import ResponsibilityKind
from school.selectors import current_year

_MOST_WORKS = 200


@dataclass(frozen=True)
class PartIdea:
    """A subject with who teaches it to the pupil, and the gaps that the data suggest."""

    subject: Subject
    teacher: Staff | None
    gaps: tuple[GapIdea, ...]


@dataclass(frozen=True)
class RouteIdea:
    """All that a new route begins with. `gap_due`: by when its first gaps are to be closed."""

    year: AcademicYear
    school_class: SchoolClass | None
    period: Period | None
    tutor: Staff | None
    begins: date
    ends: date
    gap_due: date
    parts: tuple[PartIdea, ...]


def class_today(pupil: Pupil, day: date) -> SchoolClass | None:
    """Where the pupil sits."""
    seat = pupil.enrolments.on(day).select_related("school_class__class_teacher", "school_class__year").first()
    return seat.school_class if seat is not None else None


def periods_of(year: AcademicYear, school_class: SchoolClass | None) -> list[Period]:
    """Periods by which the class is taught, in order; of the school's main system without a class."""
    system = school_class.period_system if school_class is not None else year.main_system
    return list(year.periods.filter(system=system).order_by("number"))


def last_day(period_ends: Sequence[date], begins: date, year: AcademicYear) -> date:
    """The last day of lessons; of a summer route, that of the year."""
    return next((day for day in reversed(period_ends) if day >= begins), year.ends)


def tutor_of(pupil: Pupil, school_class: SchoolClass | None, day: date) -> Staff | None:
    """The pupil's tutor, else the class teacher."""
    rows = Responsibility.objects.on(day).filter(pupil=pupil, kind=ResponsibilityKind.TUTOR).select_related("person")
    row = rows.order_by("-pk").first()
    if row is not None:
        return row.person
    return school_class.class_teacher if school_class is not None else None


def teachers_of(pupil: Pupil, subjects: Iterable[int], day: date) -> dict[int, Staff]:
    """By subject, who teaches it to the pupil: the teacher of the pupil's subgroup before that of the class."""
    seats = pupil.enrolments.on(day).values("school_class")
    rows = TeachingAssignment.objects.on(day).filter(
        Q(subgroup__isnull=True, school_class__in=seats) | Q(subgroup__pupils=pupil), subject__in=list(subjects)
    )
    ordered = rows.select_related("staff").order_by("subgroup_id", "pk")
    found: dict[int, Staff] = {}
    for row in ordered:
        if row.subgroup_id is not None or row.subject_id not in found:
            found[row.subject_id] = row.staff
    return found


def route_idea(pupil: Pupil, kind: str, *, entry: RegistryEntry | None, subjects: Collection[int] = ()) -> RouteIdea:
    """What a route of the pupil begins with: subjects of the entry, or the named ones. About eight queries."""
    school = pupil.school
    today = school.today()
    school_class = class_today(pupil, today)
    year = school_class.year if school_class is not None else current_year(school)
    if year is None:
        raise ValueError("a school without a year makes no routes")
    wanted = list(subjects or (entry.subjects if entry is not None else ()))
    begins = min(max(today, year.starts), year.ends)
    ends_of = [period.ends for period in periods_of(year, school_class)]
    ends = last_day(ends_of, begins, year)
    teachers = teachers_of(pupil, wanted, today)
    tasks, days = _failed_tasks(pupil, year, wanted), _days(entry)
    return RouteIdea(
        year=year,
        school_class=school_class,
        period=entry.period if entry is not None else None,
        tutor=tutor_of(pupil, school_class, today),
        begins=begins,
        ends=ends,
        gap_due=review_day(ends_of, begins, ends),
        parts=tuple(
            PartIdea(
                subject,
                teachers.get(subject.pk),
                tuple(
                    gaps_of_subject(kind=kind, days=days.get(subject.pk, ()), tasks=tasks.get(subject.pk, ()))
                    if kind != RouteKind.TEACHER
                    else ()
                ),
            )
            for subject in Subject.objects.filter(pk__in=wanted, school=school)
        ),
    )


def _days(entry: RegistryEntry | None) -> dict[int, tuple[date, ...]]:
    """By subject, the days of the unsatisfactory marks that the entry was made of."""
    told: Iterable[Mapping[str, object]] = entry.evidence if entry is not None else ()
    found: dict[int, tuple[date, ...]] = {}
    for row in told:
        subject, days = row.get("subject"), row.get("unsatisfactory")
        if isinstance(subject, int) and isinstance(days, list):
            found[subject] = tuple(date.fromisoformat(day) for day in days)
    return found


def _failed_tasks(pupil: Pupil, year: AcademicYear, subjects: Collection[int]) -> dict[int, list[FailedTask]]:
    """By subject, tasks of this year's works with no point, the newest work first."""
    rows = AssessmentResult.objects.filter(
        pupil=pupil, year=year, procedure__subject__in=subjects, points__isnull=False, absent=False
    ).exclude(procedure__state=ProcedureState.CANCELLED)
    found: dict[int, list[FailedTask]] = {}
    for row in rows.select_related("procedure").order_by("-procedure__date", "pk")[:_MOST_WORKS]:
        work = row.procedure
        for place, points in enumerate(row.points or ()):
            if points is not None and not points and place < len(work.tasks):
                task = FailedTask(work.title, work.tasks[place], work.date, work.maxima[place], work.is_external)
                found.setdefault(work.subject_id, []).append(task)
    return found

"""Who could mentor: pupils who are strong in the subject, teachers who teach it; of the same level, not overloaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, Q, QuerySet

from gradebook.models import Mark, PeriodResult
from iom.mentoring import GOING
from iom.models import MentoringPair
from iom.rules.mentoring import MOST_PAIRS, is_strong
from school.access import pupils_for
from school.models import AcademicYear, Enrolment, Level, Pupil, School, Staff, Subject, TeachingAssignment, User


@dataclass(frozen=True)
class PupilMentor:
    """A pupil who could mentor: results of the subject, newest first, mean of this year's marks, pairs that go."""

    pupil: Pupil
    school_class: str
    grade: int
    results: tuple[str, ...]
    mean: float | None
    pairs: int


@dataclass(frozen=True)
class TeacherMentor:
    """A teacher who could mentor: classes in which the subject is taught, pairs that go."""

    staff: Staff
    classes: str
    pairs: int


def pupil_mentors(user: User, led: Pupil, subject: Subject, year: AcademicYear) -> list[PupilMentor]:
    """Of the visible pupils, by load and strength: same level of education, no younger; results 4–5. Five queries."""
    today = year.school.today()
    own = Enrolment.objects.on(today).filter(pupil=led).select_related("school_class").first()
    if own is None:
        return []
    grades = _grades_of(own.school_class.level)
    seats = Enrolment.objects.on(today).filter(
        school_class__grade__in=[grade for grade in grades if grade >= own.school_class.grade],
        pupil__in=pupils_for(user).order_by().values("pk"),
    )
    rows = list(seats.exclude(pupil=led).select_related("pupil", "school_class"))
    keys = [row.pupil_id for row in rows]
    results, means = _results(keys, subject), _means(keys, subject, year)
    load = _load("mentor_pupil", year.school)
    found = [
        PupilMentor(
            pupil=row.pupil,
            school_class=str(row.school_class),
            grade=row.school_class.grade,
            results=results.get(row.pupil_id, ()),
            mean=means.get(row.pupil_id),
            pairs=load.get(row.pupil_id, 0),
        )
        for row in rows
    ]
    fit = [one for one in found if one.pairs < MOST_PAIRS and is_strong(one.results[:2], one.mean)]
    return sorted(fit, key=lambda one: (one.pairs, one.grade, -(one.mean or 0), one.pupil.sort_key))


def _grades_of(level: Level) -> list[int]:
    return [grade for grade in range(1, 13) if Level.of_grade(grade) == level]


def _results(pupils: Iterable[int], subject: Subject) -> dict[int, tuple[str, ...]]:
    """Of periods and years, the newest first."""
    rows = PeriodResult.objects.filter(pupil__in=pupils, subject=subject, excused=False).exclude(value="")
    found: dict[int, list[str]] = {}
    for pupil, value in rows.order_by("-year__starts", "-period__starts", "-pk").values_list("pupil", "value"):
        found.setdefault(pupil, []).append(value)
    return {pupil: tuple(values) for pupil, values in found.items()}


def _means(pupils: Iterable[int], subject: Subject, year: AcademicYear) -> dict[int, float]:
    rows = Mark.objects.filter(pupil__in=pupils, subject=subject, year=year).order_by().values_list("pupil")
    return {pupil: float(mean) for pupil, mean in rows.annotate(mean=Avg("value"))}


def _load(column: str, school: School) -> dict[int, int]:
    rows = MentoringPair.objects.filter(school=school, state__in=GOING, **{f"{column}__isnull": False})
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")))


def teacher_mentors(
    school: School, subject: Subject | None, today: date, *, level: Level | None = None, but: Staff | None = None
) -> list[TeacherMentor]:
    """Teachers of the subject (of any, when none is named) in classes of the level, the least loaded first."""
    rows = TeachingAssignment.objects.on(today).filter(
        Q(staff__left_on__isnull=True) | Q(staff__left_on__gte=today), staff__school=school
    )
    if subject is not None:
        rows = rows.filter(subject=subject)
    if level is not None:
        rows = rows.filter(school_class__grade__in=_grades_of(level))
    taught: dict[Staff, list[str]] = {}
    for row in _in_order(rows.select_related("staff", "school_class")):
        names = taught.setdefault(row.staff, [])
        if str(row.school_class) not in names:
            names.append(str(row.school_class))
    load = _load("mentor", school)
    found = [TeacherMentor(one, ", ".join(names), load.get(one.pk, 0)) for one, names in taught.items() if one != but]
    free = [one for one in found if one.pairs < MOST_PAIRS]
    return sorted(free, key=lambda one: (one.pairs, one.staff.sort_key))


def _in_order(rows: QuerySet[TeachingAssignment]) -> QuerySet[TeachingAssignment]:
    return rows.order_by("school_class__grade", "school_class__letter", "pk")


def present_staff(school: School) -> QuerySet[Staff]:
    """People who work in the school today, by name."""
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=school.today()), school=school)

"""Works of the timetable whose day is over and of which some class has no result."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from gradebook.models import AssessmentResult, Procedure, ProcedureState
from gradebook.models.procedures import ProcedureQuerySet
from gradebook.permissions import can_plan_procedures
from school.access import Viewer, access_of
from school.models import SchoolClass

_CLASS, _SINCE, _UNTIL = (f"pupil__enrolments__{name}" for name in ("school_class", "starts", "ends"))


@dataclass(frozen=True)
class Overdue:
    """A work with those of its classes that have no result; `whole`: none of them has."""

    work: Procedure
    classes: tuple[SchoolClass, ...]
    whole: bool

    @property
    def who(self) -> str:
        """«7 классы», «7А, 7Б»."""
        return self.work.who if self.whole else ", ".join(map(str, self.classes))


def with_written(works: ProcedureQuerySet) -> ProcedureQuerySet:
    """`written` of each work: keys of the classes of which there is a result; of the class where the pupil sat then."""
    day = F("procedure__date")
    seated = Q(**{f"{_SINCE}__lte": day}) & (Q(**{f"{_UNTIL}__isnull": True}) | Q(**{f"{_UNTIL}__gte": day}))
    rows = AssessmentResult.objects.filter(seated, procedure=OuterRef("pk")).order_by().values(_CLASS).distinct()
    return works.annotate(written=ArraySubquery(rows))


def overdue(user: Viewer, day: date) -> list[Overdue]:
    """Of the present year, the oldest first: all for those who keep the timetable, for a teacher those of the own
    subject and classes. One query where nothing is over, else three at most."""
    school = access_of(user).school
    if school is None:
        return []
    running = {"school": school, "year__starts__lte": day, "year__ends__gte": day}
    works = with_written(Procedure.objects.standing()).filter(**running, planned=True, date__lt=day)
    found = list(works.select_related("subject", "school_class").order_by("date", "grade", "pk"))
    if not found:
        return []
    classes = SchoolClass.objects.filter(year=found[0].year_id, grade__in={work.grade for work in found})
    return overdue_of(user, found, list(classes.order_by("grade", "letter")), day)


def overdue_of(user: Viewer, works: Iterable[Procedure], classes: Collection[SchoolClass], day: date) -> list[Overdue]:
    """The same of works `with_written` and of the year's classes that are read already; one query for a teacher.

    Whoever has named causes of a work waits for no more of its results.
    """
    over = [work for work in works if work.planned and work.state != ProcedureState.ANALYSED]
    over = [work for work in over if work.date is not None and work.date < day]
    taught = None if can_plan_procedures(user) else _taught(user, day)
    rows = (_row(work, classes, taught) for work in over)
    return [row for row in rows if row.classes]


def _taught(user: Viewer, day: date) -> set[tuple[int, int]]:
    """(class, subject) of the teacher's duties."""
    staff = access_of(user).staff
    if staff is None:
        return set()
    return set(staff.assignments.on(day).order_by().values_list("school_class", "subject"))


def _row(work: Procedure, classes: Collection[SchoolClass], taught: Collection[tuple[int, int]] | None) -> Overdue:
    written: Collection[int] = getattr(work, "written", ())
    every = [one for one in classes if one.pk == work.school_class_id or _of_grade(work, one)]
    left = [one for one in every if one.pk not in written]
    if taught is not None:
        left = [one for one in left if (one.pk, work.subject_id) in taught]
    return Overdue(work, tuple(left), len(left) == len(every))


def _of_grade(work: Procedure, place: SchoolClass) -> bool:
    return work.school_class_id is None and work.grade == place.grade

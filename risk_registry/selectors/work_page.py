"""One work in full: who wrote it and how, who did not, how its tasks were done, what is written once more."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gradebook.models import Absence, AssessmentResult, Procedure
from risk_registry.permissions import scope_of
from risk_registry.rules.tasks import TaskLine, has_failed, task_lines
from risk_registry.selectors.works import WorkRow, WrittenRow, classes_of, written_rows
from school.access import pupils_for
from school.models import Enrolment, Pupil, School, SchoolClass, User

_LOW = 2


@dataclass(frozen=True)
class Missing:
    """Who sat in a class on the work's day and has no mark for it."""

    pupil: Pupil
    school_class: str
    why: str


@dataclass(frozen=True)
class Repeater:
    """Who writes the work once more: the first mark (None: did not write it) and the second, if there is one."""

    pupil: Pupil
    first: int | None
    second: int | None

    @property
    def words(self) -> str:
        """«не писал(а) → 4», «2 → пока нет»."""
        return f"{self.first or 'не писал(а)'} → {self.second or 'пока нет'}"

    @property
    def is_settled(self) -> bool:
        """A three and better."""
        return self.second is not None and self.second > _LOW


@dataclass(frozen=True)
class Repetition:
    """A repeated work of a class with those who have to write it."""

    work: Procedure
    pupils: tuple[Repeater, ...]

    @property
    def wrote(self) -> int:
        """How many did."""
        return sum(one.second is not None for one in self.pupils)

    @property
    def settled(self) -> int:
        """How many got a three and better."""
        return sum(one.is_settled for one in self.pupils)


@dataclass(frozen=True)
class WorkPage:
    """What a person may know of one work. `classes` are the names of the classes in `tasks`, in order."""

    work: Procedure
    row: WorkRow
    rows: tuple[WrittenRow, ...]
    missing: tuple[Missing, ...]
    tasks: tuple[TaskLine, ...]
    classes: tuple[str, ...]
    repetitions: tuple[Repetition, ...]

    @property
    def hard(self) -> list[TaskLine]:
        """The tasks that were done worst."""
        return [line for line in self.tasks if line.hard]


def work_page(user: User, school: School, row: WorkRow, *, school_class: int | None = None) -> WorkPage:
    """The whole of it, of one class or of all that the person sees; a fixed number of queries.

    `row` comes from `work_row`, which said that the person may see the work.
    """
    work = row.work
    places = _seen_classes(user, work, school_class)
    rows = seen_rows(row, written_rows(user, school, work, school_class=school_class))
    names = [str(place) for place in places if any(one.school_class == str(place) for one in rows)]
    told = [(one.school_class, one.points) for one in rows if one.points is not None]
    return WorkPage(
        work=work,
        row=row,
        rows=tuple(rows),
        missing=tuple(_missing(user, work, places, {one.pupil.pk for one in rows})),
        tasks=tuple(task_lines(work.tasks, work.maxima, told, names)) if told else (),
        classes=tuple(names),
        repetitions=tuple(_repetitions(user, work, places, rows)),
    )


def seen_rows(row: WorkRow, rows: Iterable[WrittenRow]) -> list[WrittenRow]:
    """A subject teacher sees pupils of other classes for other reasons: not their works."""
    names = {part.name for part in row.parts}
    return [one for one in rows if row.total is not None or one.school_class in names]


def failed_rows(rows: Iterable[WrittenRow], task: int) -> list[WrittenRow]:
    """Those who got nothing for a task, which counts from 1."""
    return [one for one in rows if has_failed(one.points, task)]


def _seen_classes(user: User, work: Procedure, school_class: int | None) -> list[SchoolClass]:
    scope = scope_of(user)
    places = [place for place in classes_of(work) if school_class in (None, place.pk)]
    return [place for place in places if scope.sees(place.pk, work.subject_id)]


def _missing(user: User, work: Procedure, places: Sequence[SchoolClass], wrote: set[int]) -> list[Missing]:
    """Those of the classes on the work's day; nobody while the day is to come or not known."""
    if work.date is None or work.date > work.school.today():
        return []
    seats = _seats(places, work.date)
    absent = AssessmentResult.objects.filter(procedure=work, absent=True)
    away = set(absent.values_list("pupil", flat=True))
    missed = Absence.objects.filter(school=work.school_id, pupil__in=seats.keys() - wrote, date=work.date)
    skipped = set(missed.values_list("pupil", flat=True))
    people = pupils_for(user).filter(pk__in=seats.keys() - wrote)
    return [Missing(pupil, seats[pupil.pk], _why(pupil.pk, away, skipped)) for pupil in people]


def _why(pupil: int, away: set[int], skipped: set[int]) -> str:
    if pupil in away:
        return "отсутствовал(а)"
    return "отсутствовал(а): пропуск в журнале" if pupil in skipped else "результата нет"


def _seats(places: Sequence[SchoolClass], day: date) -> dict[int, str]:
    names = {place.pk: str(place) for place in places}
    rows = Enrolment.objects.on(day).filter(school_class__in=list(names)).values_list("pupil", "school_class")
    return {pupil: names[place] for pupil, place in rows}


def _repetitions(
    user: User, work: Procedure, places: Sequence[SchoolClass], rows: Sequence[WrittenRow]
) -> list[Repetition]:
    """Of the classes that the person sees; two queries more when there is one."""
    keys = {place.pk for place in places}
    found = [one for one in work.repetitions.standing().select_related("school_class") if one.school_class_id in keys]
    if not found:
        return []
    marks: dict[int, dict[int, int]] = defaultdict(dict)
    again = AssessmentResult.objects.filter(procedure__in=found, mark__isnull=False)
    for key, pupil, mark in again.values_list("procedure", "pupil", "mark"):
        marks[key][pupil] = mark or 0
    first = {one.pupil.pk: one.mark for one in rows}
    seats = {one.pk: _seats([place for place in places if place.pk == one.school_class_id], _day(one)) for one in found}
    people = list(pupils_for(user).filter(pk__in={pupil for told in seats.values() for pupil in told}))
    return [
        Repetition(
            one,
            tuple(
                Repeater(pupil, first.get(pupil.pk), marks[one.pk].get(pupil.pk))
                for pupil in people
                if pupil.pk in seats[one.pk] and first.get(pupil.pk, 0) <= _LOW
            ),
        )
        for one in found
    ]


def _day(work: Procedure) -> date:
    """Who sits in the class by the repeated work's day, or today while it is to come."""
    today = work.school.today()
    return min(work.date, today) if work.date is not None else today

"""Which procedure a file's results belong to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gradebook.models import Procedure, ProcedureState
from gradebook.rules_procedures import kind_of_title
from school.models import AcademicYear, School, Subject


@dataclass(frozen=True, slots=True)
class StatedWork:
    """A work as a file names it; `maxima` of the `tasks`, None where the file does not say."""

    year: AcademicYear
    title: str
    grade: int
    subject: Subject
    day: date | None
    tasks: list[str]
    maxima: list[Decimal | None]


def procedure_for(school: School, work: StatedWork) -> Procedure:
    """The one of that title; else the only one that the timetable has for the grade, subject and day; else a new one.

    A planned one is held by that. Tasks are kept as the file names them: the points of its rows follow them.
    """
    about = {"school": school, "year": work.year, "grade": work.grade, "subject": work.subject, "date": work.day}
    known = list(Procedure.objects.standing().filter(**about, school_class=None, repeats=None).order_by("pk"))
    titled = [one for one in known if one.title == work.title]
    planned = [one for one in known if one.planned] if work.day is not None else []
    found = titled[0] if titled else planned[0] if len(planned) == 1 else None
    if found is None:
        kind = kind_of_title(work.title)
        return Procedure.objects.create(**about, title=work.title, kind=kind, tasks=work.tasks, maxima=work.maxima)
    _hold(found, work)
    return found


def _hold(procedure: Procedure, work: StatedWork) -> None:
    changed = []
    if procedure.state == ProcedureState.PLANNED:
        procedure.state = ProcedureState.HELD
        changed.append("state")
    if work.tasks and (procedure.tasks, procedure.maxima) != (work.tasks, work.maxima):
        procedure.tasks, procedure.maxima = work.tasks, work.maxima
        changed += ["tasks", "maxima"]
    if changed:
        procedure.save(update_fields=changed)

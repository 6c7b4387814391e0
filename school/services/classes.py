"""Classes, subgroups and exceptions to when marks begin."""

from collections.abc import Iterable

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import CalendarChanged
from school.models import AcademicYear, MarksStart, PeriodSystem, Pupil, SchoolClass, Staff, Subgroup, Subject, User
from school.rules import period_system_of
from school.services.dependents import must_be_unused


@deed
def class_save(
    *,
    by: User | None,
    year: AcademicYear,
    school_class: SchoolClass | None,
    grade: int,
    letter: str,
    class_teacher: Staff | None,
) -> SchoolClass:
    """Make a class of the year, or correct one. Raises `Refused` when the year has a class of that name."""
    row = school_class or SchoolClass(school=year.school, year=year)
    if SchoolClass.objects.filter(year=year, grade=grade, letter=letter).exclude(pk=row.pk).exists():
        raise Refused(f"Класс {grade}{letter} в этом году уже есть.")
    renumbered = school_class is not None and row.grade != grade
    row.grade, row.letter, row.class_teacher = grade, letter, class_teacher
    row.period_system = PeriodSystem(period_system_of(grade, year.main_system, year.upper_system))
    row.save()
    if renumbered:
        publish(CalendarChanged(year.school, year))
    return row


@deed
def class_delete(*, by: User | None, school_class: SchoolClass) -> None:
    """Remove a class made by mistake. Raises `Refused` when anything refers to it."""
    must_be_unused(school_class, f"Класс {school_class} удалить нельзя.")
    school_class.delete()


@deed
def subgroup_save(
    *, by: User | None, school_class: SchoolClass, subgroup: Subgroup | None, name: str, pupils: Iterable[Pupil]
) -> Subgroup:
    """Make a subgroup of the class or correct its name and members. Raises `Refused` when the name is taken."""
    row = subgroup or Subgroup(school_class=school_class)
    if Subgroup.objects.filter(school_class=school_class, name=name).exclude(pk=row.pk).exists():
        raise Refused(f"Подгруппа «{name}» в классе {school_class} уже есть.")
    row.name = name
    row.save()
    row.pupils.set(pupils)
    return row


@deed
def subgroup_delete(*, by: User | None, subgroup: Subgroup) -> None:
    """Remove a subgroup that nobody teaches."""
    if subgroup.assignments.exists():
        raise Refused(f"Подгруппу «{subgroup.name}» удалить нельзя: за ней закреплены учителя.")
    subgroup.delete()


@deed
def marks_start_save(
    *, by: User | None, school_class: SchoolClass, subject: Subject | None, from_period: int | None
) -> MarksStart:
    """Say from which period the class, or one subject in it, has marks; None: not at all this year."""
    row, _ = MarksStart.objects.update_or_create(
        school_class=school_class, subject=subject, defaults={"from_period": from_period}
    )
    publish(CalendarChanged(school_class.school, school_class.year))
    return row


@deed
def marks_start_delete(*, by: User | None, marks_start: MarksStart) -> None:
    """Take the exception away: the school's rule holds again."""
    school_class = marks_start.school_class
    marks_start.delete()
    publish(CalendarChanged(school_class.school, school_class.year))

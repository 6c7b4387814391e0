"""People who work in the school: positions, what they teach, when they leave."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from school.models import (
    Responsibility,
    School,
    SchoolClass,
    Staff,
    StaffPosition,
    Subgroup,
    Subject,
    TeachingAssignment,
    User,
)
from school.services.dependents import must_be_unused
from school.services.ending import must_go_on


@deed
def staff_save(
    *,
    by: User | None,
    school: School,
    staff: Staff | None,
    last_name: str,
    first_name: str,
    middle_name: str,
    email: str,
    phone: str,
) -> Staff:
    """Write down a person of the school, or correct what is written. No login is made by it."""
    row = staff or Staff(school=school)
    row.last_name, row.first_name, row.middle_name = last_name, first_name, middle_name
    row.email, row.phone = email, phone
    row.save()
    return row


@deed
def staff_delete(*, by: User | None, staff: Staff) -> None:
    """Remove a person written down by mistake. Raises `Refused` when anything refers to them."""
    staff.positions.all().delete()
    must_be_unused(staff, "Сотрудника удалить нельзя, можно отметить увольнение.")
    staff.delete()


@deed
def position_add(*, by: User | None, staff: Staff, position: str, starts: date | None) -> StaffPosition:
    """Appoint a person. Raises `Refused` when the position is held already."""
    if staff.positions.filter(position=position, ends__isnull=True).exists():
        raise Refused("Эта должность у сотрудника уже есть.")
    return StaffPosition.objects.create(staff=staff, position=position, starts=starts)


@deed
def position_end(*, by: User | None, position: StaffPosition, ends: date) -> None:
    """The last day in the position. Raises `Refused` when it has one."""
    must_go_on(position)
    if position.starts is not None and ends < position.starts:
        raise Refused(f"Должность занята с {date_short(position.starts)}: последний день не может быть раньше.")
    position.ends = ends
    position.save(update_fields=["ends"])


@deed
def position_delete(*, by: User | None, position: StaffPosition) -> None:
    """Take away a position that was written down by mistake."""
    position.delete()


@deed
def assignments_add(
    *,
    by: User | None,
    staff: Staff,
    subject: Subject,
    classes: Iterable[SchoolClass],
    subgroup: Subgroup | None,
    starts: date | None,
) -> int:
    """Say that the person teaches the subject to the classes, or to a subgroup of one; answers how many are new."""
    held = set(
        TeachingAssignment.objects.filter(
            staff=staff, subject=subject, subgroup=subgroup, ends__isnull=True
        ).values_list("school_class_id", flat=True)
    )
    rows = [
        TeachingAssignment(staff=staff, subject=subject, school_class=one, subgroup=subgroup, starts=starts)
        for one in classes
        if one.pk not in held
    ]
    TeachingAssignment.objects.bulk_create(rows)
    return len(rows)


@deed
def assignment_end(*, by: User | None, assignment: TeachingAssignment, ends: date) -> None:
    """The last day on which the person teaches it. Raises `Refused` when it has one."""
    must_go_on(assignment)
    if assignment.starts is not None and ends < assignment.starts:
        raise Refused(f"Ведёт с {date_short(assignment.starts)}: последний день не может быть раньше.")
    assignment.ends = ends
    assignment.save(update_fields=["ends"])


@deed
def assignment_delete(*, by: User | None, assignment: TeachingAssignment) -> None:
    """Take away what was written down by mistake."""
    assignment.delete()


@deed
def staff_leave(*, by: User | None, staff: Staff, last_day: date) -> None:
    """The person leaves: positions, lessons and responsibilities end with that day, the classes they led are free.

    The login loses its rights by itself on the next day. Raises `Refused` for who has left.
    """
    must_go_on(staff, "left_on")
    staff.left_on = last_day
    staff.save(update_fields=["left_on"])
    open_ones = Q(ends__isnull=True) | Q(ends__gt=last_day)
    for rows in (
        StaffPosition.objects.filter(open_ones, staff=staff),
        TeachingAssignment.objects.filter(open_ones, staff=staff),
        Responsibility.objects.filter(open_ones, person=staff),
    ):
        # What was to begin later never did.
        rows.filter(starts__gt=last_day).delete()
        rows.update(ends=last_day)
    if last_day < staff.school.today():
        SchoolClass.objects.filter(class_teacher=staff, year__ends__gte=last_day).update(class_teacher=None)


@deed
def staff_return(*, by: User | None, staff: Staff) -> None:
    """The person is back, or did not leave: what ended on their last day goes on."""
    if staff.left_on is None:
        raise Refused("Сотрудник и так работает.")
    last_day = staff.left_on
    staff.left_on = None
    staff.save(update_fields=["left_on"])
    StaffPosition.objects.filter(staff=staff, ends=last_day).update(ends=None)
    TeachingAssignment.objects.filter(staff=staff, ends=last_day).update(ends=None)

"""Writing what was decided about a staff file."""

from collections.abc import Mapping

from school.imports.staff import StaffDecision, StaffPlan
from school.models import AcademicYear, SchoolClass, Staff, StaffPosition, Subject, TeachingAssignment
from school.services.imports.classes import write_classes
from school.services.imports.record import Recorder

_STAFF = ("last_name", "first_name", "middle_name", "email", "phone")


def write_staff(recorder: Recorder, year: AcademicYear, plan: StaffPlan) -> None:
    """Write the plan. Nobody gets a login by it."""
    classes = write_classes(recorder, year, plan.new_classes)
    subjects = _write_subjects(recorder, year, plan.new_subjects)
    pairs = list(zip(plan.decisions, _write_people(recorder, year, plan.decisions), strict=True))
    held = [StaffPosition(staff_id=key, position=name) for decision, key in pairs for name in decision.positions]
    recorder.create(held, ["position", "ends"])
    taught = [
        TeachingAssignment(
            staff_id=key,
            subject_id=subjects.get(subject, subject),
            school_class_id=classes.get(class_id, class_id),
        )
        for decision, key in pairs
        for subject, class_id in decision.assignments
    ]
    recorder.create(taught, ["ends", "subgroup_id"])
    led = {classes.get(number, number): key for decision, key in pairs for number in decision.leads}
    rows = SchoolClass.objects.in_bulk(list(led))
    recorder.change([(row, {"class_teacher_id": led[pk]}) for pk, row in rows.items()])


def _write_subjects(recorder: Recorder, year: AcademicYear, new: Mapping[int, str]) -> dict[int, int]:
    rows = [Subject(school=year.school, name=name) for name in new.values()]
    recorder.create(rows, ["name"])
    return dict(zip(new, (row.pk for row in rows), strict=True))


def _write_people(recorder: Recorder, year: AcademicYear, decisions: tuple[StaffDecision, ...]) -> list[int]:
    """People themselves; the answer is their keys, in the order of the decisions."""
    fresh = [Staff(school=year.school, **d.fields) for d in decisions if d.staff is None]
    recorder.create(fresh, _STAFF)
    known = Staff.objects.in_bulk([d.staff for d in decisions if d.staff is not None and d.fields])
    recorder.change([(known[d.staff], d.fields) for d in decisions if d.staff is not None and d.fields])
    new_keys = iter([person.pk for person in fresh])
    return [next(new_keys) if d.staff is None else d.staff for d in decisions]

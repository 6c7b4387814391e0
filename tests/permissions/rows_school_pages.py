"""The school's own pages: card, calendar, classes, subjects, staff, pupils, their files."""

from typing import Any

from school.models import (
    Enrolment,
    Guardian,
    Guardianship,
    Holiday,
    ImportBatch,
    MarksStart,
    Responsibility,
    StaffPosition,
    Subgroup,
    Subject,
    TeachingAssignment,
)
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """One of each thing that an address may name."""
    school, pupil, school_class = world.school, world.pupil, world.school_class
    year = school.years.get()
    guardian = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Анна")
    world.things |= {
        "year": year,
        "holiday": Holiday.objects.create(year=year, name="Осенние", starts="2026-10-26", ends="2026-11-03"),
        "subgroup": Subgroup.objects.create(school_class=school_class, name="группа 1"),
        "marks_start": MarksStart.objects.create(school_class=school_class, from_period=2),
        "subject": Subject.objects.get(school=school, name="Алгебра"),
        "tie": Guardianship.objects.create(guardian=guardian, pupil=pupil),
        "enrolment": Enrolment.objects.get(pupil=pupil),
        "position": StaffPosition.objects.get(staff=world.person("cls")),
        "assignment": TeachingAssignment.objects.get(staff=world.person("sub")),
        "responsibility": Responsibility.objects.get(person=world.person("tut")),
        "batch": ImportBatch.objects.create(school=school, year=year, kind="pupils", state="discarded"),
    }


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.school_class.pk}


def _person(world: World) -> dict[str, Any]:
    return {"pk": world.person("none").pk}


def _periods(world: World) -> dict[str, Any]:
    return {"pk": world.things["year"].pk, "system": "quarters"}


# Columns:                     anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
READ = "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403"
READ_LIST = "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"
EDIT = "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403"
EDIT_LIST = "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"
DO = "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403"
# Of a pupil: a speech therapist and a methodical head see nobody here, a tutor and a mentor their own.
PUPIL = "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403"
PUPIL_EDIT = "302  404   200 200 403 403 403 403  403 404 404 403 403 403 200 403"
PUPIL_DO = "302  404   302 302 403 403 403 403  403 404 404 403 403 403 302 403"
NOT_HERE = "302  403   403 403 403 403 403 403  403 403 403 403 403 403 403 403"

# fmt: off
ROWS = [
    Row("school:card", READ_LIST),
    Row("school:edit", EDIT_LIST),
    Row("school:first_school", NOT_HERE),
    Row("school:thresholds", READ_LIST),
    Row("school:thresholds",  "302  422   422 422 403 403 403 403  403 403 403 403 403 403 422 403", method="post"),
    Row("school:years", READ_LIST),
    Row("school:year_new", EDIT_LIST),
    Row("school:year", READ, _of("year")),
    Row("school:year_delete", DO, _of("year"), "post"),
    Row("school:systems", EDIT, _of("year")),
    Row("school:periods", EDIT, _periods),
    Row("school:holiday_new", EDIT, _of("year")),
    Row("school:holiday", EDIT, _of("holiday")),
    Row("school:holiday_delete", DO, _of("holiday"), "post"),
    Row("school:classes", READ_LIST),
    Row("school:class_new", EDIT_LIST),
    Row("school:class", READ, _class),
    Row("school:class_edit", EDIT, _class),
    Row("school:class_delete", DO, _class, "post"),
    Row("school:subgroup_new", EDIT, _class),
    Row("school:subgroup", EDIT, _of("subgroup")),
    Row("school:subgroup_delete", DO, _of("subgroup"), "post"),
    Row("school:marks_start_new", EDIT, _class),
    Row("school:marks_start_delete", DO, _of("marks_start"), "post"),
    Row("school:subjects", READ_LIST),
    Row("school:subject_new", EDIT_LIST),
    Row("school:subject", EDIT, _of("subject")),
    Row("school:subject_delete", DO, _of("subject"), "post"),
    Row("school:staff", READ_LIST),
    Row("school:staff_new", EDIT_LIST),
    Row("school:import_staff", EDIT_LIST),
    Row("school:staff_member", READ, _person),
    Row("school:staff_edit", EDIT, _person),
    Row("school:staff_delete", DO, _person, "post"),
    Row("school:staff_leave", EDIT, _person),
    Row("school:staff_return", DO, _person, "post"),
    Row("school:position_new", EDIT, _person),
    Row("school:position_end", EDIT, _of("position")),
    Row("school:position_delete", DO, _of("position"), "post"),
    Row("school:assignment_new", EDIT, _person),
    Row("school:assignment_end", EDIT, _of("assignment")),
    Row("school:assignment_delete", DO, _of("assignment"), "post"),
    Row("school:pupils", READ_LIST),
    Row("school:pupil_new", EDIT_LIST),
    Row("school:import_pupils", EDIT_LIST),
    Row("school:pupil", PUPIL, _pupil),
    Row("school:pupil_edit", PUPIL_EDIT, _pupil),
    Row("school:pupil_delete", PUPIL_DO, _pupil, "post"),
    Row("school:pupil_move", PUPIL_EDIT, _pupil),
    Row("school:pupil_leave", PUPIL_EDIT, _pupil),
    Row("school:enrolment", PUPIL_EDIT, _of("enrolment")),
    Row("school:enrolment_cancel", PUPIL_DO, _of("enrolment"), "post"),
    Row("school:responsibility_new", PUPIL_EDIT, _pupil),
    Row("school:responsibility_end", PUPIL_EDIT, _of("responsibility")),
    Row("school:responsibility_delete", PUPIL_DO, _of("responsibility"), "post"),
    Row("school:import_batch", EDIT, _of("batch")),
    Row("school:import_apply", DO, _of("batch"), "post"),
    Row("school:import_discard", DO, _of("batch"), "post"),
    Row("school:import_undo", DO, _of("batch"), "post"),
]
# fmt: on

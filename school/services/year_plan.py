"""What people decide before the year is changed. Each writes down only what differs from the ordinary way."""

from collections.abc import Collection

from common.authorship import deed
from common.errors import Refused
from school.lots import GONE, Lot
from school.models import (
    AcademicYear,
    ClassPlan,
    Enrolment,
    Pupil,
    PupilPlan,
    SchoolClass,
    Staff,
    User,
    YearChange,
    YearPlan,
)
from school.year_rules import ClassName


def plan_of(year: AcademicYear) -> YearPlan:
    """The plan of the year, made when it is first needed. Raises `Refused` when the year was changed already."""
    if YearChange.objects.filter(old=year).exists():
        raise Refused("Переход уже выполнен. Чтобы исправить план, сначала отмените переход.")
    first = SchoolClass.objects.filter(year=year, grade=1).order_by("letter")
    names = ", ".join(str(row) for row in first)
    return YearPlan.objects.get_or_create(school=year.school, year=year, defaults={"first_classes": names})[0]


@deed
def plan_set(*, by: User, year: AcademicYear, carry_teaching: bool, first_classes: Collection[ClassName]) -> YearPlan:
    """Say which first classes there will be and whether teaching is carried over."""
    plan = plan_of(year)
    plan.carry_teaching = carry_teaching
    plan.first_classes = ", ".join(map(str, sorted(set(first_classes))))
    plan.save(update_fields=["carry_teaching", "first_classes"])
    return plan


@deed
def class_plan_set(
    *, by: User, school_class: SchoolClass, following: ClassName | None, class_teacher: Staff | None
) -> ClassPlan:
    """Say where the class goes (None: it finishes) and who will lead it there.

    Two classes may go to one. Raises `Refused` when the next class is of a lower grade.
    """
    if following is not None and following.grade < school_class.grade:
        raise Refused(f"Класс {school_class} не может стать классом {following}: параллель ниже.")
    plan = plan_of(school_class.year)
    grade, letter = following or (None, "")
    row, _ = ClassPlan.objects.update_or_create(
        school_class=school_class,
        defaults={"plan": plan, "grade": grade, "letter": letter, "class_teacher": class_teacher},
    )
    return row


@deed
def class_plan_reset(*, by: User, school_class: SchoolClass) -> None:
    """Let the class go the ordinary way again."""
    plan = plan_of(school_class.year)
    plan.classes.filter(school_class=school_class).delete()


@deed
def pupils_plan_set(
    *, by: User, year: AcademicYear, pupils: Collection[Pupil], lot: Lot, target: ClassName | None, note: str
) -> int:
    """Decide on pupils; returns on how many. `target` only where it is not the class's own; `note`: the grounds.

    Raises `Refused` when a pupil sits in no class of the year, or whoever leaves is given a class.
    """
    plan = plan_of(year)
    if lot in GONE and target is not None:
        raise Refused(f"«{lot.label}» — класс в новом году не нужен.")
    sits = set(Enrolment.objects.filter(school_class__year=year, pupil__in=pupils).values_list("pupil", flat=True))
    strangers = [pupil.list_name for pupil in pupils if pupil.pk not in sits]
    if strangers:
        raise Refused(f"В {year} не учатся.", strangers)
    grade, letter = target or (None, "")
    rows = [PupilPlan(plan=plan, pupil=one, lot=lot, grade=grade, letter=letter, note=note) for one in pupils]
    PupilPlan.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["plan", "pupil"],
        update_fields=["lot", "grade", "letter", "note"],
        batch_size=1000,
    )
    return len(rows)


@deed
def pupils_plan_reset(*, by: User, year: AcademicYear, pupils: Collection[Pupil]) -> int:
    """Let the pupils go with their class, or as advised; returns how many had been decided on."""
    return plan_of(year).pupils.filter(pupil__in=pupils).delete()[0]

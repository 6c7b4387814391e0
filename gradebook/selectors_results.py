"""Results of one procedure as they are entered: a row for each pupil of a class."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from gradebook.models import AssessmentResult, Procedure
from gradebook.permissions import sheet_classes, sheet_right
from gradebook.rules_results import Entered
from school.access import Viewer, pupils_for
from school.models import Enrolment, Pupil, SchoolClass, User


@dataclass(frozen=True)
class ResultRow:
    """A pupil with what stands; `by_hand`: a person wrote it."""

    pupil: Pupil
    entered: Entered
    by_hand: bool


def classes_of_results(user: Viewer, procedure: Procedure) -> QuerySet[SchoolClass]:
    """The classes whose results of the procedure the person enters, all or some, as in the sheet of results."""
    classes = sheet_classes(user).filter(year=procedure.year_id, grade=procedure.grade)
    if procedure.school_class_id is not None:
        classes = classes.filter(pk=procedure.school_class_id)
    return classes


def result_pupils(user: User, procedure: Procedure, school_class: SchoolClass) -> QuerySet[Pupil]:
    """Who sat in the class on the procedure's day, as far as their results are the person's to write."""
    today = procedure.school.today()
    day = min(procedure.date or today, today)
    seats = Enrolment.objects.on(day).filter(school_class=school_class)
    pupils = pupils_for(user).filter(pk__in=seats.order_by().values("pupil"))
    right = sheet_right(user, school_class)
    if right.whole:
        return pupils
    mine = right.subjects.get(procedure.subject_id, frozenset())
    return pupils if mine is None else pupils.filter(pk__in=mine)


def result_rows(user: User, procedure: Procedure, school_class: SchoolClass) -> list[ResultRow]:
    """In the order of names; two queries beside those of the right."""
    pupils = list(result_pupils(user, procedure, school_class))
    found = AssessmentResult.objects.filter(procedure=procedure, pupil__in=pupils)
    standing = {one.pupil_id: one for one in found}
    return [_row(pupil, standing.get(pupil.pk)) for pupil in pupils]


def _row(pupil: Pupil, result: AssessmentResult | None) -> ResultRow:
    return ResultRow(pupil, entered_of(result), result is not None and result.by_hand)


def entered_of(result: AssessmentResult | None) -> Entered:
    """What stands, with numbers without needless noughts."""
    if result is None:
        return Entered()
    points = None if result.points is None else tuple(map(plain, result.points))
    return Entered(result.mark, plain(result.score), result.variant, points, result.absent)


def plain(number: Decimal | None) -> Decimal | None:
    """12.50 and 12.5 are one number; 20 stays 20."""
    return None if number is None else number.normalize() if number % 1 else number.quantize(Decimal(1))

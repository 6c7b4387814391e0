"""Results typed into a sheet, in a line each."""

from gradebook.selectors_sheet import class_with_terms, sheet_of
from gradebook.services.sheet import results_enter
from gradebook.sheet import CellAnswer, CellSent
from school.models import SchoolClass, User


def enter(
    school_class: SchoolClass, row: int, column: int, value: str, was: str = "", by: str = "zavuch"
) -> CellAnswer:
    """One cell of the first period, by its place."""
    user = User.objects.get(username=by)
    sheet = sheet_of(user, class_with_terms(user).get(pk=school_class.pk), "1")
    cell = CellSent(sheet.rows[row].pupil.pk, sheet.columns[column].pk, value, was)
    [answer] = results_enter(by=user, school_class=sheet.school_class, term=sheet.term, cells=[cell])
    return answer

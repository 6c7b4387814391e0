"""Professional gaps that a teacher or a colleague wrote down on a floor below begin the teacher's route."""

from datetime import date
from decimal import Decimal

from iom.models import Gap, Route, RoutePart
from iom.words import Found, Unit
from school.models import Staff, User
from teaching.models import TeacherGap
from teaching.words import GapFound

# What is to be mastered is mastered whole; a person changes it in the route.
_WHOLE = Decimal(100)
_FOUND = {
    GapFound.SELF: Found.OTHER,
    GapFound.VISIT: Found.LESSON,
    GapFound.TEST: Found.CONTROL,
    GapFound.UNION: Found.TALK,
}


def open_gaps(user: User, staff: Staff) -> list[TeacherGap]:
    """Those of a teacher that are not closed, of those that the person sees; one query."""
    return list(TeacherGap.objects.visible_to(user).filter(staff=staff, closed_on__isnull=True).order_by("pk"))


def gaps_take(by: User, route: Route, part: RoutePart, due: date) -> None:
    """Each open gap becomes a gap of the route, in its common part. Called within the deed that makes the route."""
    assert route.staff is not None
    Gap.objects.bulk_create(_gap(route, part, row, due) for row in open_gaps(by, route.staff))


def _gap(route: Route, part: RoutePart, row: TeacherGap, due: date) -> Gap:
    return Gap(
        school=route.school,
        route=route,
        part=part,
        topic=row.text[:200],
        found=_FOUND[GapFound(row.found)],
        found_on=row.found_on,
        source=f"{row.get_area_display()} дефицит",
        target=_WHOLE,
        unit=Unit.PERCENT,
        due=due,
        created_at=route.created_at,
    )

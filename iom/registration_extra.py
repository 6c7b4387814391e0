"""What extra lessons offer to the floors below: the timetable as a file."""

from documents.registry import Params, register_report
from iom.permissions_extra import can_see_extra
from iom.reports import extra
from school.access import access_of
from school.models import User

TIMETABLE = "extra_timetable"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        TIMETABLE,
        "Расписание дополнительных занятий",
        extra.build_for_query,
        extra.RENDERERS,
        may_have_timetable,
        extra.file_name,
    )


def may_have_timetable(user: User, params: Params) -> bool:
    """It names no pupil: whoever works in that school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_extra(user)

"""The schedule of psychological help as reports: the school's paper and the sheet for parents."""

from consultations.permissions import can_see_schedule
from consultations.reports import schedule
from documents.registry import Params, register_report
from school.access import access_of
from school.models import User

SCHEDULE = "consultation_schedule"
PARENTS = "consultation_schedule_parents"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        SCHEDULE, schedule.TITLE, schedule.build_for_query, schedule.RENDERERS, may_have_schedule, schedule.file_name
    )
    register_report(
        PARENTS,
        f"{schedule.TITLE} (для родителей)",
        schedule.build_for_query,
        schedule.PARENTS_RENDERERS,
        may_have_schedule,
        lambda paper: f"{schedule.file_name(paper)}, для родителей",
    )


def may_have_schedule(user: User, params: Params) -> bool:
    """It names no pupil: whoever works in that school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_schedule(user)

"""Load of the service as a report."""

from consultations.permissions_schedule import can_see_load
from consultations.reports import load
from documents.registry import Params, register_report
from school.access import access_of
from school.models import User

LOAD = "service_load"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(LOAD, load.TITLE, load.build_for_query, load.RENDERERS, may_have_load, load.file_name)


def may_have_load(user: User, params: Params) -> bool:
    """The heads all, a specialist the own figures; of their school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_load(user)

"""What the work with parents offers to the floors below: its papers."""

from documents.registry import Params, register_report
from iom.reports.journals_print import journal_name
from parents.permissions import can_see_conversations
from parents.reports.conversations import RENDERERS, TITLE, build_parent_talks
from school.access import access_of
from school.models import User

PARENT_TALKS = "parent_talks"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(PARENT_TALKS, TITLE, build_parent_talks, RENDERERS, may_print, journal_name)


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: the paper names only the pupils whom they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_conversations(user)

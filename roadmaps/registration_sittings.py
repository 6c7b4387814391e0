"""What sittings offer to the floors below: their protocols as papers."""

from documents.registry import Params, register_report
from roadmaps.permissions_sittings import can_see_sittings
from roadmaps.reports import sitting_protocol
from school.access import access_of
from school.models import User

PROTOCOL = "sitting_protocol"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        PROTOCOL,
        sitting_protocol.TITLE,
        sitting_protocol.build_sitting_protocol,
        sitting_protocol.RENDERERS,
        may_print,
        sitting_protocol.protocol_name,
    )


def may_print(user: User, params: Params) -> bool:
    """Everybody who reads sittings: they name no pupil."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_sittings(user)

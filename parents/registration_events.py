"""What events for parents offer to the floors below: papers, materials, the report of the plan."""

from documents.registry import Params, register_file, register_report
from parents.models import EventMaterial
from parents.permissions_events import can_see_events
from parents.reports import event_papers, events
from parents.services.event_protocol import MATERIAL
from school.access import access_of
from school.models import User

PARENT_EVENTS = "parent_events"
INVITATION = "parent_invitation"
PROTOCOL = "parent_protocol"


def register() -> None:
    """Called once, when the application is ready."""
    register_file(MATERIAL, may_fetch_material)
    register_report(
        INVITATION,
        event_papers.INVITATION_TITLE,
        event_papers.build_invitations,
        event_papers.INVITATION_RENDERERS,
        may_print,
        event_papers.invitations_name,
    )
    register_report(
        PROTOCOL,
        event_papers.PROTOCOL_TITLE,
        event_papers.build_protocols,
        event_papers.PROTOCOL_RENDERERS,
        may_print,
        event_papers.protocols_name,
    )
    register_report(PARENT_EVENTS, events.TITLE, events.build_events, events.RENDERERS, may_print, events.events_name)


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: names are only of pupils whom they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_events(user)


def may_fetch_material(user: User, params: Params) -> bool:
    """Whoever sees the event at this moment, as long as it is attached."""
    school = access_of(user).school
    if school is None or not can_see_events(user):
        return False
    rows = EventMaterial.objects.filter(event=params["event"], event__school=school, removed_at__isnull=True)
    return rows.filter(file__params__nth=params["nth"]).exists()

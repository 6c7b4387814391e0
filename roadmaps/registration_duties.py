"""What duties by role offer to the floors below: their paper."""

from documents.registry import Params, register_report
from roadmaps.permissions_duties import can_keep_duties, can_read_person
from roadmaps.reports import duties
from school.access import access_of
from school.models import Staff, User

DUTIES = "duties"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(DUTIES, duties.TITLE, duties.build_duties, duties.RENDERERS, may_print, duties.duties_name)


def may_print(user: User, params: Params) -> bool:
    """All roles for who keeps the card; others their own sheet, asked anew at each fetch."""
    school = access_of(user).school
    if school is None or school.pk != params["school"]:
        return False
    staff = params.get("extra", {}).get("staff")
    if staff is None:
        return can_keep_duties(user)
    row = Staff.objects.filter(pk=int(staff), school=school).first()
    return row is not None and can_read_person(user, row)

"""A pupil's sheet of meetings as a report of its own."""

from consultations.models import MeetingNotice
from consultations.permissions_schedule import records_answers
from consultations.reports import bringing
from documents.registry import Params, register_report
from school.access import access_of
from school.models import User

SHEET = "meeting_sheet"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        SHEET, bringing.TITLE, bringing.build_for_query, bringing.RENDERERS, may_have_sheet, bringing.file_name
    )


def may_have_sheet(user: User, params: Params) -> bool:
    """Whoever tells the parents of this pupil: the service and the class teacher."""
    school = access_of(user).school
    if school is None or school.pk != params["school"]:
        return False
    rows = MeetingNotice.objects.visible_to(user).select_related("pupil")
    notice = rows.filter(pk=params.get("extra", {}).get("notice", 0)).first()
    return notice is not None and records_answers(user, notice.pupil)

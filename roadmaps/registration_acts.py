"""What the register of local acts offers to the floors below: files of acts, drafts."""

from documents.registry import Params, register_file, register_report
from roadmaps.models import LocalActFile
from roadmaps.permissions_acts import can_keep_acts, can_see_acts
from roadmaps.reports import act_drafts
from roadmaps.services.local_acts import FILE
from school.access import access_of
from school.models import User

DRAFT = "local_act_draft"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        DRAFT,
        act_drafts.TITLE,
        act_drafts.build_act_draft,
        act_drafts.RENDERERS,
        may_draft,
        act_drafts.draft_name,
    )
    register_file(FILE, may_fetch)


def may_draft(user: User, params: Params) -> bool:
    """Whoever keeps the register of the own school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_keep_acts(user)


def may_fetch(user: User, params: Params) -> bool:
    """Everybody who reads the register of that school, while the file is not withdrawn."""
    school = access_of(user).school
    if school is None or not can_see_acts(user):
        return False
    rows = LocalActFile.objects.filter(pk=params.get("local_act_file", 0), act__school=school)
    return rows.filter(withdrawn_at__isnull=True).exists()

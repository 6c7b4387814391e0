"""What the work with parents offers to the floors below: its papers."""

from documents.registry import Params, register_file, register_report
from iom.reports.journals_print import journal_name
from parents.permissions import can_see_conversations
from parents.reports import conversations, notices
from parents.selectors.consent_scans import may_fetch_scan, note_scan, papers_of_consents
from parents.services.consent_scans import SCAN
from school.access import access_of
from school.consent_papers import papers_register
from school.models import User

PARENT_TALKS = "parent_talks"
NOTICE = "notice"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        PARENT_TALKS,
        conversations.TITLE,
        conversations.build_parent_talks,
        conversations.RENDERERS,
        may_print,
        journal_name,
    )
    register_file(SCAN, may_fetch_scan, note_scan)
    papers_register(papers_of_consents)
    register_report(NOTICE, notices.TITLE, notices.build_notices, notices.RENDERERS, may_print, notices.notices_name)


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: the paper names only the pupils whom they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_conversations(user)

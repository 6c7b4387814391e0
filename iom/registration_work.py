"""What the journals offer to the floors below: their papers, and how a short record becomes an entry."""

from documents.registry import Params, register_report
from iom.permissions_work import can_see_journals
from iom.reports.journals import build_talks_journal, build_work_journal
from iom.reports.journals_print import TALKS_RENDERERS, WORK_RENDERERS, journal_name
from iom.services.short_records import talk_keep, work_keep
from risk_registry.categories import DeedKind
from risk_registry.journals import journal_register
from school.access import access_of
from school.models import User

WORK_JOURNAL, TALKS_JOURNAL = "work_journal", "talks_journal"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(
        WORK_JOURNAL, "Журнал индивидуальной работы", build_work_journal, WORK_RENDERERS, may_print, journal_name
    )
    register_report(
        TALKS_JOURNAL, "Журнал бесед с обучающимися", build_talks_journal, TALKS_RENDERERS, may_print, journal_name
    )
    journal_register(DeedKind.WORK, work_keep)
    journal_register(DeedKind.TALK, talk_keep)


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: the paper names only the pupils whom they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_journals(user)

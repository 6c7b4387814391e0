"""What the registry offers to the floors below: its background work and who may have its files."""

from documents.registry import Params, register_file, register_job, register_report
from risk_registry import attempt_protocol, interview_card, jobs, printing, registration_debts
from risk_registry.permissions import scope_of
from risk_registry.reports import assessments, assessments_print
from school.access import access_of
from school.models import User

ASSESSMENTS = "assessments"


def register() -> None:
    """Called once, when the application is ready."""
    register_job(jobs.CLASSIFY, "Пересчёт категорий", jobs.run_classify, jobs.may_classify)
    register_job(interview_card.CARD, interview_card.TITLE, interview_card.card_run, interview_card.may_have)
    register_file(interview_card.CARD, interview_card.may_have)
    register_job(
        attempt_protocol.PROTOCOL, attempt_protocol.TITLE, attempt_protocol.protocol_run, attempt_protocol.may_have
    )
    register_file(attempt_protocol.PROTOCOL, attempt_protocol.may_have)
    registration_debts.register()
    register_job(printing.PRINT, "Анализ работы", printing.run_print, printing.may_print)
    register_file(printing.FILE, printing.may_fetch)
    register_report(
        ASSESSMENTS,
        "Оценочные процедуры",
        assessments.build_for_query,
        assessments_print.RENDERERS,
        may_read_assessments,
        assessments_print.file_name,
    )


def may_read_assessments(user: User, params: Params) -> bool:
    """The report is of the whole school: it is for those who see the whole of it."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and scope_of(user).whole

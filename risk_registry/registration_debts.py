"""What debts offer to the floors below: their papers, and who may have them."""

from documents.registry import Params, register_file, register_job, register_report
from risk_registry import transfer_protocol
from risk_registry.models import AcademicDebt
from risk_registry.permissions_debts import can_print_year_papers
from risk_registry.reports import resits, transfer
from risk_registry.reports.year_papers_print import (
    RESITS_RENDERERS,
    TRANSFER_RENDERERS,
    resits_name,
    transfer_name,
)
from risk_registry.services.debt_attempts import PROTOCOL
from school.access import access_of
from school.models import User

TRANSFER, RESITS = "transfer", "resits"


def register() -> None:
    """Called once, when the application is ready."""
    register_file(PROTOCOL, may_fetch_protocol)
    register_job(
        transfer_protocol.KEPT, transfer_protocol.TITLE, transfer_protocol.keep_run, transfer_protocol.may_have
    )
    register_file(transfer_protocol.KEPT, transfer_protocol.may_have)
    register_report(
        TRANSFER, "Протокол о переводе", transfer.build_for_query, TRANSFER_RENDERERS, may_print, transfer_name
    )
    register_report(
        RESITS, "График ликвидации задолженности", resits.build_for_query, RESITS_RENDERERS, may_print, resits_name
    )


def may_fetch_protocol(user: User, params: Params) -> bool:
    """The protocol of an attempt: whoever sees the debt at this moment."""
    return AcademicDebt.objects.visible_to(user).filter(pk=params["debt"]).exists()


def may_print(user: User, params: Params) -> bool:
    """Papers that name pupils of all classes: the administration of the school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_print_year_papers(user)

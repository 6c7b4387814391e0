"""What routes offer to the floors below: their printing, the report of the command line; what history keeps back."""

from documents.registry import Params, register_file, register_job, register_report
from iom import printing
from iom.history import of_needs_routes
from iom.reports import route_print
from iom.reports.route_print import to_json, to_pdf, to_xlsx
from iom.reports.route_sheet import build_for_query
from school.models import User
from school.selectors_history import keep_back

REPORT = "iom"


def register() -> None:
    """Called once, when the application is ready."""
    register_job(printing.PRINT, "Печать маршрутов", printing.run_print, printing.may_print)
    register_file(printing.FILE, printing.may_fetch, printing.note_reading)
    renderers = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}
    register_report(REPORT, "Индивидуальные маршруты", build_for_query, renderers, by_command_only, route_print.name_of)
    keep_back(of_needs_routes)


def by_command_only(user: User, params: Params) -> bool:
    """People order routes on the page of printing, which asks whom they see."""
    return False

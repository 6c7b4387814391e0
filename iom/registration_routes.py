"""What routes offer to the floor of documents: their printing as background work, the report of the command line."""

from documents.registry import Params, register_file, register_job, register_report
from iom import printing
from iom.reports import route_print
from iom.reports.route_print import to_json, to_pdf, to_xlsx
from iom.reports.route_sheet import build_for_query
from school.models import User

REPORT = "iom"


def register() -> None:
    """Called once, when the application is ready."""
    register_job(printing.PRINT, "Печать маршрутов", printing.run_print, printing.may_print)
    register_file(printing.FILE, printing.may_fetch, printing.note_reading)
    renderers = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}
    register_report(REPORT, "Индивидуальные маршруты", build_for_query, renderers, by_command_only, route_print.name_of)


def by_command_only(user: User, params: Params) -> bool:
    """People order routes on the page of printing, which asks whom they see."""
    return False

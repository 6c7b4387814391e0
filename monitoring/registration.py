"""What this app offers to the floors below: reports, jobs, files, navigation."""

from documents.registry import Params, register_file, register_job, register_report
from monitoring import jobs_municipal
from monitoring.duty_deeds import offer_deeds
from monitoring.models import ManualValue
from monitoring.permissions import can_compare_schools, can_open_documents, can_read_indicators
from monitoring.registration_documents import register_documents
from monitoring.reports.board_printing import RENDERERS as BOARD_RENDERERS
from monitoring.reports.board_printing import TITLE, board_for_query, board_name
from monitoring.services_measures import VALUE_FILE
from school.access import access_of
from school.models import User
from school.navigation import NavItem, Section, nav_register

KIND = "indicators"


def may_read_indicators(user: User, params: Params) -> bool:
    """Whoever may open the page may have its paper."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_read_indicators(user)


def may_fetch_value(user: User, params: Params) -> bool:
    """The document beside an answer: for whoever reads the indicators of its school."""
    row = ManualValue.objects.visible_to(user).filter(pk=params.get("value", 0)).first()
    return row is not None and can_read_indicators(user)


def register() -> None:
    """Called once, when the application is ready."""
    register_documents()
    offer_deeds()
    register_report(KIND, TITLE, board_for_query, BOARD_RENDERERS, may_read_indicators, board_name)
    register_file(VALUE_FILE, may_fetch_value)
    register_job(jobs_municipal.PRINT, "Школы муниципалитета", jobs_municipal.run_print, jobs_municipal.may_compare)
    register_file(jobs_municipal.FILE, jobs_municipal.may_compare)
    nav_register(NavItem("Школы рядом", "municipal:board", Section.MAIN, 10, can_compare_schools))
    nav_register(NavItem("Показатели", "indicators:board", Section.PROGRAM, 5, can_read_indicators))
    nav_register(NavItem("Отчёты", "monitoring:list", Section.RESULTS, 10, can_open_documents, key="О"))

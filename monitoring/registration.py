"""What this app offers to the floors below: reports, jobs, files, navigation."""

from documents.registry import register_file, register_job, register_report
from monitoring import jobs
from monitoring.permissions import can_read_reports
from monitoring.reports.printing import RENDERERS, Printed
from monitoring.services import QUARTERLY
from school.navigation import NavItem, Section, nav_register


def _file_name(printed: Printed) -> str:
    return printed.file_name


def register() -> None:
    """Called once, when the application is ready."""
    register_report(QUARTERLY, "Отчёт за период", jobs.build_for_query, RENDERERS, jobs.may_read, _file_name)
    register_job(jobs.MAKE, "Отчёт за период", jobs.run_make, jobs.may_make)
    register_job(jobs.PRINT, "Печать отчёта", jobs.run_print, jobs.may_read)
    register_file(jobs.FILE, jobs.may_read)
    nav_register(NavItem("Отчёты", "monitoring:list", Section.RESULTS, 10, can_read_reports, key="О"))

"""What this floor offers itself: any report of the floors above as background work."""

from documents.registry import register_file, register_job
from documents.services.reports import REPORT, report_may_fetch, report_may_order, report_run


def register() -> None:
    """Called once, when the application is ready."""
    register_job(REPORT, "Отчёт", report_run, report_may_order)
    register_file(REPORT, report_may_fetch)

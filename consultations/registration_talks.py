"""What notes, plans and referrals offer to the floors below: the printed plan; what a pupil's history keeps back."""

from consultations import plan_printing
from consultations.history_talks import of_the_service
from documents.registry import register_file, register_job
from school.selectors_history import keep_back


def register() -> None:
    """Called once, when the application is ready."""
    keep_back(of_the_service)
    register_job(plan_printing.PRINT, "Печать плана службы", plan_printing.run_print, plan_printing.may_have)
    register_file(plan_printing.FILE, plan_printing.may_have, plan_printing.note_reading)

"""What the registry offers to the floors below: its background work."""

from documents.registry import register_job
from risk_registry import jobs


def register() -> None:
    """Called once, when the application is ready."""
    register_job(jobs.CLASSIFY, "Пересчёт категорий", jobs.run_classify, jobs.may_classify)

"""What imports offer to the floors below: background work and an entry of the navigation."""

from documents.registry import register_job
from gradebook import jobs
from gradebook.permissions import can_import_gradebook
from school.navigation import NavItem, Section, nav_register


def register() -> None:
    """Called once, when the application is ready."""
    register_job(jobs.READ, "Чтение файлов журнала", jobs.run_read, jobs.may_import)
    register_job(jobs.WRITE, "Запись отметок", jobs.run_write, jobs.may_import)
    nav_register(NavItem("Импорт", "gradebook:imports", Section.DATA, 10, can_import_gradebook))

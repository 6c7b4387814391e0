"""What the gradebook offers to the floors below: background work, files, entries of the navigation."""

from documents.registry import Params, register_file, register_job
from gradebook import jobs
from gradebook.permissions import can_import_gradebook, keeps_grounds, keeps_sheets, pupils_of_grounds
from gradebook.selectors_grounds import ABSENCE_PAPER
from gradebook.services.grounds import SCAN
from school.models import User
from school.navigation import NavItem, Section, nav_register
from school.services.reading import log_reading


def register() -> None:
    """Called once, when the application is ready."""
    register_job(jobs.READ, "Чтение файлов журнала", jobs.run_read, jobs.may_import)
    register_job(jobs.WRITE, "Запись отметок", jobs.run_write, jobs.may_import)
    register_file(SCAN, may_fetch_scan, note_scan)
    nav_register(
        NavItem("Основания пропусков", "grounds:waiting", Section.MAIN, 45, keeps_grounds),
        NavItem("Ведомости", "sheet:classes", Section.DATA, 5, keeps_sheets),
        NavItem("Импорт", "gradebook:imports", Section.DATA, 10, can_import_gradebook),
    )


def may_fetch_scan(user: User, params: Params) -> bool:
    """A paper about a pupil's absence: whoever keeps that pupil's absences at this moment."""
    return pupils_of_grounds(user).filter(pk=params["pupil"]).exists()


def note_scan(user: User, params: Params) -> None:
    """It may be a doctor's certificate: the log of readings says who opened it."""
    log_reading(by=user, pupils=[params["pupil"]], what=ABSENCE_PAPER)

"""What the gradebook offers to the floors below: background work, files, entries of the navigation."""

from documents.registry import Params, register_file, register_job, register_report
from gradebook import jobs
from gradebook.permissions import (
    can_import_gradebook,
    can_keep_codes,
    can_see_timetable,
    keeps_grounds,
    keeps_sheets,
    pupils_of_grounds,
)
from gradebook.procedure_pages import PageTab, tab_register
from gradebook.reports import timetable
from gradebook.selectors_grounds import ABSENCE_PAPER
from gradebook.services.grounds import SCAN
from school.access import access_of
from school.models import User
from school.navigation import NavItem, Section, nav_register
from school.services.reading import log_reading

TIMETABLE = "assessment_timetable"


def register() -> None:
    """Called once, when the application is ready."""
    register_job(jobs.READ, "Чтение файлов журнала", jobs.run_read, jobs.may_import)
    register_job(jobs.WRITE, "Запись отметок", jobs.run_write, jobs.may_import)
    register_file(SCAN, may_fetch_scan, note_scan)
    register_report(
        TIMETABLE,
        "График оценочных процедур",
        timetable.build_for_query,
        timetable.RENDERERS,
        may_have_timetable,
        timetable.file_name,
    )
    tab_register(
        PageTab(20, "График", "procedures:timetable", can_see_timetable),
        PageTab(40, "Коды участников", "procedures:codes", can_keep_codes),
    )
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


def may_have_timetable(user: User, params: Params) -> bool:
    """It names nobody: whoever works in that school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_timetable(user)

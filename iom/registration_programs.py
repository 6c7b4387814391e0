"""What programs, achievements and sheets of progress offer to the floors below: papers, and who may have them."""

from documents.registry import Params, register_file, register_job, register_report
from iom import progress_jobs
from iom.models import Achievement
from iom.permissions_progress import can_see_progress
from iom.reports.progress_print import RENDERERS, build_for_query, sheet_name
from iom.services.pupil_facts import DIPLOMA
from school.access import access_of
from school.models import User

PROGRESS = "progress"


def register() -> None:
    """Called once, when the application is ready."""
    register_file(DIPLOMA, may_fetch_diploma)
    register_job(progress_jobs.PRINT, progress_jobs.TITLE, progress_jobs.run_print, progress_jobs.may_print)
    register_file(progress_jobs.PRINT, progress_jobs.may_fetch)
    register_report(PROGRESS, "Лист продвижения", build_for_query, RENDERERS, may_read_sheet, sheet_name)


def may_fetch_diploma(user: User, params: Params) -> bool:
    """Whoever sees the pupil at this moment, as long as the row stands."""
    rows = Achievement.objects.visible_to(user).filter(removed_at__isnull=True)
    return rows.filter(pk=params["achievement"]).exists()


def may_read_sheet(user: User, params: Params) -> bool:
    """Whoever reads sheets in that school; of which pupil is asked when it is built."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_progress(user)

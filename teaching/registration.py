"""What this app offers to the floors below: its papers, and who may have the files of records."""

from documents.registry import Params, register_file, register_report
from school.access import access_of
from school.models import User
from teaching.models import Practice, PracticeFile, Training
from teaching.permissions import can_see_teaching
from teaching.reports.paper import RENDERERS, TITLE, build_teaching, paper_name
from teaching.services.practices import FILE
from teaching.services.trainings import PAPER

TEACHING = "teaching"


def register() -> None:
    """Called once, when the application is ready."""
    register_file(PAPER, may_fetch_paper)
    register_file(FILE, may_fetch_file)
    register_report(TEACHING, TITLE, build_teaching, RENDERERS, may_print, paper_name)


def may_fetch_paper(user: User, params: Params) -> bool:
    """Whoever sees the training at this moment."""
    return Training.objects.visible_to(user).filter(pk=params["training"]).exists()


def may_fetch_file(user: User, params: Params) -> bool:
    """Whoever sees the practice at this moment, as long as the file stands."""
    files = PracticeFile.objects.filter(pk=params["practice_file"], removed_at__isnull=True)
    return files.filter(practice__in=Practice.objects.visible_to(user).order_by().values("pk")).exists()


def may_print(user: User, params: Params) -> bool:
    """Everybody in the own school: the paper holds only what they see."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_teaching(user)

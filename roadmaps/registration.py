"""What the roadmap offers to the floors below: its paper, and the files that show what was held."""

from documents.registry import Params, register_file, register_report
from roadmaps.models import Evidence
from roadmaps.permissions import can_mark, can_see_roadmap
from roadmaps.permissions_program import can_see_program
from roadmaps.reports import program, roadmap
from roadmaps.services.occurrences import EVIDENCE
from school.access import access_of
from school.models import User

ROADMAP = "roadmap"
PROGRAM = "program"


def register() -> None:
    """Called once, when the application is ready."""
    register_report(ROADMAP, roadmap.TITLE, roadmap.build_roadmap, roadmap.RENDERERS, may_print, roadmap.roadmap_name)
    register_report(
        PROGRAM, program.TITLE, program.build_program, program.RENDERERS, may_print_program, program.program_name
    )
    register_file(EVIDENCE, may_fetch_evidence)


def may_print(user: User, params: Params) -> bool:
    """Everybody who reads the roadmap: it names no pupil."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_roadmap(user)


def may_print_program(user: User, params: Params) -> bool:
    """Everybody who reads the program: it names no pupil."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_program(user)


def may_fetch_evidence(user: User, params: Params) -> bool:
    """Lists and photographs show pupils: whoever answers for the activity, sees to the whole, or added the file."""
    row = Evidence.objects.filter(pk=params.get("evidence", 0), withdrawn_at__isnull=True).first()
    access = access_of(user)
    if row is None or access.school is None or row.occurrence.activity.roadmap.school_id != access.school.pk:
        return False
    return can_see_roadmap(user) and (row.by_id == user.pk or can_mark(user, row.occurrence.activity))

"""Background work and files: they are the asker's alone."""

from typing import Any

from documents.models import Job, JobState
from documents.registry import register_file
from documents.services import file_store
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """The deputy ordered something, and it made a file for the deputy."""
    deputy = world.users["dep"]
    register_file("permissions", lambda user, params: user.pk == params["for"])
    world.things["job"] = Job.objects.create(
        school=world.school, kind="permissions", title="Отчёт", key="k", asked_by=deputy, state=JobState.RUNNING
    )
    world.things["file"] = file_store(
        by=deputy,
        school=world.school,
        kind="permissions",
        params={"for": deputy.pk},
        name="Отчёт.pdf",
        content=b"%PDF",
        content_type="application/pdf",
    )


def _job(world: World) -> dict[str, Any]:
    return {"pk": world.things["job"].pk}


def _file(world: World) -> dict[str, Any]:
    return {"pk": world.things["file"].pk}


# fmt: off
ROWS = [
    #                            anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("documents:jobs",       "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("documents:job",        "302  404   404 200 404 404 404 404  404 404 404 404 404 404 404 404", _job),
    Row("documents:job_cancel", "302  404   404 302 404 404 404 404  404 404 404 404 404 404 404 404", _job, "post"),
    Row("documents:job_cancel", "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405", _job),
    Row("documents:file",       "302  404   404 200 404 404 404 404  404 404 404 404 404 404 404 404", _file),
]
# fmt: on

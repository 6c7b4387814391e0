"""The background work of the municipality's page: its files, which belong to no school."""

from typing import Any

from django.urls import reverse

from common.errors import Refused
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.services.files import file_store
from documents.services.jobs import job_request
from monitoring.permissions import can_compare_schools
from monitoring.reports.municipal.printing import RENDERERS, municipal_name
from monitoring.reports.municipal.report import build_municipal
from school.models import User

PRINT = "monitoring.municipal_print"
FILE = "monitoring.municipal_file"
FORMATS = tuple(RENDERERS)


def municipal_print_request(*, by: User, start: int, number: int, format: str, key: str) -> Job:
    """Order the page of a period as a file. Raises `Refused` for whoever may not have it."""
    params = {"municipality": by.municipality_id, "start": start, "number": number, "format": format}
    key = f"municipal:{by.municipality_id}:{start}:{number}:{format}:{key}"
    return job_request(
        by=by, school=None, kind=PRINT, params=params, key=key, title=f"Школы муниципалитета: {format.upper()}"
    )


def run_print(run: JobRun) -> JobOutcome:
    """Build it anew, with the rights that the person has now."""
    params: Any = run.params
    run.progress(20, "Собираем сведения")
    board = build_municipal(run.user, params["start"], params["number"])
    if (board.start, board.number) != (params["start"], params["number"]):
        raise Refused("За этот период у школ ещё нет данных.")
    run.progress(50, "Готовим документ")
    format = params["format"]
    file = file_store(
        by=run.user,
        school=None,
        kind=FILE,
        params={"municipality": params["municipality"]},
        name=f"{municipal_name(board)}.{format}",
        content=RENDERERS[format](board),
        content_type=CONTENT_TYPES[format],
    )
    return JobOutcome(file=file, link=f"{reverse('municipal:board')}?year={board.start}&period={board.number}")


def may_compare(user: User, params: Params) -> bool:
    """The coordinator of that very municipality."""
    return can_compare_schools(user) and user.municipality_id == params["municipality"]

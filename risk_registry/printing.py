"""The background work that prints the analysis of one assessment procedure."""

from typing import Any

from common.errors import Refused
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.services.files import KEEP_DAYS, file_store
from documents.services.jobs import job_request
from gradebook.models import Procedure
from risk_registry.permissions import can_see_works
from risk_registry.reports.assessment import RENDERERS, build_analysis
from school.access import access_of
from school.models import User

PRINT = "registry.assessment_print"
FILE = "registry.assessment_file"


def analysis_request(*, by: User, work: Procedure, school_class: int | None, format: str, key: str) -> Job:
    """Order the analysis as a file, of one class or of all that the person sees."""
    params = {"work": work.pk, "school": work.school_id, "cls": school_class, "format": format}
    return job_request(
        by=by, school=work.school, kind=PRINT, params=params, key=key, title=f"Анализ работы: {format.upper()}"
    )


def run_print(run: JobRun) -> JobOutcome:
    """Build and print with the rights that the person has now."""
    params: Any = run.params
    rows = Procedure.objects.select_related("year", "subject", "school_class", "school__settings")
    work = rows.filter(pk=params["work"], school=run.school).first()
    found = None
    if work is not None:
        run.progress(20, "Собираем сведения")
        found = build_analysis(user=run.user, school=work.school, work=work, school_class=params["cls"])
    if found is None:
        raise Refused("Такой работы у вас нет.")
    run.progress(50, "Готовим документ")
    content = RENDERERS[params["format"]](found)
    file = file_store(
        by=run.user,
        school=found.school,
        kind=FILE,
        params={**params, "asked_by": run.user.pk},
        name=f"{found.title}.{params['format']}".replace("/", "-"),
        content=content,
        content_type=CONTENT_TYPES[params["format"]],
    )
    return JobOutcome(file=file, message=f"Анализ готов, хранится {KEEP_DAYS} дней.")


def may_print(user: User, params: Params) -> bool:
    """Whoever sees works in that school; of which classes is asked when it is built."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_see_works(user)


def may_fetch(user: User, params: Params) -> bool:
    """It names the pupils whom its asker saw: it is the asker's."""
    return params.get("asked_by") == user.pk and may_print(user, params)

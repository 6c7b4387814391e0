"""Reports: built once, rendered in a format; at once for the command line, as background work for people."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from common.errors import Refused
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params, Progress, ReportQuery, report_kind
from documents.services.files import KEEP_DAYS, file_store
from documents.services.jobs import job_request
from school.models import School, User

REPORT = "report"


@dataclass(frozen=True)
class Rendered:
    """A report as a file: its name with extension, and its bytes."""

    name: str
    content: bytes


def _silent(percent: int, label: str = "") -> None:
    """Progress that nobody watches."""


def report_render(*, kind: str, query: ReportQuery, format: str, progress: Progress = _silent) -> Rendered:
    """Build a report and render it by the school's clock.

    Raises `Refused` for an unknown kind or format, and what `build` refuses.
    """
    offered = report_kind(kind)
    renderer = offered.renderers.get(format)
    if renderer is None:
        known = ", ".join(offered.renderers)
        raise Refused(f"Отчёт «{offered.title}» не выпускается в формате {format}. Есть: {known}.")
    with timezone.override(query.school.timezone):
        progress(10, "Собираем сведения")
        report = offered.build(query)
        progress(50, "Готовим документ")
        content = renderer(report)
        progress(95, "Сохраняем файл")
        name = offered.name(report) if offered.name else offered.title
    return Rendered(f"{name}.{format}", content)


def report_job_request(
    *,
    by: User,
    school: School,
    kind: str,
    period: int,
    format: str,
    key: str,
    pupil: str = "",
    year: int | None = None,
    extra: Params | None = None,
) -> Job:
    """Order a report as background work; `key` makes the same click one job, `extra` is the report's own filter.

    Raises `Refused` when the person may not have it.
    """
    offered = report_kind(kind)
    params = {
        "report": kind,
        "school": school.pk,
        "period": period,
        "year": year,
        "pupil": pupil,
        "format": format,
        **({"extra": dict(extra)} if extra else {}),
    }
    title = f"{offered.title}: {format.upper()}"
    return job_request(by=by, school=school, kind=REPORT, params=params, key=key, title=title)


def report_run(run: JobRun) -> JobOutcome:
    """The job: builds with the rights of the person who asked, keeps the file."""
    params: Any = run.params
    if run.school is None:
        raise Refused("Отчёт заказывают для школы.")
    query = ReportQuery(
        run.school, params["period"], params["year"], params["pupil"], run.user, params.get("extra", {})
    )
    made = report_render(kind=params["report"], query=query, format=params["format"], progress=run.progress)
    file = file_store(
        by=run.user,
        school=run.school,
        kind=REPORT,
        params={**params, "asked_by": run.user.pk},
        name=made.name,
        content=made.content,
        content_type=CONTENT_TYPES[params["format"]],
    )
    return JobOutcome(file=file, message=f"Отчёт готов, хранится {KEEP_DAYS} дней.")


def report_may_order(user: User, params: Params) -> bool:
    """Whether the person may have this report of this school now."""
    return user.school_id in (None, params["school"]) and report_kind(params["report"]).may_fetch(user, params)


def report_may_fetch(user: User, params: Params) -> bool:
    """A made report shows what its asker might see, so it is the asker's, for as long as they may have it."""
    return params.get("asked_by") == user.pk and report_may_order(user, params)

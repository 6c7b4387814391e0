"""The background work of reports: making one, and printing one that is made."""

from typing import Any

from django.urls import reverse

from common.errors import Refused
from documents.formats import CONTENT_TYPES
from documents.models import Job, StoredFile
from documents.registry import JobOutcome, JobRun, Params, ReportQuery
from documents.services.files import file_store
from documents.services.jobs import job_request
from monitoring.models import Report
from monitoring.permissions import can_make_reports, can_read_reports
from monitoring.reports.printing import RENDERERS, Printed, printed_of
from monitoring.selectors import period_by_number, reports_for
from monitoring.services import mark_of_text, quarterly_build, quarterly_make
from school.access import access_of
from school.models import Period, User

MAKE = "monitoring.quarterly_make"
PRINT = "monitoring.report_print"
FILE = "monitoring.report_file"


def make_request(*, by: User, period: Period, key: str) -> Job:
    """Order the draft of a period; the page goes on to the report when it is ready."""
    params = {"period": period.pk, "school": period.year.school_id}
    title = f"Отчёт за {period.title_accusative} {period.year.title}"
    return job_request(by=by, school=period.year.school, kind=MAKE, params=params, key=key, title=title)


def print_request(*, by: User, report: Report, format: str) -> Job:
    """Order a report as a file. The same content in the same format is the same job while its file is kept."""
    params = {"report": report.pk, "format": format, "school": report.school_id}
    version = f"{report.pk}:{format}:{report.state}:{report.digest[:16]}:{mark_of_text(report.conclusions)}"
    title = f"Отчёт за {report.period.title_accusative} {report.period.year.title}: {format.upper()}"
    return job_request(by=by, school=report.school, kind=PRINT, params=params, key=version, title=title)


def run_make(run: JobRun) -> JobOutcome:
    """Build and keep the draft, print it; with the rights that the person has now."""
    period = _own_period(run)
    run.progress(10, "Собираем сведения")
    report = quarterly_make(by=run.user, school=period.year.school, period=period)
    run.progress(50, "Готовим PDF")
    file = _store(run.user, report, "pdf")
    return JobOutcome(file=file, message="Отчёт составлен.", link=_address(report))


def run_print(run: JobRun) -> JobOutcome:
    """Print a report from its frozen content."""
    params: Any = run.params
    report = reports_for(run.user).filter(pk=params["report"]).first()
    if report is None:
        raise Refused("Этого отчёта больше нет или он вам недоступен.")
    run.progress(40, "Готовим документ")
    return JobOutcome(file=_store(run.user, report, params["format"]), link=_address(report))


def _address(report: Report) -> str:
    return reverse("monitoring:detail", args=[report.pk])


def _own_period(run: JobRun) -> Period:
    params: Any = run.params
    period = Period.objects.select_related("year__school").filter(pk=params["period"], year__school=run.school).first()
    if period is None:
        raise Refused("Такого периода в школе нет.")
    return period


def _store(user: User, report: Report, format: str) -> StoredFile:
    printed = printed_of(report)
    return file_store(
        by=user,
        school=report.school,
        kind=FILE,
        params={"report": report.pk, "school": report.school_id},
        name=f"{printed.file_name}.{format}",
        content=RENDERERS[format](printed),
        content_type=CONTENT_TYPES[format],
    )


def may_make(user: User, params: Params) -> bool:
    """A report is made by those who answer for it, in their own school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_make_reports(user)


def may_read(user: User, params: Params) -> bool:
    """A printed report names pupils: whoever may open the report may have its file."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_read_reports(user)


def build_for_query(query: ReportQuery) -> Printed:
    """The report of the command line: as the data stand now, without a number."""
    period = period_by_number(query.school, query.period, query.year)
    return Printed(report=quarterly_build(school=query.school, period=period))

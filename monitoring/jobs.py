"""The background work of documents: making one or all of a kind, and printing one that is made."""

from typing import Any

from django.urls import reverse

from common.errors import Refused
from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.models import Job, StoredFile
from documents.registry import JobOutcome, JobRun, Params, ReportQuery
from documents.services.files import file_store
from documents.services.jobs import job_request
from monitoring.models import Report
from monitoring.permissions import can_open_documents, can_read_reports
from monitoring.reports.kinds import document_kind
from monitoring.reports.quarter.printing import Printed
from monitoring.selectors import DocumentLine, document_lines, document_wanted, period_by_number, reports_for
from monitoring.services import document_make, draft_mark, quarterly_build
from school.access import access_of
from school.models import Period, User

MAKE = "monitoring.document_make"
MAKE_ALL = "monitoring.documents_make"
PRINT = "monitoring.report_print"
FILE = "monitoring.report_file"


def make_request(*, by: User, line: DocumentLine, key: str) -> Job:
    """Order a draft; the page goes on to the document when it is ready."""
    period = line.wanted.period
    params = {"period": period.pk, "kind": line.kind.code, "of": line.of, "school": period.year.school_id}
    title = f"{line.kind.title_of(line.about)} за {period.title_accusative} {period.year.title}"
    return job_request(by=by, school=period.year.school, kind=MAKE, params=params, key=key, title=title)


def make_all_request(*, by: User, period: Period, code: str, key: str) -> Job:
    """Order the drafts of a kind for every class or teacher."""
    params = {"period": period.pk, "kind": code, "school": period.year.school_id}
    title = f"{document_kind(code).title}: все за {period.title_accusative} {period.year.title}"
    return job_request(by=by, school=period.year.school, kind=MAKE_ALL, params=params, key=key, title=title)


def print_request(*, by: User, report: Report, format: str) -> Job:
    """Order a document as a file. The same content in the same format is the same job while its file is kept."""
    params = {"report": report.pk, "format": format, "school": report.school_id}
    version = f"{report.pk}:{format}:{report.state}:{draft_mark(report)[:24]}"
    about = document_kind(report.kind).title_of(report.about)
    title = f"{about} за {report.period.title_accusative} {report.period.year.title}: {format.upper()}"
    return job_request(by=by, school=report.school, kind=PRINT, params=params, key=version, title=title)


def run_make(run: JobRun) -> JobOutcome:
    """Build and keep the draft, print it; with the rights that the person has now."""
    params: Any = run.params
    line = document_wanted(run.user, own_period(run), params["kind"], params["of"])
    if line is None:
        raise Refused("Этот документ вам больше недоступен.")
    run.progress(10, "Собираем сведения")
    report = document_make(by=run.user, kind=line.kind, wanted=line.wanted)
    run.progress(50, "Готовим PDF")
    file = _store(run.user, report, "pdf")
    return JobOutcome(file=file, message="Отчёт составлен.", link=_address(report))


def run_make_all(run: JobRun) -> JobOutcome:
    """A draft for everyone; those about whom there is nothing to tell are left out."""
    params: Any = run.params
    period = own_period(run)
    lines = [line for line in document_lines(run.user, period) if line.kind.code == params["kind"]]
    made, without = 0, []
    for index, line in enumerate(lines):
        run.progress(5 + 90 * index // len(lines), line.about)
        try:
            document_make(by=run.user, kind=line.kind, wanted=line.wanted)
            made += 1
        except Refused:
            without.append(line.about)
    told = f"Составлено: {counted(made, 'документ', 'документа', 'документов')}."
    if without:
        told += f" Рассказать пока не о чем: {', '.join(without)}."
    return JobOutcome(message=told, link=reverse("monitoring:period", args=[period.pk]))


def run_print(run: JobRun) -> JobOutcome:
    """Print a document from its frozen content."""
    params: Any = run.params
    report = reports_for(run.user).filter(pk=params["report"]).first()
    if report is None:
        raise Refused("Этого отчёта больше нет или он вам недоступен.")
    run.progress(40, "Готовим документ")
    return JobOutcome(file=_store(run.user, report, params["format"]), link=_address(report))


def _address(report: Report) -> str:
    return reverse("monitoring:detail", args=[report.pk])


def own_period(run: JobRun) -> Period:
    """The period that a job is about. Raises `Refused` when the school has none such."""
    params: Any = run.params
    period = Period.objects.select_related("year__school").filter(pk=params["period"], year__school=run.school).first()
    if period is None:
        raise Refused("Такого периода в школе нет.")
    return period


def _store(user: User, report: Report, format: str) -> StoredFile:
    look = document_kind(report.kind).look
    printed = look.printed(report)
    return file_store(
        by=user,
        school=report.school,
        kind=FILE,
        params={"report": report.pk, "school": report.school_id},
        name=f"{look.name(printed)}.{format}",
        content=look.renderers[format](printed),
        content_type=CONTENT_TYPES[format],
    )


def may_make(user: User, params: Params) -> bool:
    """Whoever may have documents of the own school; which ones is asked when the job runs."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_open_documents(user)


def may_read(user: User, params: Params) -> bool:
    """A printed document names pupils: whoever may open the document may have its file."""
    return may_make(user, params) and reports_for(user).filter(pk=params["report"]).exists()


def may_report(user: User, params: Params) -> bool:
    """The report of the command line is the whole school's."""
    return may_make(user, params) and can_read_reports(user)


def build_for_query(query: ReportQuery) -> Printed:
    """The report of the command line: as the data stand now, without a number."""
    period = period_by_number(query.school, query.period, query.year)
    return Printed(report=quarterly_build(school=query.school, period=period))

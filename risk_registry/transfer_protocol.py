"""The council's protocol of transfer, kept for good under its number as it was printed."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.errors import Refused
from common.russian import date_short
from documents.formats import CONTENT_TYPES
from documents.models import Job, StoredFile
from documents.registry import JobOutcome, JobRun, Params
from documents.services.files import file_store
from documents.services.jobs import job_request
from risk_registry.permissions_debts import can_print_year_papers
from risk_registry.reports.transfer import build_transfer
from risk_registry.reports.year_papers_print import transfer_pdf
from risk_registry.selectors.periods import year_of
from school.access import access_of
from school.models import AcademicYear, User

KEPT = "risk_registry.transfer_kept"
TITLE = "Протокол о переводе под номером"


def protocol_keep(*, by: User, year: AcademicYear, number: str, on: date, key: str) -> Job:
    """Order the protocol of the year with its number and day, to be kept for good; the same key is the same order.

    Raises `Refused` without a number, and for a day to come or before the year.
    """
    if not number.strip():
        raise Refused("Укажите номер протокола.")
    if not year.starts <= on <= year.school.today():
        raise Refused("Протокол датирован днём, который ещё не наступил или был до начала учебного года.")
    params = {"school": year.school_id, "year": year.start, "number": number.strip(), "on": on.isoformat()}
    return job_request(by=by, school=year.school, kind=KEPT, params=params, key=key, title=TITLE)


def protocols_kept(user: User, year: AcademicYear) -> QuerySet[StoredFile]:
    """Those of the year, the newest first; nothing for whoever may not have them."""
    if not can_print_year_papers(user):
        return StoredFile.objects.none()
    rows = StoredFile.objects.filter(school=access_of(user).school, kind=KEPT, params__year=year.start)
    return rows.select_related("created_by__staff").order_by("-created_at")


def may_have(user: User, params: Params) -> bool:
    """Papers that name pupils of all classes: the administration of the school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_print_year_papers(user)


def keep_run(run: JobRun) -> JobOutcome:
    """Build the protocol of what stands now and keep it."""
    params: Any = run.params
    assert run.school is not None
    year = year_of(run.school, params["year"])
    run.progress(20, "Собираем решения")
    report = build_transfer(school=run.school, year=year)
    run.progress(50, "Готовим PDF")
    on = date.fromisoformat(params["on"])
    file = file_store(
        by=run.user,
        school=run.school,
        kind=KEPT,
        params=params,
        name=f"Протокол о переводе № {params['number']} от {date_short(on)}.pdf".replace("/", "-"),
        content=transfer_pdf(report, number=params["number"], on=on),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=None,
    )
    link = f"{reverse('debts:transfer')}?year={year.start}"
    return JobOutcome(file=file, message="Протокол сохранён под номером.", link=link)

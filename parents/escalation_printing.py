"""The background work that assembles the file for the commission; nothing is sent anywhere."""

from typing import Any

from django.views.decorators.debug import sensitive_variables

from common.authorship import deed
from common.errors import Refused
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.services.files import file_store
from documents.services.jobs import job_request
from parents.models import FamilyCase
from parents.permissions_escalation import can_print_for_commission
from parents.reports.escalation import build_commission_file, commission_pdf
from parents.selectors.escalation import FAMILY_FILE, case_seen
from parents.services.escalation import print_note
from school.models import User
from school.services.reading import log_reading

PRINT = "parents.family_print"
FILE = "parents.family_file"
KEEP_DAYS = 1


@deed
def file_request(*, by: User, case: FamilyCase, why: str, key: str) -> Job:
    """Order the file; who, when and why is written down first. Raises `Refused` without a reason."""
    params = {"case": case.pk, "school": case.school_id}
    known = Job.objects.filter(kind=PRINT, key=key, asked_by=by).exists()
    if not known:
        print_note(by=by, case=case, why=why)
    return job_request(by=by, school=case.school, kind=PRINT, params=params, key=key, title="Материалы для комиссии")


def may_have(user: User, params: Params) -> bool:
    """The administration of this school, now; a made file is its asker's."""
    own = params.get("asked_by") in (None, user.pk)
    row = FamilyCase.objects.visible_to(user).select_related("pupil").filter(pk=params["case"]).first()
    return own and row is not None and can_print_for_commission(user, row.pupil)


def note_reading(user: User, params: Params) -> None:
    """The file that leaves is read by whoever takes it."""
    row = FamilyCase.objects.filter(pk=params["case"]).only("pupil").first()
    if row is not None:
        log_reading(by=user, pupils=[row.pupil_id], what=FAMILY_FILE)


@sensitive_variables()
def run_print(run: JobRun) -> JobOutcome:
    """Make the PDF with the rights that the person has now; it is kept for a day."""
    params: Any = run.params
    case = case_seen(run.user, params["case"]) if may_have(run.user, run.params) else None
    if case is None:
        raise Refused("Этих решений больше нет, или материалы печатаете не вы.")
    run.progress(20, "Собираем сведения")
    report = build_commission_file(run.user, case)
    run.progress(60, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=run.school,
        kind=FILE,
        params={**params, "asked_by": run.user.pk},
        name="Материалы для комиссии.pdf",
        content=commission_pdf(report),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Материалы собраны, файл хранится день. Отправляет школа.")

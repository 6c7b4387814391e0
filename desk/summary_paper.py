"""The summary of the heads on paper: made by a worker with the rights of whoever asked, who alone fetches it."""

from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_long
from desk.permissions import can_see_summary
from desk.reports.shapes import Summary
from desk.reports.summary import build_summary
from desk.selectors.home.periods import desk_periods
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.access import access_of
from school.agendas import agenda_of
from school.models import School, User

SUMMARY = "desk.summary"
TITLE = "Сводка руководителя"
KEEP_DAYS = 7


def summary_request(*, by: User, school: School, key: str) -> Job:
    """Order the paper; the same key is the same order."""
    params = {"school": school.pk, "by": by.pk}
    return job_request(by=by, school=school, kind=SUMMARY, params=params, key=key, title=TITLE)


def may_have(user: User, params: Params) -> bool:
    """What waits for a decision is one person's: the paper is theirs, while they answer for the school."""
    school = access_of(user).school
    own = school is not None and school.pk == params["school"] and user.pk == params["by"]
    return own and can_see_summary(user)


def summary_run(run: JobRun) -> JobOutcome:
    """Make the PDF with what stands now."""
    school = access_of(run.user).school
    if school is None or not can_see_summary(run.user):
        raise Refused("Сводку печатают директор и заместитель директора.")
    run.progress(20, "Собираем сведения")
    summary = summary_of(run.user, School.objects.select_related("settings").get(pk=school.pk))
    run.progress(50, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=school,
        kind=SUMMARY,
        params=dict(run.params),
        name=f"{TITLE} {summary.day:%d.%m.%Y}.pdf",
        content=summary_pdf(summary),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Сводка готова.")


def summary_of(user: User, school: School) -> Summary:
    """As it stands now, for the page and the paper alike."""
    today = school.today()
    return build_summary(user, school, desk_periods(school, today), agenda_of(user, today))


def summary_pdf(summary: Summary) -> bytes:
    """On A4, as the school's papers are."""
    return render_pdf(render_to_string("desk/summary_print.html", {"summary": summary, "day": date_long(summary.day)}))

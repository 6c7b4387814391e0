"""The background work that prints a support plan; who reads the plan fetches the file, and each fetch is logged."""

from typing import Any

from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_variables

from common.errors import Refused
from common.russian import date_long
from consultations.models import SupportPlan
from consultations.note_reading import PLAN_FILE
from consultations.selectors.plan_words import PlanWords, plan_words, reads_plan
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.models import User
from school.services.reading import log_reading

PRINT = "service.plan_print"
FILE = "service.plan_file"
KEEP_DAYS = 1


def plan_request(*, by: User, plan: SupportPlan, key: str) -> Job:
    """Order the plan on paper."""
    params = {"plan": plan.pk, "school": plan.school_id}
    return job_request(by=by, school=plan.school, kind=PRINT, params=params, key=key, title="Печать плана службы")


def may_have(user: User, params: Params) -> bool:
    """Whoever reads the plan, now."""
    plan = _plan(user, params)
    return plan is not None and reads_plan(user, plan)


def note_reading(user: User, params: Params) -> None:
    """The file that leaves is read by whoever takes it."""
    plan = _plan(user, params)
    if plan is not None:
        log_reading(by=user, pupils=[plan.pupil_id], what=PLAN_FILE)


@sensitive_variables()
def run_print(run: JobRun) -> JobOutcome:
    """Make the PDF with the rights that the person has now; it is kept for a day."""
    plan = _plan(run.user, run.params)
    words = plan_words(run.user, plan, PLAN_FILE) if plan is not None else None
    if plan is None or words is None:
        raise Refused("Этого плана больше нет или он вам недоступен.")
    run.progress(30, "Готовим PDF")
    params: Any = run.params
    file = file_store(
        by=run.user,
        school=run.school,
        kind=FILE,
        params={"plan": plan.pk, "school": params["school"]},
        name="План сопровождения.pdf",
        content=render_pdf(plan_html(run.user, plan, words)),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="План готов, файл хранится день.")


def plan_html(user: User, plan: SupportPlan, words: PlanWords) -> str:
    """The page for `render_pdf`."""
    school = plan.school
    told = {
        "plan": plan,
        "words": words,
        "founder": school.founder,
        "school": school.official_name,
        "workers": ", ".join(one.short_name for one in plan.workers.all()),
        "day": date_long(school.today()),
        "printed_by": user.display_name,
        "signatures": [("Ответственный", plan.responsible.short_name)],
    }
    return render_to_string("consultations/plan_print.html", told)


def _plan(user: User, params: Params) -> SupportPlan | None:
    rows = SupportPlan.objects.visible_to(user).select_related("pupil", "school", "responsible")
    return rows.filter(pk=params["plan"]).first()

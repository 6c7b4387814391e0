"""The prepared page of an interview on paper: ordered on its page, made by a worker, fetched by the administration."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from common.errors import Refused
from common.russian import date_long
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from risk_registry.models import Interview
from risk_registry.permissions import can_hold_interviews, interviews_for
from risk_registry.selectors.interview_summary import interview_summary
from risk_registry.selectors.interviews import with_names
from school.models import User

CARD = "risk_registry.interview"
TITLE = "Лист к собеседованию"
_KEEP_DAYS = 7


def card_request(*, by: User, talk: Interview, key: str) -> Job:
    """Order the page; the same key is the same order."""
    params = {"interview": talk.pk, "school": talk.school_id}
    return job_request(by=by, school=talk.school, kind=CARD, params=params, key=key, title=TITLE)


def may_have(user: User, params: Params) -> bool:
    """The administration of the school, as of now."""
    return can_hold_interviews(user) and interviews_for(user).filter(pk=params["interview"]).exists()


def card_run(run: JobRun) -> JobOutcome:
    """Make the PDF with what the person may see now."""
    params: Any = run.params
    talk = with_names(interviews_for(run.user)).filter(pk=params["interview"]).first()
    if talk is None:
        raise Refused("Этого собеседования больше нет или оно вам недоступно.")
    run.progress(30, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=talk.school,
        kind=CARD,
        params=params,
        name=f"{TITLE}.pdf",
        content=card_pdf(run.user, talk),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=_KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Лист готов.", link=reverse("registry:interview", args=[talk.pk]))


def card_pdf(user: User, talk: Interview) -> bytes:
    """On A4, as the school's papers are; no notes of the talk itself."""
    told = {
        "talk": talk,
        "partner": talk.partner_name,
        "time": talk.time,
        "summary": interview_summary(user, talk),
        "founder": talk.school.founder,
        "school": talk.school.official_name,
        "day": date_long(talk.school.today()),
        "printed_by": user.display_name,
    }
    return render_pdf(render_to_string("risk_registry/interview_print.html", told))

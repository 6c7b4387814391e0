"""The blank of a consent as a document: one purpose, one pupil, lines for what the signer writes by hand."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from common.errors import Refused
from desk.selectors.book import pupils_with_school
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.models import Pupil, User
from school.permissions import can_keep_consents
from school.purposes import ADULT, TERMS, Purpose, adult_on
from school.selectors_pupils import seat_in_words, stays_of

FORM = "desk.consent_form"
TITLE = "Бланк согласия"
KEEP_DAYS = 7


def form_request(*, by: User, pupil: Pupil, purpose: Purpose, key: str) -> Job:
    """Order the blank; the same key is the same order."""
    params = {"pupil": pupil.pk, "school": pupil.school_id, "purpose": purpose.value}
    return job_request(by=by, school=pupil.school, kind=FORM, params=params, key=key, title=f"{TITLE}: {purpose.label}")


def may_have(user: User, params: Params) -> bool:
    """Whether the person keeps the consents of this pupil now."""
    return _pupil(user, params) is not None


def _pupil(user: User, params: Params) -> Pupil | None:
    pupil = pupils_with_school(user).filter(pk=params["pupil"]).first()
    return pupil if pupil is not None and can_keep_consents(user, pupil) else None


def form_run(run: JobRun) -> JobOutcome:
    """Make the PDF with the rights that the person has now."""
    params: Any = run.params
    pupil = _pupil(run.user, params)
    if pupil is None:
        raise Refused("Этого ученика больше нет или его согласия ведёте не вы.")
    run.progress(40, "Готовим бланк")
    file = file_store(
        by=run.user,
        school=pupil.school,
        kind=FORM,
        params=params,
        name=f"Согласие {pupil.short_name}.pdf".replace("\u00a0", " "),
        content=render_pdf(form_html(pupil, Purpose(params["purpose"]))),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Бланк готов.", link=reverse("school:pupil_consents", args=[pupil.pk]))


def form_html(pupil: Pupil, purpose: Purpose) -> str:
    """The page of the blank, for `render_pdf`. An adult pupil signs alone."""
    school, today = pupil.school, pupil.school.today()
    told = {
        "school": school.official_name,
        "founder": school.founder,
        "address": school.address or school.locality,
        "pupil": pupil,
        "seat": seat_in_words(stays_of(pupil), today),
        "purpose": purpose,
        "terms": TERMS[purpose],
        "adult": adult_on(pupil.birth_date, today),
        "adult_age": ADULT,
        "year": today.year,
    }
    return render_to_string("desk/consent_form.html", told)

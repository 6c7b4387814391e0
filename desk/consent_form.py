"""The blank of a consent as a document: one purpose, one pupil, lines for what the signer writes by hand."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from common.errors import Refused
from common.russian import counted
from desk.selectors.book import pupils_with_school
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.joined import render_joined
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from school.models import Pupil, School, User
from school.permissions import can_keep_consents, can_see_social_passport
from school.purposes import ADULT, TERMS, Purpose, adult_on
from school.selectors_consents import pupils_for_consents
from school.selectors_pupils import seat_in_words, stays_of

FORM = "desk.consent_form"
TITLE = "Бланк согласия"
FORMS = "desk.consent_forms"
FORMS_TITLE = "Бланки согласий"
MOST = 200
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


def forms_request(*, by: User, school: School, purpose: Purpose, school_class: str, key: str) -> Job:
    """Order the blanks of all who lack the consent, of a class (its key as text) or of whom the person sees."""
    params = {"school": school.pk, "purpose": purpose.value, "class": school_class}
    return job_request(
        by=by, school=school, kind=FORMS, params=params, key=key, title=f"{FORMS_TITLE}: {purpose.label}"
    )


def may_have_forms(user: User, params: Params) -> bool:
    """Whoever keeps consents in this school; a made file is its asker's."""
    own = params.get("asked_by") in (None, user.pk)
    return own and user.school_id == params["school"] and can_see_social_passport(user)


def forms_run(run: JobRun) -> JobOutcome:
    """A sheet for each pupil who lacks it, with the rights that the person has now."""
    params: Any = run.params
    purpose = Purpose(params["purpose"])
    found = pupils_for_consents(run.user, school_class=params["class"], missing=purpose.value)
    pupils = list(found.select_related("school")[: MOST + 1])
    if not pupils:
        raise Refused("Согласие есть у всех: печатать нечего.")
    if len(pupils) > MOST:
        raise Refused(f"В один файл печатается до {MOST} бланков: выберите класс.")
    titles = [pupil.full_name for pupil in pupils]
    run.progress(10, "Готовим бланки")
    content = render_joined((form_html(pupil, purpose) for pupil in pupils), titles, f"Согласия: {purpose.label}")
    file = file_store(
        by=run.user,
        school=run.school,
        kind=FORMS,
        params={**params, "asked_by": run.user.pk},
        name=f"Бланки согласий, {purpose.label}.pdf",
        content=content,
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    told = counted(len(pupils), "бланк", "бланка", "бланков")
    return JobOutcome(file=file, message=f"Готово: {told}.", link=reverse("school:consents"))


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

"""Printing sheets of progress as background work: a pupil, a class, the whole school in one file."""

import io
import zipfile
from typing import Any

from django.urls import reverse

from common.errors import Refused
from common.names import NBSP
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.rendering.pdf import render_pdf, render_pdfs
from documents.services.files import file_store
from documents.services.jobs import job_request
from iom.permissions_progress import can_print_class, can_print_school, can_see_progress
from iom.reports.progress_print import sheets_html
from iom.selectors.progress import progress_sheets, seat_of, seats_of_class
from school.access import access_of, pupils_for
from school.models import Enrolment, Pupil, School, SchoolClass, User
from school.selectors import current_year

PRINT = "iom.progress"
TITLE = "Листы продвижения"
KEEP_DAYS = 7
_GONE = "Листов для печати больше нет: ученик или класс вам недоступен."


def progress_request(
    *,
    by: User,
    school: School,
    key: str,
    pupil: Pupil | None = None,
    school_class: SchoolClass | None = None,
    year: int | None = None,
) -> Job:
    """Order the sheets of a pupil, of a class, or of the whole school; the same key is the same order.

    `year` is the beginning of the year of a pupil's sheet, None for the present one.
    """
    params = {
        "school": school.pk,
        "pupil": pupil.pk if pupil else None,
        "cls": school_class.pk if school_class else None,
        "year": year if pupil else None,
    }
    return job_request(by=by, school=school, kind=PRINT, params=params, key=key, title=TITLE)


def may_print(user: User, params: Params) -> bool:
    """The pupil is visible, the class is opened, the whole school is seen: now, by this person."""
    school = access_of(user).school
    if school is None or school.pk != params["school"] or not can_see_progress(user):
        return False
    if params["pupil"]:
        return pupils_for(user).filter(pk=params["pupil"]).exists()
    if params["cls"]:
        found = SchoolClass.objects.filter(pk=params["cls"], school=school).first()
        return found is not None and can_print_class(user, found)
    return can_print_school(user)


def may_fetch(user: User, params: Params) -> bool:
    """It shows what its asker saw: it is the asker's, for as long as they may have it."""
    return params.get("asked_by") == user.pk and may_print(user, params)


def run_print(run: JobRun) -> JobOutcome:
    """Build and print with the rights that the person has now."""
    params: Any = run.params
    school = run.school
    if school is None:
        raise Refused(_GONE)
    run.progress(5, "Собираем сведения")
    if params["pupil"]:
        made = _one(run, school, params["pupil"], params.get("year"))
    elif params["cls"]:
        made = _class(run, school, params["cls"])
    else:
        made = _school(run, school)
    name, content, number = made
    file = file_store(
        by=run.user,
        school=school,
        kind=PRINT,
        params={**params, "asked_by": run.user.pk},
        name=name,
        content=content,
        content_type="application/zip" if name.endswith(".zip") else CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message=f"Листов: {number}.", link=reverse("progress:list"))


def _one(run: JobRun, school: School, key: int, year: int | None) -> tuple[str, bytes, int]:
    pupil = pupils_for(run.user).filter(pk=key).first()
    seat = seat_of(pupil, school.today(), year) if pupil is not None else None
    if seat is None:
        raise Refused(_GONE)
    sheets = progress_sheets(run.user, school, seat.school_class.year, [seat])
    run.progress(40, "Готовим PDF")
    title = f"Лист продвижения {seat.pupil.short_name}" + (f" {year}-{year + 1}" if year else "")
    name = f"{title}.pdf".replace(NBSP, " ")
    return name, render_pdf(sheets_html(sheets)), 1


def _seats(run: JobRun, school: School, school_class: SchoolClass) -> list[Enrolment]:
    return seats_of_class(school_class, pupils_for(run.user), school.today())


def _class(run: JobRun, school: School, key: int) -> tuple[str, bytes, int]:
    found = SchoolClass.objects.filter(pk=key, school=school).select_related("year").first()
    seats = _seats(run, school, found) if found is not None else []
    if found is None or not seats:
        raise Refused(_GONE)
    html = sheets_html(progress_sheets(run.user, school, found.year, seats))
    run.progress(30, "Готовим PDF")
    return f"Листы продвижения {found}.pdf", render_pdf(html), len(seats)


def _school(run: JobRun, school: School) -> tuple[str, bytes, int]:
    """A PDF a class, in one zip; the progress counts classes."""
    year = current_year(school)
    classes = list(SchoolClass.objects.filter(year=year).select_related("year")) if year is not None else []
    parts = [(one, seats) for one in classes if (seats := _seats(run, school, one))]
    if not parts:
        raise Refused(_GONE)
    pages = (sheets_html(progress_sheets(run.user, school, one.year, seats)) for one, seats in parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (content, (one, _)) in enumerate(zip(render_pdfs(pages), parts, strict=True), start=1):
            archive.writestr(f"Листы продвижения {one}.pdf", content)
            run.progress(5 + 90 * number // len(parts), f"Готово классов: {number} из {len(parts)}")
    return "Листы продвижения.zip", packed.getvalue(), sum(len(seats) for _, seats in parts)

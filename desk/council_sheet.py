"""The sheet for a council on paper: two pages at most, for whoever sees the pupil and works with councils."""

import json
from dataclasses import asdict
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from common.errors import Refused
from consultations.permissions_councils import can_see_councils
from desk.reports.council_sheet import TITLE, CouncilSheet, build_council_sheet
from desk.selectors.book import pupils_with_school
from documents.formats import CONTENT_TYPES
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params, ReportQuery
from documents.rendering.pdf import render_pdf
from documents.services.files import file_store
from documents.services.jobs import job_request
from monitoring.reports.heads import signed_name
from risk_registry.selectors.periods import main_period, year_of
from school.models import Pupil, User

SHEET = "desk.council_sheet"
REPORT = "council_sheet"
KEEP_DAYS = 7
PAGES = 2
_ROOM = (18, 12, 8, 5, 3)  # how many subjects are tried until the sheet fits
_GONE = "Этого ученика больше нет или он вам недоступен."


def sheet_request(*, by: User, pupil: Pupil, key: str) -> Job:
    """Order the sheet; the same key is the same order."""
    params = {"pupil": pupil.pk, "school": pupil.school_id, "by": by.pk}
    return job_request(by=by, school=pupil.school, kind=SHEET, params=params, key=key, title=TITLE)


def may_have(user: User, params: Params) -> bool:
    """It shows what its asker might see, so it is the asker's, while they see the pupil and work with councils."""
    own = params.get("by") == user.pk and can_see_councils(user)
    return own and pupils_with_school(user).filter(pk=params.get("pupil", 0)).exists()


def sheet_run(run: JobRun) -> JobOutcome:
    """Make the PDF with the rights that the person has now."""
    params: Any = run.params
    pupil = pupils_with_school(run.user).filter(pk=params["pupil"]).first()
    if pupil is None:
        raise Refused(_GONE)
    run.progress(20, "Собираем сведения")
    sheet = build_council_sheet(pupil, run.user)
    run.progress(50, "Готовим PDF")
    file = file_store(
        by=run.user,
        school=pupil.school,
        kind=SHEET,
        params=params,
        name=f"{sheet_name(sheet)}.pdf",
        content=sheet_pdf(sheet),
        content_type=CONTENT_TYPES["pdf"],
        keep_days=KEEP_DAYS,
    )
    return JobOutcome(file=file, message="Лист готов.", link=reverse("councils:pupil", args=[pupil.pk]))


def sheet_for_query(query: ReportQuery) -> CouncilSheet:
    """Of the command line: `--pupil EXTERNAL_ID`; as of today. Raises `Refused` without such a pupil or period."""
    if query.period:
        main_period(year_of(query.school, query.year), query.period)
    if not query.pupil:
        raise Refused("Назовите ученика: --pupil и номер из списка контингента.")
    rows = Pupil.objects.filter(school=query.school, external_id=query.pupil).select_related("school__settings")
    pupil = rows.first()
    if pupil is None:
        raise Refused(f"Ученика с номером «{query.pupil}» в списке контингента школы нет.")
    return build_council_sheet(pupil)


def may_report(user: User, params: Params) -> bool:
    """Pages order the sheet of a pupil; as a report it is the command line's."""
    return False


def sheet_pdf(sheet: CouncilSheet) -> bytes:
    """Two pages of A4 at most: what has no room is left out with «ещё N», the gravest stays."""
    content = b""
    for most in _ROOM:
        content = render_pdf(render_to_string("desk/council_sheet_print.html", _told(sheet.shorter(most))))
        if len(PdfReader(BytesIO(content)).pages) <= PAGES:
            break
    return content


def _told(sheet: CouncilSheet) -> dict[str, Any]:
    names = (("Классный руководитель", sheet.class_teacher), ("Заместитель директора по УВР", sheet.deputy))
    return {
        "sheet": sheet,
        "founder": sheet.founder,
        "school": sheet.school,
        "signatures": [(post, signed_name(name)) for post, name in names if name],
        "blanks": range(1, 5),
    }


def sheet_json(sheet: CouncilSheet) -> bytes:
    """All of it, nothing left out for want of room."""
    return json.dumps({"report": REPORT, **asdict(sheet)}, ensure_ascii=False, indent=1, default=str).encode()


def sheet_name(sheet: CouncilSheet) -> str:
    """«Лист для совета Ковтун Матвей Андреевич»."""
    return f"Лист для совета {sheet.pupil}".replace("/", "-")


RENDERERS = {"pdf": sheet_pdf, "json": sheet_json}

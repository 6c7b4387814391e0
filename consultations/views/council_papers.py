"""Papers of councils: PDFs as background work, journals as workbooks."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from consultations.council_papers import PAPERS, paper_find, paper_request
from consultations.models import Council
from consultations.reports.council_registers import (
    Register,
    cases_register,
    conclusions_register,
    decisions_register,
    petitions_register,
    pmpk_register,
    register_xlsx,
    sittings_register,
)
from consultations.views.councils import council_reader
from documents.formats import CONTENT_TYPES
from school.services.reading import log_reading

_REGISTERS: dict[str, Callable[[Council], Register]] = {
    "sittings": sittings_register,
    "conclusions": conclusions_register,
    "pmpk": pmpk_register,
    "petitions": petitions_register,
    "decisions": decisions_register,
    "cases": cases_register,
}


@require_POST
def paper_order(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Order a paper; 404 for what is not the person's."""
    user = council_reader(request)
    if paper_find(user, what, pk) is None:
        raise Http404("Такого документа нет.")
    job = paper_request(by=user, what=what, row=pk, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)


@require_GET
def register_export(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """A journal as a workbook; the reading is logged for each pupil in it."""
    user = council_reader(request)
    council = paper_find(user, what, pk) if what in _REGISTERS else None
    if council is None:
        raise Http404("Такого журнала нет.")
    paper = PAPERS[what]
    log_reading(by=user, pupils=paper.pupils(council), what=paper.what)
    register = _REGISTERS[what](council)
    answer = HttpResponse(register_xlsx(register), CONTENT_TYPES["xlsx"])
    name = f"{register.title} {register.year}.xlsx".replace("/", "–").replace(":", ",")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer

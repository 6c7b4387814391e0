"""The passport, its indicators, its approved versions with what they changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents.services.reports import report_job_request
from roadmaps.models import Program, ProgramVersion
from roadmaps.permissions_program import can_edit_program
from roadmaps.registration import PROGRAM
from roadmaps.reports.program_changes import Change, changes_between
from roadmaps.reports.program_paper import ProgramPaper, paper_of, program_paper
from roadmaps.reports.program_words import readings_told
from roadmaps.views.program_common import asked_program, program_home, program_reader, program_tabs, seen_program
from roadmaps.words_program import ProgramState
from roadmaps.workflow import PROGRAM as WAY
from school.models import School, User

_FORMATS = ("pdf", "docx")


@require_GET
def program_page(request: HttpRequest) -> HttpResponse:
    """The passport as it stands; `?id=` another program of the school."""
    user, school = program_reader(request)
    row, others = asked_program(request, user, school)
    if row is None:
        return _empty(request, user)
    paper, versions = program_paper(row), list(row.versions.select_related("by__staff"))
    told = _head(user, row, paper, "passport:page") | {
        "changes": _since(row, paper, versions),
        "versions": versions,
        "others": others,
        "removed": row.lines.removed().select_related("direction") if row.state != ProgramState.APPROVED else [],
    }
    return render(request, "roadmaps/program.html", told)


@require_GET
def program_indicators(request: HttpRequest) -> HttpResponse:
    """The indicators by directions: base, plan by years, how it is read, what is odd."""
    user, school = program_reader(request)
    row, _ = asked_program(request, user, school)
    if row is None:
        return _empty(request, user)
    paper = program_paper(row)
    told = _head(user, row, paper, "passport:indicators") | {
        "odd": [(one, readings_told(one)) for one in paper.indicators if one.readings]
    }
    return render(request, "roadmaps/program_indicators.html", told)


def _empty(request: HttpRequest, user: User) -> HttpResponse:
    if request.GET.get("id"):
        raise Http404("Такой программы в школе нет.")
    return render(request, "roadmaps/program_empty.html", {"edits": can_edit_program(user)})


def _head(user: User, row: Program, paper: ProgramPaper, page: str) -> dict[str, Any]:
    """What both sides of a passport say first."""
    edits = can_edit_program(user)
    return {
        "program": row,
        "paper": paper,
        "tabs": program_tabs(row, page, len(paper.indicators)),
        "edits": edits,
        "open": edits and row.state != ProgramState.APPROVED,
        "deeds": WAY.deeds(row.state),
    }


def _since(row: Program, paper: ProgramPaper, versions: list[ProgramVersion]) -> list[Change]:
    """What a correction has changed so far in the last version."""
    if row.state != ProgramState.CORRECTED:
        return []
    return changes_between(paper_of(versions[0].body), paper)


@require_GET
def program_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An approved version as it was approved, with what it changed in the one before."""
    _, row = seen_program(request, pk)
    version = get_object_or_404(ProgramVersion.objects.select_related("by__staff"), program=row, number=number)
    before = row.versions.filter(number__lt=number).first()
    paper = paper_of(version.body)
    told = {
        "program": row,
        "version": version,
        "before": before,
        "paper": paper,
        "changes": changes_between(paper_of(before.body), paper) if before else [],
        "up": program_home(row),
    }
    return render(request, "roadmaps/program_version.html", told)


@require_POST
def program_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the paper: what stands now, or an approved version."""
    user, row = seen_program(request, pk)
    format = request.POST.get("format", "pdf")
    if format not in _FORMATS:
        raise Http404("Такого формата нет.")
    told = request.POST.get("version", "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    job = report_job_request(
        by=user,
        school=row.school,
        kind=PROGRAM,
        period=0,
        year=_year(row.school),
        format=format,
        key=f"program:{row.pk}:{format}:{number}:{request.POST.get('once', '')[:64]}",
        extra={"program": row.pk, "version": number},
    )
    return redirect("documents:job", pk=job.pk)


def _year(school: School) -> int:
    day = school.today()
    return day.year if day.month > 8 else day.year - 1

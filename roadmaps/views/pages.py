"""The roadmap as a list, a board, the axis of the year; an approved version; the shares that follow from it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents.services.reports import report_job_request
from roadmaps.models import Roadmap, RoadmapVersion
from roadmaps.permissions import can_edit_roadmap
from roadmaps.registration import ROADMAP
from roadmaps.reports.axis import LEGEND, axis_of_days
from roadmaps.reports.paper import Line, Mark, RoadmapPaper, paper_of, roadmap_paper
from roadmaps.rules.checks import Planned, empty_months, oddities_of
from roadmaps.selectors.shares import activity_shares
from roadmaps.services.roadmaps import roadmap_refresh as refreshed
from roadmaps.views.choosing import REMOVED, RoadmapFilter, chosen_parts, in_month, narrowed, own_of, show_chips
from roadmaps.views.common import asked_roadmap, edited_roadmap, home_of, roadmap_reader, roadmap_tabs
from roadmaps.words import OccurrenceState, RoadmapState
from roadmaps.workflow import ROADMAP as WAY
from roadmaps.workflow import WAITING
from school.models import User
from school.selectors import holiday_spans
from school.views.base import answer_deed
from school.views.filtering import chips_of

_FORMATS = ("pdf", "docx", "xlsx")
_CARDS = 6


@dataclass(frozen=True)
class Card:
    """One deed on the board."""

    line: Line
    mark: Mark


@require_GET
def roadmap_list(request: HttpRequest) -> HttpResponse:
    """The list by directions; `?show=mine|month|late|standing`, of one `?direction=`, with the words of `?text=`."""
    user, school = roadmap_reader(request)
    asked = asked_roadmap(request, user, school)
    row, today, edits = asked.row, school.today(), can_edit_roadmap(user)
    if row is None:
        told = {"year": asked.year, "edits": edits, "others": asked.others}
        return render(request, "roadmaps/empty.html", told)
    paper = roadmap_paper(row, day=today, signed=False)
    form = RoadmapFilter(request.GET, direction=[(part.key, part.name) for part in paper.parts])
    chosen = form.chosen()
    told = _head(request, user, row, paper, "roadmap:list") | {
        "parts": chosen_parts(paper, chosen, today, own_of(user, row, chosen)),
        "form": form,
        "active": chips_of(request, form, {name: chosen[name] for name in ("direction", "text") if name in chosen}),
        "chips": show_chips(request, chosen, edits),
        "everything": f"?year={row.year.start}",
        "oddities": _oddities(row, paper)
        if edits and row.state != RoadmapState.APPROVED and not narrowed(chosen)
        else (),
        "removed": row.activities.filter(removed_on__isnull=False) if edits and chosen.get("show") == REMOVED else None,
        "others": asked.others,
    }
    return render(request, "roadmaps/list.html", told)


def _head(request: HttpRequest, user: User, row: Roadmap, paper: RoadmapPaper, page: str) -> dict[str, Any]:
    """What all views of a roadmap say first: its state, how much is held, late, due this month."""
    today = row.school.today()
    month = [mark for mark in paper.marks if in_month(mark.ends, today)]
    return {
        "roadmap": row,
        "paper": paper,
        "tabs": roadmap_tabs(row, page),
        "edits": can_edit_roadmap(user),
        "open": row.state != RoadmapState.APPROVED,
        "deeds": WAY.deeds(row.state),
        "today": today,
        "held": sum(line.held for line in paper.lines),
        "late": sum(line.late for line in paper.lines),
        "month": len(month),
        "waiting": sum(mark.state in WAITING for mark in month),
        "empty_months": empty_months(((one.starts, one.ends) for one in paper.marks), paper.start),
    }


def _oddities(row: Roadmap, paper: RoadmapPaper) -> Any:
    return oddities_of([_planned(line) for line in paper.lines], holiday_spans(row.year))


def _planned(line: Line) -> Planned:
    first = line.marks[0] if line.marks and not line.standing else None
    alone = first is not None and len(line.marks) == 1 and first.starts == first.ends
    due = first.first_ends if first is not None else None
    return Planned(line.number, due, due if alone else None, line.result, line.expected, bool(line.responsible))


@require_GET
def roadmap_board(request: HttpRequest) -> HttpResponse:
    """Deeds by what became of them: late, this month, later, held, cancelled."""
    user, row, paper = _shown(request)
    today = row.school.today()
    columns: dict[str, list[Card]] = {"late": [], "month": [], "later": [], "held": [], "cancelled": []}
    for line in paper.lines:
        for mark in line.marks:
            columns[_column(mark, today)].append(Card(line, mark))
    columns["held"].sort(key=lambda card: card.mark.held_on or card.mark.ends, reverse=True)
    for name in ("late", "month", "later"):
        columns[name].sort(key=lambda card: card.mark.ends)
    titles = ("Просрочено", "В этом месяце", "Позже", "Проведено", "Отменено")
    told = _head(request, user, row, paper, "roadmap:board") | {
        "columns": [
            (name, title, cards[:_CARDS], max(len(cards) - _CARDS, 0), len(cards))
            for (name, cards), title in zip(columns.items(), titles, strict=True)
        ]
    }
    return render(request, "roadmaps/board.html", told)


def _column(mark: Mark, today: date) -> str:
    if mark.state == OccurrenceState.HELD:
        return "held"
    if mark.state == OccurrenceState.CANCELLED:
        return "cancelled"
    if mark.late:
        return "late"
    return "month" if in_month(mark.ends, today) else "later"


@require_GET
def roadmap_axis(request: HttpRequest) -> HttpResponse:
    """The same on the axis of the year."""
    user, row, paper = _shown(request)
    told = _head(request, user, row, paper, "roadmap:axis")
    return render(request, "roadmaps/axis.html", told | {"picture": axis_of_days(paper), "legend": LEGEND})


@require_GET
def roadmap_shares(request: HttpRequest) -> HttpResponse:
    """P32 and P30 with what they were counted from."""
    user, school = roadmap_reader(request)
    row = asked_roadmap(request, user, school).row
    if row is None:
        return redirect("roadmap:list")
    told = {
        "roadmap": row,
        "tabs": roadmap_tabs(row, "roadmap:shares"),
        "shares": activity_shares(school=row.school, year=row.year),
    }
    return render(request, "roadmaps/shares.html", told)


def _shown(request: HttpRequest) -> tuple[User, Roadmap, RoadmapPaper]:
    user, school = roadmap_reader(request)
    row = asked_roadmap(request, user, school).row
    if row is None:
        raise Http404("Дорожной карты этого года ещё нет.")
    return user, row, roadmap_paper(row, day=school.today(), signed=False)


@require_GET
def roadmap_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An approved version as it was approved."""
    user, _ = roadmap_reader(request)
    row = get_object_or_404(Roadmap.objects.visible_to(user).select_related("year"), pk=pk)
    version = get_object_or_404(RoadmapVersion.objects.select_related("by__staff"), roadmap=row, number=number)
    told = {
        "roadmap": row,
        "version": version,
        "versions": row.versions.select_related("by__staff"),
        "paper": paper_of(version.body),
        "up": home_of(row),
    }
    return render(request, "roadmaps/version.html", told)


@require_POST
def roadmap_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the paper: as it stands, or an approved version."""
    user, _ = roadmap_reader(request)
    row = get_object_or_404(Roadmap.objects.visible_to(user).select_related("year", "school"), pk=pk)
    format = request.POST.get("format", "pdf")
    if format not in _FORMATS:
        raise Http404("Такого формата нет.")
    told = request.POST.get("version", "")
    version = {"version": int(told)} if told.isascii() and told.isdigit() and len(told) < 5 else {}
    job = report_job_request(
        by=user,
        school=row.school,
        kind=ROADMAP,
        period=0,
        year=row.year.start,
        format=format,
        key=f"roadmap:{row.pk}:{format}:{told[:5]}:{request.POST.get('once', '')[:64]}",
        extra=version,
    )
    return redirect("documents:job", pk=job.pk)


@require_POST
def roadmap_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Count terms anew by the timetable of assessments as it stands today."""
    user, row = edited_roadmap(request, pk)
    return answer_deed(
        request, lambda: refreshed(by=user, roadmap=row), "Сроки пересчитаны по календарю.", home_of(row)[1]
    )

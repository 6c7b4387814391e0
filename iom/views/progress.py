"""Sheets of progress: whose hold what, one of them, printing; metasubject results."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from common.look import Figure, Tab
from common.russian import counted, percent
from documents.formats import CONTENT_TYPES
from iom.forms_progress import SheetFilterForm
from iom.models import MetaResult
from iom.permissions_programs import can_change_fact
from iom.permissions_progress import can_print_class, can_print_school, can_see_progress, can_write_meta
from iom.progress_jobs import progress_request
from iom.progress_tables import sheets_workbook
from iom.reports.progress_print import picture_of
from iom.selectors.progress import progress_sheets, seats_of
from iom.selectors.progress_list import SheetQuery, sheet_counts, sheet_rows
from iom.views.choosing import classes_with_pupils
from school.access import pupils_for
from school.models import AcademicYear, Pupil, School, SchoolClass, User
from school.selectors import current_year
from school.views.base import reader
from school.views.filtering import chips_of, options_of, query_without, whole_number

PER_PAGE = 50
_LABELS = {"text": "Фамилия", "cls": "Класс", "lack": "Чего нет"}


def sheet_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_progress(user):
        raise PermissionDenied("Листы продвижения видят сотрудники школы.")
    return user, school


class _Frame:
    """The sheets of this year by the filter."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.school = sheet_reader(request)
        self.year: AcademicYear | None = current_year(self.school)
        if self.year is None:
            return
        self.classes = classes_with_pupils(self.user)
        self.form = SheetFilterForm(request.GET, cls=options_of(self.classes))
        self.chosen = self.form.chosen()
        self.cls, self.text = self.chosen.get("cls"), self.chosen.get("text", "")
        self.all = sheet_rows(self.user, self.year, SheetQuery(self.cls, self.text))
        self.rows = sheet_rows(self.user, self.year, SheetQuery(self.cls, self.text, self.chosen.get("lack", "")))


@require_GET
def sheets_page(request: HttpRequest) -> HttpResponse:
    """Every pupil has a sheet; the figures say of how many something is empty."""
    frame = _Frame(request)
    if frame.year is None:
        return render(request, "iom/sheets.html", {"year": None})
    page = Paginator(frame.rows, PER_PAGE).get_page(request.GET.get("page"))
    number, lacks = sheet_counts(frame.all)
    figures = [Figure("Листы продвижения", str(number), query_without(request, "lack"), percent(number, number))]
    figures += [
        Figure(one.title, str(one.number), query_without(request, lack=one.code), f"из {number}") for one in lacks
    ]
    school_class = next((one for one in frame.classes if one.pk == frame.cls), None)
    shown = {
        "year": frame.year,
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "page": page,
        "rows": page.object_list,
        "figures": figures,
        "lead": counted(page.paginator.count, "лист", "листа", "листов"),
        "query": request.GET.urlencode(),
        "cls": school_class if school_class and can_print_class(frame.user, school_class) else None,
        "whole": can_print_school(frame.user),
        "writes": can_write_meta(frame.user),
    }
    return render(request, "iom/sheets.html", shown)


@require_GET
def sheets_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    frame = _Frame(request)
    rows: Any = frame.rows if frame.year is not None else []
    answer = HttpResponse(sheets_workbook(frame.school, rows), CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, "Листы продвижения.xlsx"))
    return answer


@require_GET
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil's sheet, of the present year or of `?year=`."""
    user, school = sheet_reader(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    seats = seats_of(pupil, school.today())
    if not seats:
        return render(request, "iom/sheet.html", {"pupil": pupil, "sheet": None})
    chosen = whole_number(request.GET.get("year"))
    seat = seats.get(chosen) if chosen is not None else None
    seat = seat or next(iter(seats.values()))
    sheet = progress_sheets(user, school, seat.school_class.year, [seat])[0]
    shown = {
        "tabs": [Tab(str(one.school_class.year), f"?year={start}", one == seat) for start, one in seats.items()],
        "year": seat.school_class.year,
        "pupil": pupil,
        "sheet": sheet,
        "picture": picture_of(sheet),
        "writes": can_write_meta(user),
        "changeable": _changeable(user, pupil),
    }
    return render(request, "iom/sheet.html", shown)


def _changeable(user: User, pupil: Pupil) -> set[int]:
    rows = MetaResult.objects.filter(pupil=pupil, removed_at__isnull=True).select_related("pupil")
    return {row.pk for row in rows if can_change_fact(user, row)}


@require_POST
def sheets_print(request: HttpRequest) -> HttpResponse:
    """Order the sheets of `pupil`, of `cls`, or of the whole school; then to the work that prints them."""
    user, school = sheet_reader(request)
    key, named = whole_number(request.POST.get("cls")), whole_number(request.POST.get("pupil"))
    pupil = get_object_or_404(pupils_for(user), pk=named) if named is not None else None
    school_class = get_object_or_404(SchoolClass, pk=key, school=school) if key is not None else None
    if school_class is not None and not can_print_class(user, school_class):
        raise PermissionDenied("Листы класса печатают те, кто открывает страницу класса.")
    if pupil is None and school_class is None and not can_print_school(user):
        raise PermissionDenied("Листы всей школы печатают те, кто видит всю школу.")
    once, year = request.POST.get("once", ""), whole_number(request.POST.get("year"))
    job = progress_request(by=user, school=school, key=once, pupil=pupil, school_class=school_class, year=year)
    return redirect(reverse("documents:job", args=[job.pk]))

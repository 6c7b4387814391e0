"""The timetable of assessment procedures, and what the administration does with one of them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip
from documents.services.reports import report_job_request
from gradebook.forms_procedures import AgreedForm, CancelForm, MoveForm, ProcedureForm, RepeatForm, initial_of
from gradebook.models import Procedure
from gradebook.permissions import can_plan_procedures, can_see_timetable
from gradebook.procedure_pages import card_of, sees_of, tabs_for
from gradebook.registration import TIMETABLE
from gradebook.rules_procedures import SOURCE
from gradebook.selectors_overdue import Overdue, overdue_of
from gradebook.selectors_procedures import Timetable, clashes_of_new, half_of, timetable
from gradebook.services.procedures import (
    ProcedureDraft,
    procedure_cancel,
    procedure_correct,
    procedure_move,
    procedure_plan,
    procedure_repeat,
    procedure_restore,
)
from school.models import AcademicYear, School, SchoolClass, Subject, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.outdated import form_view

_PLANNERS_ONLY = "График оценочных процедур ведут директор и заместитель директора."
_HALVES = {1: "1-е полугодие", 2: "2-е полугодие", 0: "Весь год"}
_TO_TIMETABLE = "График оценочных процедур"


@require_GET
def timetable_page(request: HttpRequest) -> HttpResponse:
    """Classes by months; `?year=`, `?half=0|1|2`, `?grade=`, `?cls=`."""
    user, school = reader(request)
    if not can_see_timetable(user):
        raise PermissionDenied("График видят работники школы.")
    years = list(school.years.order_by("start"))
    year = _of_years(request, school, years)
    told: dict[str, Any] = {
        "year": year,
        "tabs": tabs_for(user, "procedures:timetable"),
        "plans": can_plan_procedures(user),
        "source": SOURCE,
    }
    if year is None:
        return render(request, "gradebook/timetable.html", told)
    half = _half(request, year, school.today())
    grade, chosen = _number(request, "grade"), _number(request, "cls")
    first, last = half_of(year, half)
    table = timetable(year, first=first, last=last, grade=grade, school_class=chosen)
    sees = sees_of(user)
    told |= {
        "table": table,
        "rows": [_cells(row, sees) for row in table.rows if grade is not None or any(row.months)],
        "half": half,
        "chips": _chips(request, years, table, half, grade),
        "classes": _class_chips(request, table, grade, chosen),
        "overdue": [(one, card_of(one.work.pk)) for one in _overdue(user, table, school.today())],
        "loads": table.loads if chosen is not None else [],
        "late": [one for one in table.loads if one.load.too_much],
    }
    return render(request, "gradebook/timetable.html", told)


def _overdue(user: User, table: Timetable, today: date) -> list[Overdue]:
    """For those who keep the timetable; of the present year alone: what was never entered in a past one is past."""
    plan = table.plan
    if not can_plan_procedures(user) or not plan.year.starts <= today <= plan.year.ends:
        return []
    return overdue_of(user, plan.procedures, plan.classes, today)


def _cells(row: Any, sees: Callable[[int | None, int], bool]) -> tuple[SchoolClass, list[list[tuple[Any, str]]]]:
    """A class with its months; each slot with the address of its page, empty for whoever may not open it."""
    place: SchoolClass = row.school_class
    months = [
        [(slot, card_of(slot.procedure.pk) if sees(place.pk, slot.procedure.subject_id) else "") for slot in month]
        for month in row.months
    ]
    return place, months


def year_asked(request: HttpRequest, school: School) -> AcademicYear | None:
    return _of_years(request, school, list(school.years.order_by("start")))


def _of_years(request: HttpRequest, school: School, years: Sequence[AcademicYear]) -> AcademicYear | None:
    """The year that is asked for, else that of today, else the last; `years` in their order."""
    asked, today = _number(request, "year"), school.today()
    named = [one for one in years if one.pk == asked] if asked is not None else []
    if asked is not None:
        return named[0] if named else None
    return next((one for one in years if one.ends >= today), years[-1] if years else None)


def _half(request: HttpRequest, year: AcademicYear, today: date) -> int:
    asked = _number(request, "half")
    if asked in _HALVES:
        return asked or 0
    return 2 if half_of(year, 2)[0] <= today <= year.ends else 1


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _query(request: HttpRequest, **changes: object) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _chips(
    request: HttpRequest, years: Sequence[AcademicYear], table: Timetable, half: int, grade: int | None
) -> list[tuple[str, list[Chip]]]:
    known = [Chip(str(one), _query(request, year=one.pk, grade=None, cls=None), one == table.year) for one in years]
    halves = [Chip(title, _query(request, half=key), key == half) for key, title in _HALVES.items()]
    grades = sorted({place.grade for place in table.plan.classes})
    every = Chip("Все", _query(request, grade=None, cls=None), grade is None)
    found = [every, *(Chip(str(one), _query(request, grade=one, cls=None), one == grade) for one in grades)]
    groups = [("Учебный год", known), ("Полугодие", halves), ("Параллель", found)]
    return [(title, chips) for title, chips in groups if len(chips) > 1]


def _class_chips(request: HttpRequest, table: Timetable, grade: int | None, chosen: int | None) -> list[Chip]:
    """The classes of the chosen grade: with one the shares of time are shown."""
    if grade is None:
        return []
    places = [place for place in table.plan.classes if place.grade == grade]
    every = Chip("Все классы", _query(request, cls=None), chosen is None)
    return [every, *(Chip(str(one), _query(request, cls=one.pk), one.pk == chosen) for one in places)]


@require_POST
def timetable_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the timetable as a file; `?year=`, `?half=` as on the page."""
    user, school = reader(request)
    if not can_see_timetable(user):
        raise PermissionDenied("График видят работники школы.")
    year = year_asked(request, school)
    if year is None or format not in ("pdf", "xlsx"):
        raise Http404
    half = _half(request, year, school.today())
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=TIMETABLE,
            period=half,
            year=year.start,
            format=format,
            key=request.POST.get("once", ""),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("procedures:timetable")
    return redirect("documents:job", pk=job.pk)


def planner(request: HttpRequest) -> tuple[User, School]:
    user, school = reader(request)
    if not can_plan_procedures(user):
        raise PermissionDenied(_PLANNERS_ONLY)
    return user, school


def _procedure(request: HttpRequest, pk: int) -> tuple[User, Procedure]:
    """A procedure of the own school for whoever keeps the timetable; 404 for another school's."""
    user, school = reader(request)
    rows = Procedure.objects.filter(school=school).select_related("year__school", "subject", "school_class")
    procedure = get_object_or_404(rows, pk=pk)
    if not can_plan_procedures(user):
        raise PermissionDenied(_PLANNERS_ONLY)
    return user, procedure


def _places(year: AcademicYear) -> list[SchoolClass]:
    return list(SchoolClass.objects.filter(year=year).order_by("grade", "letter"))


@form_view
def plan(request: HttpRequest) -> HttpResponse:
    """Put a procedure into the timetable; what speaks against it is told once, with its source."""
    user, school = planner(request)
    year = year_asked(request, school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    subjects = list(Subject.objects.filter(school=school).order_by("sort_key"))
    form = ProcedureForm(sent(request), classes=_places(year), subjects=subjects, initial={"kind": "control"})
    page = _page("Новая работа в графике", "Внести", "Работа внесена в график.", meta=f"{year} учебный год")

    def save() -> None:
        draft = form.draft()
        _hold_back(form, year, _as_planned(year, draft))
        procedure_plan(by=user, year=year, draft=draft)

    return answer_form(request, page, form, save)


def _as_planned(year: AcademicYear, draft: ProcedureDraft) -> Procedure:
    return Procedure(
        school_id=year.school_id,
        year=year,
        title=draft.title,
        grade=draft.grade,
        school_class=draft.school_class,
        subject=draft.subject,
        date=draft.day,
        lesson=draft.lesson,
    )


def _hold_back(form: AgreedForm, year: AcademicYear, procedure: Procedure) -> None:
    """Nothing is forbidden: what speaks against the day is told, and a tick writes it all the same."""
    if form.cleaned_data["agreed"]:
        return
    found = clashes_of_new(year, procedure)
    if found:
        form.ask()
        told = [f"{', '.join(clash.classes)}: {clash.words}." for clash in found]
        raise Refused(f"Есть накладки. Измените день или отметьте «Всё равно записать». Источник: {SOURCE}.", told)


def _page(heading: str, button: str, done: str, *, meta: str = "", up: tuple[str, str] | None = None) -> FormPage:
    return FormPage(heading, up or (_TO_TIMETABLE, reverse("procedures:timetable")), button, done, meta)


def _page_of(procedure: Procedure, heading: str, button: str, done: str) -> FormPage:
    day = f", {procedure.date:%d.%m.%Y}" if procedure.date else ""
    meta = f"{procedure.title}, {procedure.subject}, {procedure.who}{day}"
    card = card_of(procedure.pk)
    return _page(heading, button, done, meta=meta, up=(procedure.title, card) if card else None)


@form_view
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is written about a procedure."""
    user, procedure = _procedure(request, pk)
    subjects = list(Subject.objects.filter(school=procedure.school_id).order_by("sort_key"))
    form = ProcedureForm(
        sent(request),
        classes=_places(procedure.year),
        subjects=subjects,
        dated=False,
        initial=initial_of(procedure),
    )
    page = _page_of(procedure, "Исправить запись о работе", "Сохранить", "Исправлено.")

    def save() -> None:
        procedure_correct(by=user, procedure=procedure, draft=form.draft(procedure))

    return answer_form(request, page, form, save)


@form_view
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a procedure another day, with the reason."""
    user, procedure = _procedure(request, pk)
    form = MoveForm(sent(request), initial={"day": procedure.date, "lesson": procedure.lesson})
    page = _page_of(procedure, "Перенести работу", "Перенести", "Работа перенесена.")

    def save() -> None:
        told = form.cleaned_data
        moved = Procedure.objects.select_related("subject", "school_class").get(pk=procedure.pk)
        moved.date, moved.lesson = told["day"], told["lesson"]
        _hold_back(form, procedure.year, moved)
        procedure_move(by=user, procedure=procedure, day=told["day"], lesson=told["lesson"], why=told["why"])

    return answer_form(request, page, form, save)


@form_view
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a procedure off, with the reason."""
    user, procedure = _procedure(request, pk)
    form = CancelForm(sent(request))
    page = _page_of(procedure, "Отменить работу", "Отменить работу", "Работа отменена.")

    def save() -> None:
        procedure_cancel(by=user, procedure=procedure, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a cancelled procedure back."""
    user, procedure = _procedure(request, pk)
    back = card_of(pk) or reverse("procedures:timetable")
    return answer_deed(request, lambda: procedure_restore(by=user, procedure=procedure), "Работа возвращена.", back)


@form_view
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan that a class writes the work once more."""
    user, procedure = _procedure(request, pk)
    places = [place for place in _places(procedure.year) if place.grade == procedure.grade]
    places = [place for place in places if procedure.school_class_id in (None, place.pk)]
    form = RepeatForm(sent(request), classes=places)
    page = _page_of(procedure, "Повторная работа", "Внести в график", "Повторная работа внесена в график.")

    def save() -> None:
        told = form.cleaned_data
        place = next(one for one in places if one.pk == told["place"])
        planned = Procedure(
            school_id=procedure.school_id,
            year=procedure.year,
            title=procedure.title,
            grade=procedure.grade,
            school_class=place,
            subject=procedure.subject,
            date=told["day"],
        )
        _hold_back(form, procedure.year, planned)
        procedure_repeat(by=user, procedure=procedure, school_class=place, day=told["day"])

    return answer_form(request, page, form, save)

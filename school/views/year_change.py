"""The page of the change of year: what it would do, what it did, and how it is taken back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common.errors import Refused
from common.look import Figure
from common.russian import whole
from school.forms.year_change import ClassPlanForm, YearPlanForm
from school.lots import Lot
from school.models import AcademicYear, SchoolClass, User, YearChange
from school.selectors_year_change import (
    ClassLine,
    YearPreview,
    classes_written,
    lots_written,
    year_preview,
    years_with_plans,
)
from school.services.year_change import year_change
from school.services.year_plan import class_plan_set, plan_set
from school.services.year_undo import year_change_undo
from school.views.base import FormPage, answer_form, editor, sent
from school.views.outdated import form_view
from school.year_notes import year_notes
from school.year_rules import year_to_leave


def edited_year(request: HttpRequest, pk: int) -> tuple[User, AcademicYear]:
    """A year of the person's school, for whoever may change the school's data."""
    user, school = editor(request)
    return user, get_object_or_404(years_with_plans(school), pk=pk)


def change_of(year: AcademicYear) -> YearChange | None:
    """The change from this year, when it was done; `year` comes from `edited_year`."""
    return getattr(year, "changed_by", None)


def pupils_url(year: AcademicYear, **asked: object) -> str:
    """The list of pupils with their lots."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('school:year_pupils', args=[year.pk])}?{query}"


def _figures(year: AcademicYear, counts: Mapping[str, int]) -> list[Figure]:
    return [Figure(lot.label, whole(counts.get(lot, 0)), pupils_url(year, lot=lot.value)) for lot in Lot]


@form_view
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the change would do, with the button that does it; or what it did, with the one that takes it back."""
    user, year = edited_year(request, pk)
    done = change_of(year)
    if request.method == "POST":
        return _do(request, user, year)
    if done is not None:
        return render(request, "school/year_changed.html", _told_after(user, done))
    return render(request, "school/year_change.html", _told_before(user, year_preview(user, year)))


def _do(request: HttpRequest, user: User, year: AcademicYear) -> HttpResponse:
    try:
        made = year_change(by=user, old=year, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, " ".join([refusal.message, *refusal.details]))
    else:
        messages.success(request, f"Переход на {made.new} выполнен. Его можно отменить на этой странице.")
    return redirect("school:year_change", year.pk)


def _told_before(user: User, preview: YearPreview) -> dict[str, Any]:
    year = preview.old
    return {
        "year": year,
        "preview": preview,
        "early": not year_to_leave(year, year.school.today()),
        "figures": _figures(year, preview.counts),
        "lines": [(line, _lot_links(year, line)) for line in preview.classes],
        "advised": sum(bool(line.fate.reason) for line in preview.pupils),
        "notes": year_notes(user, year),
        "carries": preview.plan is None or preview.plan.carry_teaching,
    }


def _lot_links(year: AcademicYear, line: ClassLine) -> list[tuple[Lot, int, str]]:
    key = line.school_class.pk
    return [(lot, number, pupils_url(year, **{"class": key}, lot=lot.value)) for lot, number in line.cells]


def _told_after(user: User, done: YearChange) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for line in lots_written(user, done):
        counts[line.lot.value] = counts.get(line.lot.value, 0) + 1
    return {
        "year": done.old,
        "change": done,
        "figures": _figures(done.old, counts),
        "classes": classes_written(done),
    }


@form_view
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the change back; a page of its own, so that what stands in the way is read at leisure."""
    user, year = edited_year(request, pk)
    done = change_of(year)
    if done is None:
        messages.info(request, "Переход не выполнен или уже отменён.")
        return redirect("school:year_change", year.pk)
    in_the_way: Refused | None = None
    if request.method == "POST":
        try:
            year_change_undo(by=user, change=done)
        except Refused as refusal:
            in_the_way = refusal
        else:
            messages.success(request, f"Переход отменён: {year} продолжается, план сохранён.")
            return redirect("school:year_change", year.pk)
    told = {"year": year, "change": done, "refusal": in_the_way}
    return render(request, "school/year_undo.html", told, status=422 if in_the_way else 200)


@form_view
def class_plan(request: HttpRequest, pk: int, school_class: int) -> HttpResponse:
    """Where one class goes, and with whom."""
    user, year = edited_year(request, pk)
    row = get_object_or_404(SchoolClass.objects.select_related("year__school"), pk=school_class, year=year)
    preview = year_preview(user, year)
    line = next(line for line in preview.classes if line.school_class.pk == row.pk)
    form = ClassPlanForm(sent(request), school=year.school, line=line)
    page = FormPage(f"{row} класс в новом году", _up(year), meta=f"{year} → {preview.title}")

    def save() -> None:
        told = form.cleaned_data
        class_plan_set(by=user, school_class=row, following=told["target"], class_teacher=told["class_teacher"])

    return answer_form(request, page, form, save)


@form_view
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """First classes, and whether teaching is carried over."""
    user, year = edited_year(request, pk)
    preview = year_preview(user, year)
    form = YearPlanForm(sent(request), preview=preview)
    page = FormPage("Что сделать при переходе", _up(year), meta=f"{year} → {preview.title}")
    return answer_form(request, page, form, lambda: _save_plan(user, year, form))


def _save_plan(user: User, year: AcademicYear, form: YearPlanForm) -> None:
    plan_set(by=user, year=year, **form.cleaned_data)


def _up(year: AcademicYear) -> tuple[str, str]:
    return ("Переход на новый год", reverse("school:year_change", args=[year.pk]))

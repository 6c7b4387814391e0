"""Classes, subgroups, when marks begin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.forms.classes import ClassForm, MarksStartForm, SubgroupForm, marks_start_in_words
from school.models import AcademicYear, MarksStart, School, SchoolClass, Subgroup, User
from school.permissions import can_edit_school
from school.selectors import current_year
from school.selectors_classes import class_rows, openable_classes, pupils_of_class, taught_in
from school.services.classes import (
    class_delete,
    class_save,
    marks_start_delete,
    marks_start_save,
    subgroup_delete,
    subgroup_save,
)
from school.views.base import FormPage, answer_deed, answer_form, editor, reader, sent
from school.views.outdated import form_view


def _chosen_year(request: HttpRequest, school: School) -> AcademicYear | None:
    wanted = request.GET.get("year", "")
    found = school.years.filter(start=int(wanted)).first() if wanted.isdecimal() and len(wanted) == 4 else None
    return found or current_year(school)


@require_GET
def class_list(request: HttpRequest) -> HttpResponse:
    """The classes of a year."""
    user, school = reader(request)
    year = _chosen_year(request, school)
    told = {
        "year": year,
        "years": school.years.all(),
        "rows": list(class_rows(year, school.today())) if year else [],
        "open": openable_classes(user),
        "editable": can_edit_school(user),
    }
    return render(request, "school/class_list.html", told)


@form_view
def class_new(request: HttpRequest) -> HttpResponse:
    """Make a class of the year that the address names, else of the current one."""
    user, school = editor(request)
    year = get_object_or_404(AcademicYear, school=school, pk=getattr(_chosen_year(request, school), "pk", None))
    form = ClassForm(sent(request), instance=SchoolClass(school=school, year=year))
    page = FormPage("Новый класс", ("Классы", reverse("school:classes")), "Создать", meta=f"учебный год {year}")
    return answer_form(request, page, form, lambda: _save_class(user, form, None))


def _save_class(user: User, form: ClassForm, school_class: SchoolClass | None) -> str:
    grade, letter = form.cleaned_data["title"]
    row = class_save(
        by=user,
        year=form.instance.year,
        school_class=school_class,
        grade=grade,
        letter=letter,
        class_teacher=form.cleaned_data["class_teacher"],
    )
    return reverse("school:class", args=[row.pk])


def _own_class(school: School, pk: int) -> SchoolClass:
    rows = SchoolClass.objects.select_related("school", "year", "class_teacher")
    return get_object_or_404(rows, pk=pk, school=school)


@require_GET
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sits in the class, who teaches it, how it is divided."""
    user, school = reader(request)
    row = _own_class(school, pk)
    day = min(max(school.today(), row.year.starts), row.year.ends)
    periods = {p.number: p for p in row.year.periods.filter(system=row.period_system)}
    starts = row.marks_starts.select_related("subject").order_by("subject__sort_key")
    told = {
        "row": row,
        "pupils": pupils_of_class(user, row, day),
        "openable": row.pk in openable_classes(user),
        "seated": row.enrolments.on(day).count(),
        "taught": taught_in(row, day),
        "subgroups": row.subgroups.prefetch_related("pupils"),
        "starts": [(start, marks_start_in_words(start, periods)) for start in starts],
        "marks_from_grade": school.settings.marks_from_grade,
        "editable": can_edit_school(user),
        "day": day,
    }
    return render(request, "school/class_detail.html", told)


def _edited_class(request: HttpRequest, pk: int) -> tuple[User, SchoolClass, tuple[str, str]]:
    user, school = editor(request)
    row = _own_class(school, pk)
    return user, row, (f"{row} класс", reverse("school:class", args=[row.pk]))


@form_view
def class_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the name of the class or its teacher."""
    user, row, up = _edited_class(request, pk)
    form = ClassForm(sent(request), instance=row)
    return answer_form(request, FormPage(f"{row} класс", up), form, lambda: _save_class(user, form, row))


@require_POST
def class_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a class that was made by mistake."""
    user, row, up = _edited_class(request, pk)
    done = f"Класс {row} удалён."
    return answer_deed(request, lambda: class_delete(by=user, school_class=row), done, up[1], reverse("school:classes"))


@form_view
def subgroup_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide the class."""
    user, row, up = _edited_class(request, pk)
    form = SubgroupForm(sent(request), instance=Subgroup(school_class=row))
    page = FormPage("Новая подгруппа", up, "Создать")
    return answer_form(request, page, form, lambda: _save_subgroup(user, form, None))


def _own_subgroup(school: School, pk: int) -> Subgroup:
    rows = Subgroup.objects.select_related("school_class__school", "school_class__year")
    return get_object_or_404(rows, pk=pk, school_class__school=school)


@form_view
def subgroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a subgroup's name and members."""
    user, school = editor(request)
    row = _own_subgroup(school, pk)
    up = (f"{row.school_class} класс", reverse("school:class", args=[row.school_class_id]))
    form = SubgroupForm(sent(request), instance=row)
    return answer_form(request, FormPage(row.name, up), form, lambda: _save_subgroup(user, form, row))


def _save_subgroup(user: User, form: SubgroupForm, row: Subgroup | None) -> None:
    told = form.cleaned_data
    subgroup_save(
        by=user, school_class=form.instance.school_class, subgroup=row, name=told["name"], pupils=told["pupils"]
    )


@require_POST
def subgroup_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a subgroup."""
    user, school = editor(request)
    row = _own_subgroup(school, pk)
    back = reverse("school:class", args=[row.school_class_id])
    return answer_deed(request, lambda: subgroup_delete(by=user, subgroup=row), "Подгруппа удалена.", back)


@form_view
def marks_start_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which period the class, or a subject in it, has marks."""
    user, row, up = _edited_class(request, pk)
    form = MarksStartForm(sent(request), school_class=row)
    page = FormPage("С какого периода ставятся отметки", up, meta="если не как у всей школы")

    def save() -> None:
        marks_start_save(by=user, school_class=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def marks_start_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the school's rule hold again."""
    user, school = editor(request)
    row = get_object_or_404(MarksStart, pk=pk, school_class__school=school)
    back = reverse("school:class", args=[row.school_class_id])
    return answer_deed(request, lambda: marks_start_delete(by=user, marks_start=row), "Исключение снято.", back)

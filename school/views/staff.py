"""People who work in the school."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from school.forms.staff import AssignmentForm, EndForm, PositionForm, StaffForm
from school.models import AcademicYear, School, Staff, StaffPosition, TeachingAssignment, User
from school.permissions import can_edit_school, can_issue_logins
from school.roles import Position
from school.selectors import current_year
from school.selectors_staff import Employment, assignments_of, positions_in_words, staff_found, staff_rows
from school.services.staff import (
    assignment_delete,
    assignment_end,
    assignments_add,
    position_add,
    position_delete,
    position_end,
    staff_delete,
    staff_leave,
    staff_return,
    staff_save,
)
from school.views.base import FormPage, answer_deed, answer_form, asked, editor, reader, sent
from school.views.outdated import form_view

_PER_PAGE = 50


@require_GET
def staff_list(request: HttpRequest) -> HttpResponse:
    """People of the school with positions and classes."""
    user, school = reader(request)
    employment = Employment.LEFT if request.GET.get("state") == Employment.LEFT else Employment.WORKING
    position, text = request.GET.get("position", ""), asked(request, "text")
    found = staff_found(school, employment=employment, position=position, text=text)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": staff_rows(list(page.object_list), school.today()),
        "tabs": [Tab(one.label, f"?state={one.value}", one == employment) for one in Employment],
        "state": employment.value,
        "positions": Position.choices,
        "position": position,
        "text": text,
        "editable": can_edit_school(user),
    }
    return render(request, "school/staff_list.html", told)


def _own(school: School, pk: int) -> Staff:
    return get_object_or_404(Staff.objects.select_related("school").prefetch_related("positions"), pk=pk, school=school)


def _edited(request: HttpRequest, pk: int) -> tuple[User, Staff, tuple[str, str]]:
    user, school = editor(request)
    staff = _own(school, pk)
    return user, staff, (staff.full_name, reverse("school:staff_member", args=[staff.pk]))


@require_GET
def staff_member(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: positions, lessons, classes."""
    user, school = reader(request)
    staff = _own(school, pk)
    today = school.today()
    year = current_year(school)
    told = {
        "staff": staff,
        "now": positions_in_words(staff, today),
        "positions": staff.positions.all(),
        "assignments": assignments_of(staff, year),
        "led": staff.led_classes.filter(year=year),
        "gone": staff.left_on is not None and staff.left_on < today,
        "today": today,
        "editable": can_edit_school(user),
        "logins": can_issue_logins(user),
    }
    return render(request, "school/staff_detail.html", told)


@form_view
def staff_new(request: HttpRequest) -> HttpResponse:
    """Write a person down."""
    user, school = editor(request)
    form = StaffForm(sent(request), instance=Staff(school=school))
    page = FormPage("Новый сотрудник", ("Сотрудники", reverse("school:staff")), "Добавить")

    def save() -> str:
        staff = staff_save(by=user, school=school, staff=None, **form.cleaned_data)
        return reverse("school:staff_member", args=[staff.pk])

    return answer_form(request, page, form, save)


@form_view
def staff_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct name and contacts."""
    user, staff, up = _edited(request, pk)
    form = StaffForm(sent(request), instance=staff)

    def save() -> None:
        staff_save(by=user, school=staff.school, staff=staff, **form.cleaned_data)

    return answer_form(request, FormPage("Имя и контакты", up), form, save)


@require_POST
def staff_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a person written down by mistake."""
    user, staff, up = _edited(request, pk)
    done = f"Сотрудник удалён: {staff.full_name}."
    return answer_deed(request, lambda: staff_delete(by=user, staff=staff), done, up[1], reverse("school:staff"))


@form_view
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The person leaves the school."""
    user, staff, up = _edited(request, pk)
    form = EndForm(sent(request), initial={"ends": staff.school.today()})
    page = FormPage(
        "Увольнение",
        up,
        "Отметить увольнение",
        done="Увольнение отмечено.",
        warning="Должности, нагрузка и закреплённые обучающиеся закончатся этим днём, доступ пропадёт на следующий.",
    )
    return answer_form(
        request, page, form, lambda: staff_leave(by=user, staff=staff, last_day=form.cleaned_data["ends"])
    )


@require_POST
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is back, or did not leave."""
    user, staff, up = _edited(request, pk)
    return answer_deed(request, lambda: staff_return(by=user, staff=staff), "Сотрудник снова работает.", up[1])


@form_view
def position_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint the person."""
    user, staff, up = _edited(request, pk)
    form = PositionForm(sent(request))
    page = FormPage("Новая должность", up, "Назначить", meta="должность даёт права в Опоре")

    def save() -> None:
        position_add(by=user, staff=staff, **form.cleaned_data)

    return answer_form(request, page, form, save)


def _position(request: HttpRequest, pk: int) -> tuple[User, StaffPosition, tuple[str, str]]:
    user, school = editor(request)
    row = get_object_or_404(StaffPosition.objects.select_related("staff"), pk=pk, staff__school=school)
    return user, row, (row.staff.full_name, reverse("school:staff_member", args=[row.staff_id]))


@form_view
def position_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day in a position."""
    user, row, up = _position(request, pk)
    form = EndForm(sent(request), initial={"ends": row.staff.school.today()})
    page = FormPage(f"{row}: последний день", up)
    return answer_form(request, page, form, lambda: position_end(by=user, position=row, **form.cleaned_data))


@require_POST
def position_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a position written down by mistake."""
    user, row, up = _position(request, pk)
    return answer_deed(request, lambda: position_delete(by=user, position=row), "Должность удалена.", up[1])


@form_view
def assignment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the person teaches, and to whom."""
    user, staff, up = _edited(request, pk)
    year = get_object_or_404(AcademicYear.objects.select_related("school"), pk=_year_pk(staff.school))
    form = AssignmentForm(sent(request), year=year)
    page = FormPage("Нагрузка", up, "Добавить", meta=f"учебный год {year}; кого учит, того и видит")

    def save() -> None:
        told = form.cleaned_data
        subgroup = told["subgroup"]
        classes = [subgroup.school_class] if subgroup else told["classes"]
        assignments_add(
            by=user,
            staff=staff,
            subject=told["subject"],
            classes=classes,
            subgroup=subgroup,
            starts=told["starts"],
        )

    return answer_form(request, page, form, save)


def _year_pk(school: School) -> int | None:
    year = current_year(school)
    return None if year is None else year.pk


def _assignment(request: HttpRequest, pk: int) -> tuple[User, TeachingAssignment, tuple[str, str]]:
    user, school = editor(request)
    rows = TeachingAssignment.objects.select_related("staff__school", "subject", "school_class")
    row = get_object_or_404(rows, pk=pk, staff__school=school)
    return user, row, (row.staff.full_name, reverse("school:staff_member", args=[row.staff_id]))


@form_view
def assignment_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day on which the person teaches it."""
    user, row, up = _assignment(request, pk)
    form = EndForm(sent(request), initial={"ends": row.staff.school.today()})
    page = FormPage(f"{row.subject}, {row.school_class}: последний день", up)
    return answer_form(request, page, form, lambda: assignment_end(by=user, assignment=row, **form.cleaned_data))


@require_POST
def assignment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away an assignment written down by mistake."""
    user, row, up = _assignment(request, pk)
    return answer_deed(request, lambda: assignment_delete(by=user, assignment=row), "Нагрузка удалена.", up[1])

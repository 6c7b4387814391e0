"""The school's card, thresholds, academic years."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.agenda import agenda_for
from school.forms.calendar import HolidayForm, PeriodsForm
from school.forms.organisation import (
    UPPER_SAME,
    FirstSchoolForm,
    SchoolForm,
    SystemsForm,
    ThresholdsForm,
    YearForm,
    systems_of,
    threshold_rows,
    zone_in_words,
)
from school.models import START, AcademicYear, Holiday, School, User
from school.permissions import can_edit_school, can_keep_municipality, can_open_first_school
from school.rules import academic_year_of
from school.selectors import current_year, school_counts
from school.selectors_classes import period_tables
from school.services.calendar import holiday_delete, holiday_save, periods_set, systems_set, year_delete, year_open
from school.services.settings import first_school_open, school_update, thresholds_set
from school.views.base import FormPage, answer_deed, answer_form, editor, reader, sent
from school.views.outdated import form_view


@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """What the school is, how far its data are, and where each part is kept."""
    user, school = reader(request)
    told = {
        "school": school,
        "year": current_year(school),
        "counts": school_counts(school),
        "editable": can_edit_school(user),
        "municipality_kept": can_keep_municipality(user),
        "zone": zone_in_words(school.timezone),
        "agenda": agenda_for(user, school.today()),
        "import_pupils": reverse("school:import_pupils"),
    }
    return render(request, "school/card.html", told)


@form_view
def edit(request: HttpRequest) -> HttpResponse:
    """Correct the school's card."""
    user, school = editor(request)
    form = SchoolForm(sent(request), instance=School.objects.select_related("municipality").get(pk=school.pk))

    def save() -> None:
        fields = {name: form.cleaned_data[name] for name in SchoolForm.Meta.fields}
        school_update(by=user, school=school, district=form.cleaned_data["district"], fields=fields)

    return answer_form(request, FormPage("Карточка школы", ("Школа", reverse("school:card"))), form, save)


@form_view
def thresholds(request: HttpRequest) -> HttpResponse:
    """The numbers by which the school judges, with the methodical ones; a form for those who may change them."""
    user, school = reader(request)
    if not can_edit_school(user) and request.method == "GET":
        return render(request, "school/thresholds.html", {"rows": threshold_rows(school.settings)})
    editor(request)
    form = ThresholdsForm(sent(request), instance=school.settings)
    page = FormPage(
        "Пороги",
        ("Школа", reverse("school:card")),
        done="Пороги сохранены, категории пересчитаны по ним.",
        meta="По ним ученик попадает в резерв, получает прогноз и сигнал; слабоуспевающие — на странице «Калибровка»",
        warning="Списки этого периода изменятся сразу. То, что уже утверждено, остаётся.",
    )
    return answer_form(request, page, form, lambda: thresholds_set(by=user, settings=form.save(commit=False)))


@form_view
def first_school(request: HttpRequest) -> HttpResponse:
    """An administrator who has no school opens one."""
    user = request.user
    if not isinstance(user, User) or not can_open_first_school(user):
        raise PermissionDenied("Школу открывает администратор, у которого её ещё нет.")
    initial = {"start": academic_year_of(date.today()), "periods": "quarters", "upper": "halfyears"}  # noqa: DTZ011
    form = FirstSchoolForm(sent(request), initial=initial)
    page = FormPage(
        "Новая школа",
        ("Начало", reverse("start")),
        button="Открыть школу",
        done="Школа открыта. Теперь загрузите учеников и сотрудников.",
        meta="вы станете её администратором",
    )

    def save() -> str:
        first_school_open(by=user, **form.cleaned_data)
        return reverse("school:card")

    return answer_form(request, page, form, save)


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """The school's academic years."""
    user, school = reader(request)
    told = {"years": school.years.all(), "current": current_year(school), "editable": can_edit_school(user)}
    return render(request, "school/year_list.html", told)


@form_view
def year_new(request: HttpRequest) -> HttpResponse:
    """Open another year."""
    user, school = editor(request)
    newest = school.years.first()
    initial = {
        "start": newest.start + 1 if newest else academic_year_of(school.today()),
        "main": newest.main_system if newest else "quarters",
        "upper": newest.upper_system if newest else "halfyears",
    }
    form = YearForm(sent(request), initial=initial)
    page = FormPage("Новый учебный год", ("Учебные годы", reverse("school:years")), "Открыть год", "Год открыт.")

    def save() -> str:
        told = form.cleaned_data
        upper = told["main"] if told["upper"] == UPPER_SAME else told["upper"]
        year = year_open(by=user, school=school, start=told["start"], main=told["main"], upper=upper)
        return reverse("school:year", args=[year.pk])

    return answer_form(request, page, form, save)


@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """Periods and holidays of one year."""
    user, school = reader(request)
    row = get_object_or_404(AcademicYear, pk=pk, school=school)
    told = {
        "year": row,
        "tables": period_tables(row),
        "holidays": row.holidays.all(),
        "editable": can_edit_school(user),
    }
    return render(request, "school/year_detail.html", told)


@require_POST
def year_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a year opened by mistake."""
    user, row, up = _edited_year(request, pk)
    done = f"Учебный год {row} удалён."
    return answer_deed(request, lambda: year_delete(by=user, year=row), done, up[1], reverse("school:years"))


def _edited_year(request: HttpRequest, pk: int) -> tuple[User, AcademicYear, tuple[str, str]]:
    user, school = editor(request)
    row = get_object_or_404(AcademicYear.objects.select_related("school"), pk=pk, school=school)
    return user, row, (f"Учебный год {row}", reverse("school:year", args=[row.pk]))


@form_view
def periods(request: HttpRequest, pk: int, system: str) -> HttpResponse:
    """Days of the periods of one system."""
    user, row, up = _edited_year(request, pk)
    found = list(row.periods.filter(system=system).exclude(system=START))
    form = PeriodsForm(sent(request), year=row, periods=found)
    page = FormPage(
        f"{found[0].get_system_display() if found else 'Периоды'} {row}",
        up,
        done="Даты периодов сохранены.",
        warning="Отметки относятся к периоду по дате: если границы сдвинуть, итоги сигналов и категорий пересчитаются.",
    )
    if not found:
        raise Http404
    return answer_form(request, page, form, lambda: periods_set(by=user, year=row, system=system, spans=form.spans()))


@form_view
def systems(request: HttpRequest, pk: int) -> HttpResponse:
    """Quarters, trimesters or half-years."""
    user, row, up = _edited_year(request, pk)
    form = SystemsForm(sent(request), initial=systems_of(row))
    page = FormPage("Вид учебных периодов", up, meta="меняется, пока по периодам ничего не записано")
    return answer_form(request, page, form, lambda: systems_set(by=user, year=row, **form.cleaned_data))


@form_view
def holiday_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add days without lessons."""
    user, row, up = _edited_year(request, pk)
    form = HolidayForm(sent(request), instance=Holiday(year=row))
    return answer_form(request, FormPage("Новые каникулы", up), form, lambda: _save_holiday(user, row, None, form))


@form_view
def holiday(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct days without lessons."""
    user, school = editor(request)
    found = get_object_or_404(Holiday.objects.select_related("year__school"), pk=pk, year__school=school)
    up = (f"Учебный год {found.year}", reverse("school:year", args=[found.year_id]))
    form = HolidayForm(sent(request), instance=found)
    page = FormPage(found.name, up)
    return answer_form(request, page, form, lambda: _save_holiday(user, found.year, found, form))


def _save_holiday(user: User, row: AcademicYear, found: Holiday | None, form: HolidayForm) -> None:
    told: dict[str, Any] = form.cleaned_data
    holiday_save(by=user, year=row, holiday=found, **told)


@require_POST
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take days without lessons away."""
    user, school = editor(request)
    found = get_object_or_404(Holiday, pk=pk, year__school=school)
    back = reverse("school:year", args=[found.year_id])
    return answer_deed(request, lambda: holiday_delete(by=user, holiday=found), "Каникулы удалены.", back)

"""External works: shares by class and subject, who wrote how, the alarm of too many twos and what was done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip
from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.rendering.charts import Series, line_chart
from documents.rendering.svg import Svg
from documents.services.reports import report_job_request
from gradebook.models import Procedure
from gradebook.permissions import can_plan_procedures
from gradebook.procedure_pages import tabs_for
from risk_registry.forms import WorksFilterForm, WorksReviewForm
from risk_registry.permissions import can_review_works, can_see_works, can_see_works_alarms, scope_of
from risk_registry.registration import ASSESSMENTS
from risk_registry.selectors.works import (
    Alarm,
    choices_of,
    numbers_of,
    works_alarms,
    works_table,
    works_years,
)
from risk_registry.services.works import works_review_add
from risk_registry.works_tables import works_workbook
from school.forms.filtering import ANY
from school.models import AcademicYear, School, SchoolClass, User
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import chips_of, whole_number
from school.views.outdated import form_view

_LABELS = {"kind": "Вид", "grade": "Параллель", "cls": "Класс", "subject": "Предмет"}


class _Frame:
    """The year that is asked about, its rows by the filter, and what may be chosen."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.school = works_reader(request)
        self.years = works_years(self.user)
        asked = whole_number(request.GET.get("year"))
        self.year = next((one for one in self.years if one.pk == asked), self.years[0] if self.years else None)
        every = works_table(self.user, self.school, self.year) if self.year is not None else []
        choices = choices_of(every)
        data = request.GET.copy()
        data["year"] = str(self.year.pk) if self.year is not None else ""
        self.form = WorksFilterForm(
            data,
            year=[(one.pk, str(one)) for one in self.years],
            kind=[*ANY, *choices.kinds.items()],
            grade=[*ANY, *choices.grades.items()],
            cls=[*ANY, *choices.classes.items()],
            subject=[*ANY, *choices.subjects.items()],
        )
        self.chosen = self.form.chosen()
        if self.year is not None and "cls" in self.chosen:
            every = works_table(self.user, self.school, self.year, school_class=self.chosen["cls"])
        self.rows = [row for row in every if self._is_chosen(row.work)]

    def _is_chosen(self, work: Procedure) -> bool:
        told = {"kind": work.kind, "grade": work.grade, "subject": work.subject_id}
        return all(self.chosen.get(name, value) == value for name, value in told.items())


def works_reader(request: HttpRequest) -> tuple[User, School]:
    user, school = reader(request)
    if not can_see_works(user):
        raise PermissionDenied("Оценочные процедуры видят учителя своих классов и администрация школы.")
    return user, School.objects.select_related("settings").get(pk=school.pk)


@require_GET
def works_list(request: HttpRequest) -> HttpResponse:
    """Shares of marks by work and class, beside the school's own marks."""
    frame = _Frame(request)
    told = {
        "year": frame.year,
        "rows": frame.rows,
        "form": frame.form,
        "chips": chips_of(request, frame.form, frame.chosen, _LABELS),
        "lead": counted(len(frame.rows), "работа", "работы", "работ"),
        "numbers": numbers_of(frame.school),
        "tabs": tabs_for(frame.user, "registry:works"),
        "query": request.GET.urlencode(),
        "whole": scope_of(frame.user).whole,
        "plans": can_plan_procedures(frame.user),
    }
    return render(request, "risk_registry/works_list.html", told)


@require_GET
def works_export(request: HttpRequest) -> HttpResponse:
    """The rows of the filtered list as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404("Оценочных процедур ещё нет.")
    answer = HttpResponse(works_workbook(frame.year, frame.rows), CONTENT_TYPES["xlsx"])
    name = f"Оценочные процедуры {frame.year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


@require_POST
def works_report(request: HttpRequest, format: str) -> HttpResponse:
    """Order the report of a year's procedures as a file; `?year=`, else the last with works. For who sees all."""
    user, school = works_reader(request)
    asked = whole_number(request.GET.get("year"))
    year = next((one for one in works_years(user) if asked in (None, one.pk)), None)
    if not scope_of(user).whole:
        raise PermissionDenied("Отчёт о работах всей школы получает тот, кто за неё отвечает.")
    if year is None or format not in ("pdf", "xlsx"):
        raise Http404
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=ASSESSMENTS,
            period=0,
            year=year.start,
            format=format,
            key=request.POST.get("once", ""),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("registry:works")
    return redirect("documents:job", pk=job.pk)


@require_GET
def works_alarms_page(request: HttpRequest) -> HttpResponse:
    """The alarms of a year, each with its works, its trend over the years and what was done."""
    user, school = works_reader(request)
    if not can_see_works_alarms(user):
        raise PermissionDenied("Тревогу видят администрация и классный руководитель своего класса.")
    years = works_years(user)
    asked = whole_number(request.GET.get("year"))
    year = next((one for one in years if one.pk == asked), years[0] if years else None)
    found = works_alarms(user, school, years, year) if year is not None else []
    told = {
        "year": year,
        "years": [Chip(str(one), f"?year={one.pk}", one == year) for one in years] if len(years) > 1 else [],
        "alarms": [(alarm, _chart(alarm)) for alarm in found],
        "numbers": numbers_of(school),
        "reviews": can_review_works(user),
        "tabs": tabs_for(user, "registry:works_alarms"),
    }
    return render(request, "risk_registry/works_alarms.html", told)


def _chart(alarm: Alarm) -> Svg | None:
    """The share of twos by year; nothing to draw from one year."""
    if len(alarm.trend) < 2:
        return None
    line = Series("двоек, %", tuple(point.percent for point in alarm.trend))
    return line_chart([point.title for point in alarm.trend], [line], f"Доля двоек: {alarm.title}")


@form_view
def works_review(request: HttpRequest) -> HttpResponse:
    """Write down what came of looking into the alarm of `?year=` and, when named, `?cls=`."""
    user, school = works_reader(request)
    if not can_review_works(user):
        raise PermissionDenied("Тревогу рассматривают директор и заместитель директора.")
    year = get_object_or_404(AcademicYear, school=school, pk=whole_number(request.GET.get("year")) or 0)
    key = whole_number(request.GET.get("cls"))
    school_class = get_object_or_404(SchoolClass, year=year, pk=key) if key is not None else None
    found = works_alarms(user, school, works_years(user), year)
    alarm = next((one for one in found if one.school_class == key), None)
    form = WorksReviewForm(sent(request), initial={"on": school.today()})
    up = ("Тревога по двойкам", f"{reverse('registry:works_alarms')}?year={year.pk}")
    page = FormPage("Рассмотрено", up, "Записать", "Записано.", meta=f"{school_class or school}, {year}")

    def save() -> None:
        works_review_add(
            by=user,
            year=year,
            school_class=school_class,
            procedures=[work.pk for work, _ in alarm.works] if alarm is not None else [],
            **form.cleaned_data,
        )

    return answer_form(request, page, form, save)

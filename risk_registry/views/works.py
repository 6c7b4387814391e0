"""External works: shares by class and subject, who wrote how, the alarm of too many twos and what was done about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from common.look import Chip, Tab
from common.russian import counted
from documents.formats import CONTENT_TYPES
from documents.rendering.charts import Series, line_chart
from documents.rendering.svg import Svg
from gradebook.models import Procedure
from risk_registry.forms import WorksFilterForm, WorksReviewForm
from risk_registry.permissions import can_review_works, can_see_works, can_see_works_alarms, scope_of
from risk_registry.selectors.works import (
    Alarm,
    WorkRow,
    choices_of,
    numbers_of,
    works_alarms,
    works_table,
    works_years,
    written_rows,
)
from risk_registry.services.works import works_review_add
from risk_registry.views.filtering import ANY, chips_of, query_without, whole_number
from risk_registry.works_tables import works_workbook
from school.models import AcademicYear, School, SchoolClass, User
from school.views.base import FormPage, answer_form, reader, sent
from school.views.outdated import form_view

_LABELS = {"cls": "Класс", "subject": "Предмет"}
_SHOWN = {"": "Все", "twos": "С двойкой", "lowered": "Ниже отметки", "raised": "Выше отметки"}


class _Frame:
    """The year that is asked about, its rows by the filter, and what may be chosen."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.school = _reader(request)
        self.years = works_years(self.user)
        asked = whole_number(request.GET.get("year"))
        self.year = next((one for one in self.years if one.pk == asked), self.years[0] if self.years else None)
        every = works_table(self.user, self.school, self.year) if self.year is not None else []
        classes, subjects = choices_of(every)
        data = request.GET.copy()
        data["year"] = str(self.year.pk) if self.year is not None else ""
        self.form = WorksFilterForm(
            data,
            year=[(one.pk, str(one)) for one in self.years],
            cls=[*ANY, *classes.items()],
            subject=[*ANY, *subjects.items()],
        )
        self.chosen = self.form.chosen()
        self.rows = every
        if self.year is not None and ("cls" in self.chosen or "subject" in self.chosen):
            told = {"school_class": self.chosen.get("cls"), "subject": self.chosen.get("subject")}
            self.rows = works_table(self.user, self.school, self.year, **told)


def _reader(request: HttpRequest) -> tuple[User, School]:
    user, school = reader(request)
    if not can_see_works(user):
        raise PermissionDenied("Внешние работы видят учителя своих классов и администрация школы.")
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
        "tabs": _tabs(frame.user, "works"),
        "query": request.GET.urlencode(),
    }
    return render(request, "risk_registry/works_list.html", told)


def _tabs(user: User, current: str) -> list[Tab]:
    tabs = [Tab("Работы", reverse("registry:works"), current == "works")]
    if can_see_works_alarms(user):
        tabs.append(Tab("Тревога по двойкам", reverse("registry:works_alarms"), current == "alarms"))
    return tabs if len(tabs) > 1 else []


@require_GET
def works_export(request: HttpRequest) -> HttpResponse:
    """The rows of the filtered list as a workbook."""
    frame = _Frame(request)
    if frame.year is None:
        raise Http404("Внешних работ ещё нет.")
    answer = HttpResponse(works_workbook(frame.year, frame.rows), CONTENT_TYPES["xlsx"])
    name = f"Внешние работы {frame.year}.xlsx".replace("/", "–")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


@require_GET
def work_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote one work and how; `?cls=` of one class, `?show=twos|lowered|raised` some of them."""
    user, school = _reader(request)
    work = get_object_or_404(Procedure.objects.filter(school=school).select_related("subject", "year"), pk=pk)
    row = _seen(user, school, work)
    chosen, show = whole_number(request.GET.get("cls")), request.GET.get("show", "")
    if not _may_open(user, row, chosen):
        chosen = None
    told = {
        "work": work,
        "row": row,
        "rows": _only(row, written_rows(user, school, work, school_class=chosen, show=show)),
        "classes": _class_chips(request, row, chosen),
        "shown": [_chip(request, key, title, show) for key, title in _SHOWN.items()],
    }
    return render(request, "risk_registry/work_detail.html", told)


def _seen(user: User, school: School, work: Procedure) -> WorkRow:
    """The work as the person sees it; 404 when none of its classes is theirs."""
    rows = works_table(user, school, work.year, subject=work.subject_id)
    row = next((one for one in rows if one.work.pk == work.pk), None)
    if row is None:
        raise Http404("Такой работы у вас нет.")
    return row


def _may_open(user: User, row: WorkRow, school_class: int | None) -> bool:
    return school_class is None or scope_of(user).sees(school_class, row.work.subject_id)


def _only(row: WorkRow, rows: list[Any]) -> list[Any]:
    """A subject teacher sees pupils of other classes for other reasons: not their works."""
    names = {part.name for part in row.parts}
    return [one for one in rows if row.total is not None or one.school_class in names]


def _class_chips(request: HttpRequest, row: WorkRow, chosen: int | None) -> list[Chip]:
    if len(row.parts) < 2:
        return []
    every = Chip("Все классы", query_without(request, "cls"), chosen is None)
    parts = [part for part in row.parts if part.school_class is not None]
    return [
        every,
        *(
            Chip(one.name, query_without(request, cls=str(one.school_class)), one.school_class == chosen)
            for one in parts
        ),
    ]


def _chip(request: HttpRequest, key: str, title: str, show: str) -> Chip:
    url = query_without(request, show=key) if key else query_without(request, "show")
    return Chip(title, url, key == show)


@require_GET
def works_alarms_page(request: HttpRequest) -> HttpResponse:
    """The alarms of a year, each with its works, its trend over the years and what was done."""
    user, school = _reader(request)
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
        "tabs": _tabs(user, "alarms"),
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
    user, school = _reader(request)
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

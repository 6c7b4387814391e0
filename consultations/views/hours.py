"""Hours of a specialist: one's own, and everybody's for those who keep all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Chip
from consultations.forms_meetings import ExceptionForm, HoursForm, LastDayForm
from consultations.models import HoursException, ServiceHours
from consultations.permissions import can_keep_hours, can_open_hours, can_see_schedule, specialists_of
from consultations.selectors.hours import hours_beside
from consultations.selectors.meetings import OUTSIDE, MeetingQuery, meetings
from consultations.services.hours import (
    exception_add,
    exception_correct,
    exception_remove,
    hours_add,
    hours_close,
    hours_correct,
)
from consultations.tabs import service_tabs
from consultations.words import ExceptionKind
from risk_registry.selectors.periods import main_periods
from school.access import access_of
from school.models import School, Staff, User
from school.selectors import current_year
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

KEEPERS_ONLY = "Часы ведут сам специалист, руководитель службы, заместитель директора и директор."


def service_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_schedule(user):
        raise PermissionDenied("Часы специалистов видят работники школы.")
    return user, school


def _kept(request: HttpRequest, pk: int) -> tuple[User, Staff]:
    """A specialist whose hours the person keeps; 404 for who is none, 403 when only seen."""
    user, _ = service_reader(request)
    staff = get_object_or_404(Staff.objects.select_related("school"), pk__in=_with_hours(user), pk=pk)
    if not can_keep_hours(user, staff):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, staff


def _with_hours(user: User) -> set[int]:
    """Specialists of today, and who was one and still has hours."""
    school = access_of(user).school
    had = ServiceHours.objects.filter(school=school).values_list("specialist", flat=True)
    return {*specialists_of(user).values_list("pk", flat=True), *had}


def _up(staff: Staff) -> tuple[str, str]:
    return f"Часы: {staff.short_name}", f"{reverse('service:hours')}?of={staff.pk}"


@require_GET
def hours_page(request: HttpRequest) -> HttpResponse:
    """`?of=` a specialist; one's own first, else the first by name."""
    user, school = service_reader(request)
    if not can_open_hours(user):
        raise PermissionDenied(KEEPERS_ONLY)
    staff = [one for one in specialists_of(user) if can_keep_hours(user, one)]
    own = access_of(user).staff
    wanted = whole_number(request.GET.get("of")) or (own.pk if own is not None else None)
    chosen = next((one for one in staff if one.pk == wanted), staff[0] if staff else None)
    told = {
        "chosen": chosen,
        "chips": [Chip(one.short_name, f"?of={one.pk}", one == chosen) for one in staff] if len(staff) > 1 else [],
        "today": school.today(),
        "tabs": service_tabs(user, "service:hours"),
    }
    if chosen is not None:
        told |= _of_staff(user, chosen, school)
    return render(request, "consultations/hours.html", told)


def _of_staff(user: User, staff: Staff, school: School) -> dict[str, Any]:
    today = school.today()
    rows = hours_beside(staff)
    changes = HoursException.objects.filter(specialist=staff, ends__gte=today).select_related("by__staff")
    outside = meetings(user, MeetingQuery(today, OUTSIDE, staff.pk))
    return {
        "now": [row for row in rows if row.ends >= today],
        "past": [row for row in rows if row.ends < today],
        "changes": changes,
        "outside": outside.count(),
    }


@form_view
def hours_new(request: HttpRequest, pk: int) -> HttpResponse:
    """New hours of every week."""
    user, staff = _kept(request, pk)
    year = current_year(staff.school)
    today = staff.school.today()
    begins = max(today, year.starts) if year is not None else today
    ends = max((period.ends for period in main_periods(year)), default=year.ends) if year is not None else today
    form = HoursForm(sent(request), initial={"minutes": 40, "begins": begins, "ends": ends})
    page = FormPage(f"Новые часы: {staff.short_name}", _up(staff), "Записать часы", done="Часы записаны.")

    def save() -> None:
        hours_add(by=user, specialist=staff, draft=form.draft())

    return answer_form(request, page, form, save)


def _hours(request: HttpRequest, pk: int) -> tuple[User, ServiceHours]:
    user, school = service_reader(request)
    hours = get_object_or_404(ServiceHours.objects.select_related("specialist__school"), pk=pk, school=school)
    if not can_keep_hours(user, hours.specialist):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, hours


@form_view
def hours_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written down wrong."""
    user, hours = _hours(request, pk)
    form = HoursForm(sent(request), hours=hours)
    page = FormPage(
        "Исправить часы",
        _up(hours.specialist),
        meta="Если часы меняются с какого-то дня, закройте эти и запишите новые: прошлое останется как было.",
        done="Часы исправлены. Записанные встречи остались; те, что теперь вне часов, — в списке «Вне часов приёма».",
    )

    def save() -> None:
        hours_correct(by=user, hours=hours, draft=form.draft())

    return answer_form(request, page, form, save)


@form_view
def hours_end(request: HttpRequest, pk: int) -> HttpResponse:
    """They are in force through a day."""
    user, hours = _hours(request, pk)
    form = LastDayForm(sent(request), initial={"last": hours.specialist.school.today()})
    page = FormPage(
        "Закрыть часы",
        _up(hours.specialist),
        "Закрыть",
        meta=f"{hours.get_weekday_display()}, {hours.time_words}, с {hours.begins:%d.%m.%Y}",
        done="Часы закрыты. Записанные встречи остались; те, что теперь вне часов, — в списке «Вне часов приёма».",
    )

    def save() -> None:
        hours_close(by=user, hours=hours, last=form.cleaned_data["last"])

    return answer_form(request, page, form, save)


@form_view
def exception_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Days that differ; `?kind=extra` begins with hours besides the week's."""
    user, staff = _kept(request, pk)
    today = staff.school.today()
    extra = request.GET.get("kind") == ExceptionKind.EXTRA
    kind = ExceptionKind.EXTRA if extra else ExceptionKind.OFF
    form = ExceptionForm(sent(request), initial={"kind": kind, "begins": today, "ends": today})
    title = "Дополнительный приём" if extra else "Приёма не будет"
    page = FormPage(f"{title}: {staff.short_name}", _up(staff), "Записать", done=_told(staff))

    def save() -> str | None:
        exception_add(by=user, specialist=staff, draft=form.draft())
        return None

    return answer_form(request, page, form, save)


def _told(staff: Staff) -> str:
    return "Записано. Встречи этих дней остались: те, что теперь вне часов, — в списке «Вне часов приёма»."


def _exception(request: HttpRequest, pk: int) -> tuple[User, HoursException]:
    user, school = service_reader(request)
    rows = HoursException.objects.select_related("specialist__school")
    found = get_object_or_404(rows, pk=pk, specialist__school=school)
    if not can_keep_hours(user, found.specialist):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, found


@form_view
def exception_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """It turned out otherwise."""
    user, found = _exception(request, pk)
    form = ExceptionForm(sent(request), exception=found)
    page = FormPage("Исправить исключение", _up(found.specialist), done=_told(found.specialist))

    def save() -> None:
        exception_correct(by=user, exception=found, draft=form.draft())

    return answer_form(request, page, form, save)


@require_POST
def exception_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The days do not differ after all."""
    user, found = _exception(request, pk)
    back = _up(found.specialist)[1]
    return answer_deed(request, lambda: exception_remove(by=user, exception=found), "Исключение убрано.", back)

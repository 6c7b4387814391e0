"""The page «Согласование»: where each class stands with the registry, by when, and reminders."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Tab
from risk_registry.permissions import can_decide_registry, can_see_approvals
from risk_registry.selectors.approvals import class_standings, term_of
from risk_registry.selectors.lists import PeriodChoice, period_choice
from risk_registry.services.reminding import reminder_send
from risk_registry.views.registry import reader
from school.access import access_of
from school.models import SchoolClass, User
from school.views.filtering import whole_number


@require_GET
def approvals_page(request: HttpRequest) -> HttpResponse:
    """The calendar of one period; periods that have begun are tabs."""
    user = _reader(request)
    choice = period_choice(user, whole_number(request.GET.get("period")))
    today = access_of(user).today
    if choice.period is None or today is None:
        return render(request, "risk_registry/approvals.html", {"period": None})
    term = term_of(choice.period, today, choice.holidays)
    lines = class_standings(user, term)
    told = {
        "period": choice.period,
        "classification": choice.classification,
        "term": term,
        "lines": [line for line in lines if line.all or line.removed],
        "quiet": [line for line in lines if not (line.all or line.removed)],
        "waiting": sum(line.waiting for line in lines),
        "ready": sum(line.agreed for line in lines),
        "late": [line for line in lines if line.late],
        "tabs": _tabs(choice, today),
        "reminds": can_decide_registry(user),
    }
    return render(request, "risk_registry/approvals.html", told)


def _tabs(choice: PeriodChoice, today: date) -> list[Tab]:
    assert choice.period is not None
    shown = [each for each in choice.periods if each.year_id == choice.period.year_id and each.starts <= today]
    return [Tab(each.title, f"?period={each.pk}", each.pk == choice.period.pk) for each in shown]


def _reader(request: HttpRequest) -> User:
    user = reader(request)
    if not can_see_approvals(user):
        raise PermissionDenied("Согласование видят заместитель директора и директор.")
    return user


@require_POST
def approvals_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the class teacher of one class."""
    user = _reader(request)
    school_class = get_object_or_404(
        SchoolClass.objects.select_related("class_teacher").filter(school=access_of(user).school), pk=pk
    )
    if not can_decide_registry(user):
        raise PermissionDenied("Напоминает заместитель директора.")
    period = period_choice(user, whole_number(request.POST.get("period"))).period
    if period is None or period.year_id != school_class.year_id:
        raise Http404
    try:
        done = reminder_send(by=user, period=period, school_class=school_class)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        mail = "письмо отправлено" if done.mailed else "письма нет: у логина не указана почта"
        messages.success(request, f"{school_class}: напоминание появилось на рабочем столе, {mail}.")
    return redirect(f"{reverse('registry:approvals')}?period={period.pk}")

"""Load of the service: figures of a period, and the list behind each of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Chip, Figure
from common.russian import decimal
from consultations.permissions_schedule import can_see_load, load_by_kind_listed, load_of_all
from consultations.registration_load import LOAD
from consultations.reports.load import facts, waiting_words
from consultations.selectors.load import (
    HOURS_OF,
    ServiceLoad,
    ahead,
    load_meetings,
    pupils_at_risk,
    pupils_met,
    service_load,
    unrecorded,
)
from consultations.selectors.meetings import lines_for
from consultations.tabs import service_tabs
from consultations.words import MeetingKind, MeetingState
from documents.services.reports import report_job_request
from risk_registry.selectors.lists import PeriodChoice, period_choice
from school.access import access_of, pupils_for
from school.models import Period, School, Staff, User
from school.selectors_pupils import with_seats
from school.views.base import asked, reader
from school.views.filtering import whole_number

_PAGE = 50
_MEETINGS = {
    "": "Все встречи",
    "held": "Состоявшиеся встречи",
    "missed": "Не пришли",
    "cancelled": "Отменённые встречи",
    "unrecorded": "Встречи без записи",
    "ahead": "Встречи впереди",
    "urgent": "Срочные встречи",
}
_PUPILS = {"met": "Группа риска: встреча состоялась", "unmet": "Группа риска: встреч не было"}


def load_reader(request: HttpRequest) -> tuple[User, School, PeriodChoice]:
    """Who sees figures, and the period that is asked about, by default the one under way."""
    user, school = reader(request)
    if not can_see_load(user):
        raise PermissionDenied("Нагрузку службы видят её специалисты (свою), руководитель, заместитель и директор.")
    return user, school, period_choice(user, whole_number(request.GET.get("period")), running=True)


@require_GET
def load_page(request: HttpRequest) -> HttpResponse:
    """The figures; `?period=`."""
    user, _, choice = load_reader(request)
    told: dict[str, Any] = {"tabs": service_tabs(user, "load:page"), "period": choice.period}
    if choice.period is not None:
        load = service_load(user, choice.period)
        chips = [
            Chip(period.title, f"?period={period.pk}", period == choice.period)
            for period in choice.periods
            if period.year == choice.period.year
        ]
        told |= {"load": load, "chips": chips, "figures": _figures(load, choice.period), "facts": facts(load)}
        told |= {"kinds": HOURS_OF, "by_kind": load_by_kind_listed(user)}
    return render(request, "consultations/load.html", told)


def _figures(load: ServiceLoad, period: Period) -> list[Figure]:
    address = f"{reverse('load:list')}?period={period.pk}&what="
    waiting = decimal(load.waiting.median) if load.waiting.median is not None else "—"
    return [
        Figure("Состоялось встреч", str(load.total.held), f"{address}held", f"из {load.total.booked}"),
        Figure("Часов", decimal(load.total.all_hours), f"{address}held"),
        Figure("Ждут записи о встрече", str(load.total.unrecorded), f"{address}unrecorded"),
        Figure("Дней от записи до встречи", waiting, f"{address}held", waiting_words(load.waiting).partition(", ")[2]),
        Figure("Охват группы риска", str(load.reach.met), f"{address}met", f"из {load.reach.of}"),
        Figure("Срочных", str(load.total.urgent), f"{address}urgent"),
    ]


@require_GET
def load_list(request: HttpRequest) -> HttpResponse:
    """What is behind a number: `?period=`, `?what=`, `?staff=`, `?kind=`; only what the person sees."""
    user, school, choice = load_reader(request)
    what = asked(request, "what")
    if choice.period is None or what not in _MEETINGS | _PUPILS:
        raise Http404("Такого списка нет.")
    if what in _PUPILS:
        return _pupils(request, user, school, choice.period, what)
    return _meetings(request, user, school, choice.period, what)


def _pupils(request: HttpRequest, user: User, school: School, period: Period, what: str) -> HttpResponse:
    found = pupils_met(load_meetings(user, period)).values("pk")
    at_risk, _ = pupils_at_risk(user, period)
    rows = pupils_for(user).filter(pk__in=at_risk.values("pk"))
    rows = rows.filter(pk__in=found) if what == "met" else rows.exclude(pk__in=found)
    page = Paginator(with_seats(rows, school.today()).order_by("sort_key", "pk"), _PAGE).get_page(
        request.GET.get("page")
    )
    told = {"heading": _PUPILS[what], "period": period, "page": page, "pupils": True}
    return render(request, "consultations/load_list.html", told)


def _meetings(request: HttpRequest, user: User, school: School, period: Period, what: str) -> HttpResponse:
    rows = load_meetings(user, period).filter(_wanted(what, school))
    staff = _staff(request, user, school)
    if staff is not None:
        rows = rows.filter(specialist=staff)
    kind = asked(request, "kind")
    if kind:
        if kind not in MeetingKind.codes() or not load_by_kind_listed(user):
            raise Http404("Такого списка нет.")
        rows = rows.filter(kind=kind)
    rows = rows.select_related("specialist", "colleague").prefetch_related(lines_for(user))
    page = Paginator(rows.order_by("-on", "-time_from", "pk"), _PAGE).get_page(request.GET.get("page"))
    told = {"heading": _MEETINGS[what], "period": period, "page": page, "staff": staff}
    return render(request, "consultations/load_list.html", told | {"kind": MeetingKind(kind) if kind else None})


def _staff(request: HttpRequest, user: User, school: School) -> Staff | None:
    """`?staff=`: one whose figures the person sees; 404 for any other."""
    wanted = request.GET.get("staff", "")
    if not wanted:
        return None
    rows = Staff.objects.filter(school=school)
    own = access_of(user).staff
    seen = rows if load_of_all(user) or own is None else rows.filter(pk=own.pk)
    return get_object_or_404(seen, pk=whole_number(wanted) or 0)


def _wanted(what: str, school: School) -> Q:
    today = school.today()
    return {
        "": Q(),
        "held": Q(state=MeetingState.HELD),
        "missed": Q(state=MeetingState.MISSED),
        "cancelled": Q(state=MeetingState.CANCELLED),
        "unrecorded": unrecorded(today),
        "ahead": ahead(today),
        "urgent": Q(urgent__isnull=False),
    }[what]


@require_POST
def load_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the figures as a file; `?period=`."""
    user, school, choice = load_reader(request)
    if choice.period is None or format not in ("pdf", "xlsx", "json"):
        raise Http404("Печатать нечего.")
    period = choice.period
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=LOAD,
            period=period.number,
            format=format,
            key=request.POST.get("once", ""),
            year=period.year.start,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("load:page")
    return redirect("documents:job", pk=job.pk)

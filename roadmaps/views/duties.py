"""«Мои обязанности», those of a colleague, of a role; the deeds behind a mark; the paper."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Chip, Tab
from documents.services.reports import report_job_request
from roadmaps.duty_words import DutyRole
from roadmaps.permissions_duties import (
    OUTSIDE,
    can_keep_duties,
    can_read_person,
    can_see_duties,
    duty_roles_of,
    people_of,
    roles_at,
)
from roadmaps.registration_duties import DUTIES
from roadmaps.selectors.duties import Line, Spans, card_of, lines_of_person, lines_of_role, present_spans
from roadmaps.selectors.duty_deeds import COMPUTED, KINDS
from roadmaps.selectors.duty_marks import deeds_behind
from school.access import access_of
from school.models import School, Staff, User
from school.views.base import asked, reader
from school.views.filtering import whole_number

TITLE = "Мои обязанности"
_FORMATS = ("pdf", "xlsx")
_MOST = 200


def duty_reader(request: HttpRequest) -> tuple[User, School, Staff]:
    """Whoever works in the school; 403 for logins without a person behind them."""
    user, school = reader(request)
    staff = access_of(user).staff
    if not can_see_duties(user) or staff is None:
        raise PermissionDenied("Обязанности по ролям видят сотрудники школы.")
    staff.school = school
    return user, school, staff


def duty_keeper(request: HttpRequest) -> tuple[User, School]:
    """The deputy and the director."""
    user, school, _ = duty_reader(request)
    if not can_keep_duties(user):
        raise PermissionDenied("Обязанности всех ролей видят и правят заместитель директора и директор.")
    return user, school


def asked_spans(request: HttpRequest, school: School) -> Spans | None:
    """The current year and the part of it that `?period=` names; None before the school has a year."""
    return present_spans(school, asked(request, "period"))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own duties with what is recorded."""
    user, school, staff = duty_reader(request)
    return _of_person(request, user, school, staff, duty_roles_of(user))


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a colleague, for who sees to the whole."""
    user, school, own = duty_reader(request)
    staff = get_object_or_404(Staff.objects.select_related("school"), pk=pk, school=school)
    if not can_read_person(user, staff):
        raise Http404
    if staff.pk == own.pk:
        return redirect("duties:mine")
    return _of_person(request, user, school, staff, roles_at(school, staff))


def _of_person(
    request: HttpRequest, user: User, school: School, staff: Staff, roles: Sequence[DutyRole]
) -> HttpResponse:
    told = asked_spans(request, school)
    shown: dict[str, Any] = {
        "staff": staff,
        "yearless": told is None and bool(roles),
        "mine": access_of(user).staff == staff,
        "tabs": tabs_of(user, "duties:mine" if access_of(user).staff == staff else ""),
        "parts": [],
    }
    if told is not None and roles:
        card = card_of(school)
        duties = [duty for role in roles for duty in card.of(role)]
        parts = parts_of(roles, lines_of_person(told, duties, staff))
        shown |= {"told": told, "chips": chips_of(told), "parts": parts}
    return render(request, "roadmaps/duties_mine.html", shown)


def parts_of(roles: Sequence[DutyRole], lines: Sequence[Line]) -> list[tuple[DutyRole, list[Line], list[Line]]]:
    """By role: what may have marks, and what is only told."""
    parts = []
    for role in roles:
        mine = [line for line in lines if line.duty.role == role]
        told = [line for line in mine if not line.duty.asked and line.empty]
        parts.append((role, [line for line in mine if line not in told], told))
    return parts


def chips_of(told: Spans, more: str = "") -> list[Chip]:
    """The periods of the year and the whole of it."""
    return [Chip(span.title, f"?period={span.number or 'year'}{more}", span == told.span) for span in told.spans]


def tabs_of(user: User, current: str) -> list[Tab]:
    """The card of all roles is offered to who keeps it."""
    if not can_keep_duties(user):
        return []
    pages = ((TITLE, "duties:mine"), ("По ролям", "duties:roles"))
    return [Tab(title, reverse(name), name == current) for title, name in pages]


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The duties of one role (`?role=`), who holds it, what of them is recorded."""
    user, school = duty_keeper(request)
    wanted = asked(request, "role")
    role = DutyRole(wanted) if wanted in DutyRole.codes() else DutyRole.DEPUTY
    told = asked_spans(request, school)
    card = card_of(school)
    shown: dict[str, Any] = {"role": role, "tabs": tabs_of(user, "duties:roles"), "told": told}
    people = people_of(school)
    shown["people"], shown["outside"] = people.of(role), role in OUTSIDE
    shown["off"] = [one for one in card.off if one.duty.role == role]
    query = f"&{told.query}" if told is not None else ""
    shown["roles"] = [Chip(each.label, f"?role={each.value}{query}", each == role) for each in DutyRole]
    if told is not None:
        shown["chips"] = chips_of(told, f"&role={role.value}")
        shown["lines"] = lines_of_role(told, card.of(role), people.staff, people.holders)
    return render(request, "roadmaps/duties_roles.html", shown)


@require_GET
def deeds(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The deeds behind a mark: one's own, a colleague's for who may, or (`shared`) those of the whole school."""
    user, school, own = duty_reader(request)
    duty, told = card_of(school).find(code), asked_spans(request, school)
    if duty is None or told is None or kind not in COMPUTED.get(code, ()):
        raise Http404
    key = whole_number(request.GET.get("staff"))
    staff = get_object_or_404(Staff, pk=key, school=school) if key is not None else None
    if staff is not None and not can_read_person(user, staff):
        raise Http404
    if staff is None and not can_keep_duties(user) and not (duty.shared and duty.role in duty_roles_of(user)):
        raise Http404
    rows = deeds_behind(told.asked, kind, staff.pk if staff is not None else None, _MOST + 1)
    up = "duties:mine" if staff is not None and staff.pk == own.pk else ""
    shown = {"duty": duty, "kind": KINDS[kind], "rows": rows[:_MOST], "more": len(rows) > _MOST, "staff": staff}
    shown |= {"told": told, "up": f"{reverse(up)}?{told.query}" if up else _up(duty.role, staff, told)}
    return render(request, "roadmaps/duties_deeds.html", shown)


def _up(role: DutyRole, staff: Staff | None, told: Spans) -> str:
    if staff is not None:
        return f"{reverse('duties:person', args=[staff.pk])}?{told.query}"
    return f"{reverse('duties:roles')}?role={role.value}&{told.query}"


@require_POST
def duties_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the paper of a person (`staff`), of a role (`role`), or of all roles, for a period or the year."""
    user, school, _ = duty_reader(request)
    if format not in _FORMATS:
        raise Http404
    extra = {name: request.POST[name] for name in ("staff", "role") if request.POST.get(name)}
    if not may_order(user, school, extra):
        raise Http404
    told = asked_spans(request, school)
    wanted = request.POST.get("period", "")
    job = report_job_request(
        by=user,
        school=school,
        kind=DUTIES,
        period=next((span.number for span in told.spans if str(span.number) == wanted), 0) if told else 0,
        format=format,
        key=f"duties:{format}:{request.POST.get('once', '')[:64]}",
        extra=extra,
    )
    return redirect("documents:job", pk=job.pk)


def may_order(user: User, school: School, extra: dict[str, str]) -> bool:
    """Everything for who keeps the card; others their own sheet."""
    if "staff" not in extra:
        return can_keep_duties(user)
    key = whole_number(extra["staff"])
    staff = Staff.objects.filter(pk=key, school=school).first() if key is not None else None
    return staff is not None and can_read_person(user, staff)

"""The page «Калибровка»: how long the lists become, and the school's choice by its order."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import decimal
from risk_registry.forms import CalibrationForm
from risk_registry.models import Calibration
from risk_registry.permissions import can_calibrate, can_see_calibration
from risk_registry.selectors.calibration import MAX_RESULTS, MIN_MARKS, REGIONAL_SHARE, calibration_grid
from risk_registry.selectors.lists import PeriodChoice, period_choice
from risk_registry.services.calibration import calibration_choose, registry_was_approved
from school.access import access_of
from school.models import School, SchoolSettings, User
from school.views.filtering import whole_number


@require_http_methods(["GET", "POST"])
def calibration_page(request: HttpRequest) -> HttpResponse:
    """The grid of choices for a period; the deputy keeps one of them."""
    user, school = _reader(request)
    settings = SchoolSettings.objects.get(school=school)
    form = _form(request, user, settings)
    if request.method == "POST":
        if not can_calibrate(user):
            raise PermissionDenied("Пороги выбирает заместитель директора.")
        if form is not None and form.is_valid() and _choose(request, user, school, form):
            return redirect("registry:calibration")
    told = _context(user, school, settings, period_choice(user, whole_number(request.GET.get("period")), begins=False))
    status = 422 if form is not None and form.errors else 200
    return render(request, "risk_registry/calibration.html", {**told, "form": form}, status=status)


def _reader(request: HttpRequest) -> tuple[User, School]:
    user: Any = request.user
    school = access_of(user).school
    if school is None or not can_see_calibration(user):
        raise PermissionDenied("Калибровку видят директор и заместитель директора.")
    return user, school


def _form(request: HttpRequest, user: User, settings: SchoolSettings) -> CalibrationForm | None:
    """Filled with the cell that was clicked, else with what holds now; nobody but the deputy gets one."""
    if not can_calibrate(user):
        return None
    initial = {
        "weak_min_marks": whole_number(request.GET.get("marks")) or settings.weak_min_marks,
        "weak_max_result": whole_number(request.GET.get("result")) or settings.weak_max_result,
    }
    return CalibrationForm(request.POST or None, marks=MIN_MARKS, results=MAX_RESULTS, initial=initial)


def _choose(request: HttpRequest, user: User, school: School, form: CalibrationForm) -> bool:
    try:
        calibration_choose(by=user, school=school, seen=_seen(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, "Пороги записаны, категории пересчитаны.")
    return True


def _seen(request: HttpRequest) -> tuple[int, int] | None:
    """The thresholds that stood on the page, as its form sends them: «1:5»."""
    marks, _, result = request.POST.get("seen", "").partition(":")
    return (int(marks), int(result)) if marks.isdecimal() and result.isdecimal() else None


def _context(user: User, school: School, settings: SchoolSettings, choice: PeriodChoice) -> dict[str, Any]:
    orders = Calibration.objects.filter(school=school).select_related("by__staff")
    return {
        "period": choice.period,
        "periods": choice.periods,
        "grid": calibration_grid(choice.period) if choice.period is not None else None,
        "results": MAX_RESULTS,
        "marks": MIN_MARKS,
        "region": decimal(REGIONAL_SHARE),
        "settings": settings,
        "orders": orders,
        "was_approved": registry_was_approved(school),
    }

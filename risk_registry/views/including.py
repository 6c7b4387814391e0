"""Putting a pupil into the registry by a person's decision: first the class, then who and why."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from risk_registry.categories import Category
from risk_registry.forms import IncludeForm
from risk_registry.links import registry_link
from risk_registry.permissions import can_decide_registry
from risk_registry.selectors.including import includable_pupils, seat_of, subjects_of
from risk_registry.selectors.lists import classes_of, period_choice
from risk_registry.services.registry import entry_include
from risk_registry.views.registry import reader
from school.models import Period, SchoolClass, User
from school.views.filtering import whole_number


@require_http_methods(["GET", "POST"])
def include_page(request: HttpRequest) -> HttpResponse:
    """The form for one class of one period; without a class, the choice of it."""
    user = reader(request)
    if not can_decide_registry(user):
        raise PermissionDenied("В реестр включает заместитель директора.")
    period = period_choice(user, whole_number(request.GET.get("period"))).period
    classes = [each.school_class for each in classes_of(user, period)] if period is not None else []
    chosen = next((each for each in classes if each.pk == whole_number(request.GET.get("cls"))), None)
    told = {"period": period, "classes": classes, "chosen": chosen}
    if period is None or chosen is None:
        return render(request, "risk_registry/include.html", told)
    form = _form(request, user, period, chosen)
    if request.method == "POST" and form.is_valid() and _include(request, user, period, form):
        return redirect(registry_link(period=period.pk, cls=chosen.pk))
    return render(request, "risk_registry/include.html", {**told, "form": form}, status=422 if form.errors else 200)


def _form(request: HttpRequest, user: User, period: Period, school_class: SchoolClass) -> IncludeForm:
    pupils = includable_pupils(user, period, school_class)
    return IncludeForm(
        request.POST or None,
        pupils=[(pupil.pk, pupil.full_name) for pupil in pupils],
        subjects=[(subject.pk, subject.name) for subject in subjects_of(school_class)],
    )


def _include(request: HttpRequest, user: User, period: Period, form: IncludeForm) -> bool:
    told = form.cleaned_data
    pupil, school_class = seat_of(user, told["pupil"], period)
    try:
        entry_include(
            by=user,
            period=period,
            pupil=pupil,
            school_class=school_class,
            category=Category(told["category"]),
            subjects=told["subjects"],
            grounds=told["grounds"],
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, f"{pupil.list_name}: запись предложена. Её ещё надо утвердить.")
    return True

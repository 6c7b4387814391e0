"""«Напоминания»: the letter of the morning and the calendar, by the person themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk.forms import DigestForm
from desk.models import Reminders
from desk.permissions import can_see_agenda
from desk.services.reminders import calendar_end, calendar_issue, digest_set
from school.models import User
from school.views.base import sent
from school.views.outdated import form_view


@form_view
def page(request: HttpRequest) -> HttpResponse:
    """What is ordered now; a POST orders or leaves the morning's letter."""
    user = _person(request)
    row = Reminders.objects.filter(user=user).first()
    known = row.email if row is not None else user.email or (user.staff.email if user.staff else "")
    form = DigestForm(sent(request), initial={"digest": bool(row and row.digest), "email": known})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["digest"]
        digest_set(by=user, wanted=wanted, email=form.cleaned_data["email"])
        messages.success(request, "Письмо будет приходить по утрам." if wanted else "Писем не будет.")
        return redirect("desk:reminders")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/reminders.html", {"form": form, "row": row}, status=status)


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown this once."""
    key = calendar_issue(by=_person(request))
    address = request.build_absolute_uri(f"{reverse('desk:calendar')}?key={key}")
    return render(request, "desk/calendar_issued.html", {"address": address}, status=201)


@require_POST
def calendar_withdraw(request: HttpRequest) -> HttpResponse:
    """The address answers nobody any more."""
    calendar_end(by=_person(request))
    messages.success(request, "Адрес календаря больше не действует.")
    return redirect("desk:reminders")


def _person(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not can_see_agenda(user):
        raise PermissionDenied("Напоминания есть у тех, у кого есть обязанности в школе.")
    return user

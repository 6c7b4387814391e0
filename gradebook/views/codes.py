"""Codes of participants: loading the file that says whose they are; for those who load results."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Refused
from common.russian import counted
from gradebook.forms_procedures import CodesForm
from gradebook.models import ParticipantCode
from gradebook.permissions import can_keep_codes
from gradebook.procedure_pages import tabs_for
from gradebook.services.codes import CodesLoaded, codes_forget, codes_load, codes_read
from school.models import AcademicYear, User
from school.selectors import current_year
from school.views.base import answer_deed, reader, sent
from school.views.outdated import form_view

_ONLY = "Коды участников ведут те, кто загружает результаты: администрация школы."


def _keeper(request: HttpRequest) -> tuple[User, AcademicYear]:
    user, school = reader(request)
    if not can_keep_codes(user):
        raise PermissionDenied(_ONLY)
    year = current_year(school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    return user, year


@form_view
def codes(request: HttpRequest) -> HttpResponse:
    """How many codes each grade has, and a file of more; refused rows are listed at once."""
    user, year = _keeper(request)
    form = CodesForm(sent(request), request.FILES or None)
    loaded = _load(user, year, form) if request.method == "POST" and form.is_valid() else None
    if loaded is not None and not loaded.rejected:
        written = counted(loaded.written, "код", "кода", "кодов")
        messages.success(request, f"Записано: {written}, уже стояли: {loaded.unchanged}.")
        return redirect("procedures:codes")
    grades = ParticipantCode.objects.filter(year=year).order_by("grade").values_list("grade").annotate(Count("pk"))
    told = {
        "year": year,
        "form": form,
        "loaded": loaded,
        "grades": list(grades),
        "tabs": tabs_for(user, "procedures:codes"),
    }
    for_person = form.errors or (loaded is not None and loaded.rejected)
    return render(request, "gradebook/codes.html", told, status=422 if for_person else 200)


def _load(user: User, year: AcademicYear, form: CodesForm) -> CodesLoaded | None:
    file = form.cleaned_data["file"]
    try:
        loaded = codes_load(by=user, year=year, parsed=codes_read(file.read(), file.name))
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return None
    return loaded


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take all codes of the year away."""
    user, year = _keeper(request)
    return answer_deed(
        request, lambda: codes_forget(by=user, year=year), "Коды года удалены.", reverse("procedures:codes")
    )

"""«Сводка руководителя»: one page for the director and the deputy, and its paper."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.permissions import can_see_summary
from desk.summary_paper import summary_of, summary_request
from school.access import access_of
from school.models import School, User


def _reader(request: HttpRequest) -> tuple[User, School]:
    user = cast(User, request.user)
    school = access_of(user).school
    if school is None or not can_see_summary(user):
        raise PermissionDenied("Сводку открывают директор и заместитель директора.")
    return user, School.objects.select_related("settings").get(pk=school.pk)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Against the plan, what is late and whose, what changed, what to sign, what the plan lacks."""
    user, school = _reader(request)
    return render(request, "desk/summary.html", {"summary": summary_of(user, school)})


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """The paper, by the worker."""
    user, school = _reader(request)
    job = summary_request(by=user, school=school, key=f"summary:{request.POST.get('once', '')[:64]}")
    return redirect("documents:job", pk=job.pk)

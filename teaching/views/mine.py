"""«Моё развитие»: one teacher's own records; a colleague's for who leads the methodical work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from school.models import Staff, User
from teaching.permissions import can_visit
from teaching.reports.paper import OWN, may_read_person
from teaching.selectors.own import own_records
from teaching.views.base import tabs_of, teaching_reader, writer
from teaching.views.lists import FORMATS, order


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own page: what is written, what waits, a tap away from writing more."""
    user, _, staff = writer(request)
    shown = {"own": own_records(user, staff), "mine": True, "tabs": tabs_of(user, "mine")}
    return render(request, "teaching/mine.html", shown)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a colleague."""
    user, staff = _read_person(request, pk)
    shown = {
        "own": own_records(user, staff),
        "mine": False,
        "tabs": tabs_of(user, ""),
        "visits": can_visit(user),
    }
    return render(request, "teaching/mine.html", shown)


@require_POST
def person_print(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Order the sheet of a teacher; the worker makes the file."""
    user, staff = _read_person(request, pk)
    if format not in FORMATS:
        raise Http404
    return order(request, user, staff.school, format, {"what": OWN, "person": staff.pk})


def _read_person(request: HttpRequest, pk: int) -> tuple[User, Staff]:
    user, school = teaching_reader(request)
    staff = get_object_or_404(Staff.objects.select_related("school"), pk=pk, school=school)
    if not may_read_person(user, staff):
        raise Http404
    return user, staff

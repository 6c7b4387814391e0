"""Who opened what is restricted."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from school.access import pupils_for
from school.permissions import can_see_readings
from school.selectors_readings import reading_rows
from school.views.base import asked, reader

_PER_PAGE = 50


@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """The log, the newest first; `?pupil=12` about one pupil, `?user=3` of one person."""
    user, _ = reader(request)
    if not can_see_readings(user):
        raise PermissionDenied("Кто открывал закрытые сведения, видят директор и администратор.")
    about, by = asked(request, "pupil"), asked(request, "user")
    pupil = get_object_or_404(pupils_for(user), pk=int(about)) if about.isdecimal() else None
    rows = reading_rows(user, pupil=pupil, reader=int(by) if by.isdecimal() else None)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "school/readings.html", {"page": page, "pupil": pupil, "by": by})

"""Urgent meetings without a consent: the list, the circumstances on a click that is logged, taking note."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from consultations.models import UrgentGrounds
from consultations.permissions import can_note_urgent, can_read_urgent, can_see_urgent
from consultations.selectors.meetings import urgent_ones
from consultations.selectors.urgent_words import urgent_words
from consultations.services.allowing import urgent_note
from consultations.tabs import service_tabs
from consultations.views.hours import service_reader
from school.models import User
from school.views.base import answer_deed


@require_GET
def urgent_list(request: HttpRequest) -> HttpResponse:
    """Every urgent meeting of the school; the words are not here."""
    user, _ = service_reader(request)
    if not can_see_urgent(user):
        raise PermissionDenied("Список срочных встреч видят руководитель службы, заместитель директора и директор.")
    rows = list(urgent_ones(user))
    told = {
        "rows": [(one, can_read_urgent(user, one)) for one in rows],
        "waiting": sum(one.seen_at is None for one in rows),
        "notes": can_note_urgent(user),
        "tabs": service_tabs(user, "service:urgent"),
    }
    return render(request, "consultations/urgent.html", told)


def _urgent(request: HttpRequest, pk: int) -> tuple[User, UrgentGrounds]:
    user, _ = service_reader(request)
    return user, get_object_or_404(urgent_ones(user), pk=pk)


@require_POST
def urgent_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The circumstances. The reading is logged with its reader."""
    user, urgent = _urgent(request, pk)
    if not can_read_urgent(user, urgent):
        raise PermissionDenied("Обстоятельства читают автор записи, специалист встречи и руководитель службы.")
    told = {"urgent": urgent, "words": urgent_words(user, urgent), "meeting": urgent.appointment}
    return render(request, "consultations/urgent_words.html", told)


@require_POST
def urgent_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the service takes note."""
    user, urgent = _urgent(request, pk)
    if not can_note_urgent(user):
        raise PermissionDenied("Срочные встречи принимает к сведению руководитель службы.")
    back = reverse("service:urgent")
    return answer_deed(request, lambda: urgent_note(by=user, urgent=urgent), "Принято к сведению.", back)

"""Papers of the social passport and of consents: workbooks, and the blank to be signed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from desk.consent_form import form_request, forms_request
from desk.social_files import consents_workbook, social_workbook
from documents.formats import CONTENT_TYPES
from school.permissions import can_keep_consents, can_see_social_passport
from school.purposes import Purpose
from school.selectors_social import NOT_YOURS
from school.views.base import asked, reader, visible_pupil
from school.views.consents import KEEPERS_ONLY
from school.views.social import asked_class, asked_day


@require_GET
def social_export(request: HttpRequest) -> HttpResponse:
    """The page of the social passport as a workbook, with names; logged for each of them."""
    user, school = reader(request)
    if not can_see_social_passport(user):
        raise PermissionDenied(NOT_YOURS)
    chosen = asked_class(request, user)
    day = asked_day(request) or school.today()
    content = social_workbook(user, day, chosen.pk if chosen else None)
    return _attached(content, f"Социальный паспорт {chosen or 'школы'} на {day:%d.%m.%Y}.xlsx")


@require_GET
def consents_export(request: HttpRequest) -> HttpResponse:
    """The list of consents as it is filtered."""
    user, school = reader(request)
    if not can_see_social_passport(user):
        raise PermissionDenied(KEEPERS_ONLY)
    content = consents_workbook(user, school_class=asked(request, "class"), missing=asked(request, "missing"))
    return _attached(content, f"Согласия на {school.today():%d.%m.%Y}.xlsx")


@require_POST
def consent_blank(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Order the blank of a consent, then to the work that prints it."""
    user, pupil = visible_pupil(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    if not can_keep_consents(user, pupil):
        raise PermissionDenied(KEEPERS_ONLY)
    job = form_request(by=user, pupil=pupil, purpose=Purpose(purpose), key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)


@require_POST
def consent_blanks(request: HttpRequest, purpose: str) -> HttpResponse:
    """Order the blanks of all who lack this consent, of the class that the list shows."""
    user, school = reader(request)
    if purpose not in Purpose.values:
        raise Http404
    if not can_see_social_passport(user):
        raise PermissionDenied(KEEPERS_ONLY)
    chosen, key = asked(request, "class"), request.POST.get("once", "")
    job = forms_request(by=user, school=school, purpose=Purpose(purpose), school_class=chosen, key=key)
    return redirect("documents:job", pk=job.pk)


def _attached(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer

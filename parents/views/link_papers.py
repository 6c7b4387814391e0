"""Notices with QR codes, ordered as background work."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from parents.link_papers import kept, papers_request
from parents.models import Notice
from parents.permissions import can_keep_notice, can_make_notices
from parents.selectors.notices import notices
from parents.views.notices import PRINT_MOST, notice_query, notice_reader
from school.models import School, User

_MAKERS = "Ссылки на уведомления передают классный руководитель, администрация и служба."


def _maker(request: HttpRequest) -> tuple[User, School]:
    user, school = notice_reader(request)
    if not settings.PUBLIC_URL:
        raise Http404("Адрес Опоры для родителей не задан.")
    if not can_make_notices(user):
        raise PermissionDenied(_MAKERS)
    return user, school


@require_POST
def notice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One."""
    user, school = _maker(request)
    notice = get_object_or_404(Notice.objects.visible_to(user), pk=pk)
    if not can_keep_notice(user, notice):
        raise PermissionDenied(_MAKERS)
    return _ordered(request, user, school, [pk])


@require_POST
def notice_papers(request: HttpRequest) -> HttpResponse:
    """The register as it is filtered, those that the person keeps."""
    user, school = _maker(request)
    found = notices(user, notice_query(request, user, school)[2]).values_list("pk", flat=True)[: PRINT_MOST + 1]
    keys = list(kept(user, {"school": school.pk, "notices": list(found)}).values_list("pk", flat=True))
    if not keys or len(keys) > PRINT_MOST:
        messages.error(request, f"В один файл печатается от одного до {PRINT_MOST} уведомлений: сузьте отбор.")
        return redirect(f"{reverse('notices:list')}?{request.GET.urlencode()}")
    return _ordered(request, user, school, keys)


def _ordered(request: HttpRequest, user: User, school: School, keys: list[int]) -> HttpResponse:
    told = request.POST.get("once", "")[:64]
    job = papers_request(by=user, school=school, notices=keys, key=f"links:{told}:{keys[0]}:{len(keys)}")
    return redirect("documents:job", pk=job.pk)

"""The project's addresses and a few that fail on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as own
from school.models import Municipality

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError("Ковтун Матвей, алгебра")


@login_not_required
def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def suspects(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("странно")


@login_not_required
def overflows(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig("много")


def makes(request: HttpRequest) -> HttpResponse:
    """A deed with a visible trace: one municipality a run."""
    name = request.POST.get("name", "")
    if not name:
        return render(request, "400.html", status=int(request.POST.get("status", "200")))
    Municipality.objects.create(name=f"{name} {Municipality.objects.count()}")
    if name == "падает":
        raise ValueError
    if name == "частично":
        return HttpResponse("часть страницы")
    return HttpResponseRedirect(f"/made/{Municipality.objects.count()}/")


urlpatterns: list[URLPattern | URLResolver] = [
    *own,
    path("breaks/", breaks),
    path("forbids/", forbids),
    path("suspects/", suspects),
    path("overflows/", overflows),
    path("makes/", makes),
]

"""The application's addresses and one view that does nothing: what it costs is the price of a request."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, behind the whole stack of middleware."""
    return HttpResponse("")


urlpatterns = [path("bench-empty/", empty), path("", include("config.urls"))]

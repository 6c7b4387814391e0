"""What every answer of the application carries, whatever page made it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render, resolve_url

GetResponse = Callable[[HttpRequest], HttpResponse]

# Nothing inline, nothing from elsewhere. `data:` serves the pictures inside Bootstrap's style sheet (ticks, arrows).
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def protective_headers(get_response: GetResponse) -> GetResponse:
    """Content policy, permissions and `no-store`: pages hold facts about children, shared computers keep copies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def htmx_login(get_response: GetResponse) -> GetResponse:
    """A part of a page asked for after the session ended: the whole page goes to the door, not the part."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        target = response.get("Location", "")
        if request.headers.get("HX-Request") and target.startswith(resolve_url(settings.LOGIN_URL)):
            sent = HttpResponse(status=204)
            sent["HX-Refresh"] = "true"
            return sent
        return response

    return middleware


def wrong_method(get_response: GetResponse) -> GetResponse:
    """An address that only takes forms, opened by itself: a page with a way out in place of an empty one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    return middleware


class Doorkeeper(LoginRequiredMiddleware):
    """Everything but what says otherwise needs a login; a form sent too late leads back to the page it stood on."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        """To the door, and from there back to where the person was."""
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        before = urlsplit(request.headers.get("Referer", ""))
        page = before.path if before.netloc == request.get_host() else "/"
        return redirect_to_login(page, resolve_url(settings.LOGIN_URL))

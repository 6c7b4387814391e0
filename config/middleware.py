"""What every answer of the application carries, whatever page made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

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

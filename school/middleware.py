"""What holds for every request of a person who is logged in."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from school.models import User
from school.services.once import LONGEST, OnceKept, once_begin, once_finish

GetResponse = Callable[[HttpRequest], HttpResponse]


def school_clock(get_response: GetResponse) -> GetResponse:
    """Show moments by the clock of the person's school."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.school is not None:
            with timezone.override(user.school.timezone):
                return get_response(request)
        return get_response(request)

    return middleware


def forced_password_change(get_response: GetResponse) -> GetResponse:
    """A one-time password opens one page: the one where it is changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.must_change_password and request.path not in _open_paths():
            return redirect("account_change_password")
        return get_response(request)

    return middleware


def _open_paths() -> set[str]:
    return {reverse("account_change_password"), reverse("account_logout"), reverse("healthz")}


class OnceMiddleware:
    """The same form sent twice makes one thing (docs/trust.md, 21).

    Every form that changes something carries the `once` token of `{% form_token %}`. The view runs in one
    transaction with the token's row: a second sending waits for the first and is led to where the first led.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run a guarded view here, or leave the request to go its way."""
        if request.method != "POST" or not isinstance(request.user, User):
            return None
        token = request.POST.get("once", "")
        if not token:
            return None
        if not _is_ours(token):
            raise SuspiciousOperation("the form's token is not one of ours")
        with transaction.atomic():
            kept = once_begin(by=request.user, token=token)
            if kept is not None:
                return _answer_again(request, kept)
            response = view(request, *args, **kwargs)
            once_finish(by=request.user, token=token, done=_is_done(request, response), location=_location(response))
            return response


def _is_ours(token: str) -> bool:
    """Views put it into the keys of the work they order: nothing long, nothing that a database cannot hold."""
    return len(token) <= LONGEST and token.isprintable()


def _is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """A page shown again with errors did nothing: its token may be sent once more (after «back», for one)."""
    if response.status_code in (201, 204) or 300 <= response.status_code < 400:
        return True
    return response.status_code < 300 and bool(request.headers.get("HX-Request"))


def _location(response: HttpResponse) -> str:
    return str(response.get("Location") or response.get("HX-Redirect") or "")


def _answer_again(request: HttpRequest, kept: OnceKept) -> HttpResponse:
    if request.headers.get("HX-Request"):
        again = HttpResponse(status=204)
        if kept.location:
            again["HX-Redirect"] = kept.location
        return again
    if kept.location:
        return HttpResponseRedirect(kept.location)
    return render(request, "already_done.html", status=409)

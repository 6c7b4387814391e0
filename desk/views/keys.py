"""The sheet of keys as a page, for those who come by a link; «?» shows the same over any page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from school.models import User
from school.navigation import nav_for


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Which keys do what for this person; here they are turned off, too."""
    user = request.user
    assert isinstance(user, User)  # a visitor is at the door
    return render(request, "desk/keys.html", {"groups": nav_for(user, request.path, counts=False)})

"""«Мои отборы»: keeping a filtered list, renaming, choosing the one to open with, forgetting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from desk.models import FilteredPage, SavedFilter
from desk.own_filters import own_filters_changed
from desk.permissions import can_see_agenda
from desk.services.filters import filter_change, filter_remove, filter_save, tidy_query
from school.models import User


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All of the person's filters, by list."""
    rows = list(SavedFilter.objects.filter(user=_person(request)).order_by("page", "name"))
    groups = [(FilteredPage(key).label, [row for row in rows if row.page == key]) for key in FilteredPage.values]
    return render(request, "desk/filters.html", {"groups": [(title, found) for title, found in groups if found]})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now, and return to it."""
    user, target, query = _person(request), request.POST.get("page", ""), request.POST.get("query", "")
    if target not in FilteredPage.values:
        raise Http404
    name, default = request.POST.get("name", "")[:60], "default" in request.POST
    try:
        kept = filter_save(by=user, page=target, name=name, query=query, default=default)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse(target)}?{tidy_query(query) or 'plain=1'}")
    own_filters_changed(request.session)
    messages.success(request, f"Отбор «{kept.name}» запомнен.")
    return redirect(f"{reverse(target)}?{kept.query}")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, or choose to open with it."""
    user = _person(request)
    kept = get_object_or_404(SavedFilter.objects.filter(user=user), pk=pk)
    name, default = request.POST.get("name", "")[:60], "default" in request.POST
    try:
        filter_change(by=user, kept=kept, name=name, default=default)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        own_filters_changed(request.session)
        messages.success(request, "Сохранено.")
    return redirect("desk:filters")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget it."""
    user = _person(request)
    kept = get_object_or_404(SavedFilter.objects.filter(user=user), pk=pk)
    filter_remove(by=user, kept=kept)
    own_filters_changed(request.session)
    messages.success(request, f"Отбор «{kept.name}» удалён.")
    return redirect("desk:filters")


def _person(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not can_see_agenda(user):
        raise PermissionDenied("Отборы есть у тех, у кого есть обязанности в школе.")
    return user

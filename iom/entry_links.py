"""From an entry of the registry to its route: the one that goes on, else the form which makes one."""

from django.urls import reverse

from iom.models import Route
from iom.permissions_routes import can_make_for
from iom.words import RouteKind
from risk_registry.categories import EntryState
from risk_registry.entry_links import EntryLink
from risk_registry.models import RegistryEntry
from school.models import User

_OUT = (EntryState.REMOVED, EntryState.WITHDRAWN)


def route_links(user: User, entry: RegistryEntry) -> list[EntryLink]:
    """Routes for special needs are not told of here: reading of them is logged where they open."""
    rows = Route.objects.visible_to(user).going().filter(pupil=entry.pupil_id).exclude(kind=RouteKind.NEEDS)
    found = [
        EntryLink(f"Маршрут: {RouteKind(kind).label.lower()}", reverse("routes:route", args=[key]))
        for key, kind in rows.order_by("pk").values_list("pk", "kind")
    ]
    if found or entry.state in _OUT or not can_make_for(user, entry.pupil):
        return found
    return [EntryLink("Составить маршрут", f"{reverse('routes:new', args=[entry.pupil_id])}?entry={entry.pk}")]

"""From a teacher's professional gaps, kept on a floor below, to the route that closes them."""

from collections.abc import Collection

from django.urls import reverse

from common.russian import date_short
from iom.models import Route
from iom.words import RouteKind
from school.models import User
from teaching.links import PersonLink


def teacher_route_links(user: User, staff: Collection[int]) -> dict[int, PersonLink]:
    """The going route of each of these teachers, of those that the person sees; one query."""
    rows = Route.objects.visible_to(user).going().filter(kind=RouteKind.TEACHER, staff__in=staff)
    return {
        owner: PersonLink(f"Маршрут педагога до {date_short(ends)}", reverse("routes:route", args=[key]))
        for key, owner, ends in rows.order_by("pk").values_list("pk", "staff", "ends")
    }

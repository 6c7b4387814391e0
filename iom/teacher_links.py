"""From a teacher's professional gaps, kept on a floor below, to the route that closes them."""

from collections.abc import Collection

from django.urls import reverse

from common.russian import date_short
from iom.models import Route
from iom.permissions_routes import can_make_colleagues, can_make_own
from iom.words import RouteKind
from school.models import User
from teaching.links import PersonLink


def teacher_route_links(user: User, staff: Collection[int]) -> dict[int, PersonLink]:
    """The going route of each of these teachers, of those that the person sees; of a teacher without one the page that
    makes it, for whoever may. One query."""
    rows = Route.objects.visible_to(user).going().filter(kind=RouteKind.TEACHER, staff__in=staff)
    going = {
        owner: PersonLink(f"Маршрут педагога до {date_short(ends)}", reverse("routes:route", args=[key]))
        for key, owner, ends in rows.order_by("pk").values_list("pk", "staff", "ends")
    }
    return {key: _making(key) for key in staff if _may_make(user, key)} | going


def _may_make(user: User, staff: int) -> bool:
    return can_make_colleagues(user) or (staff == user.staff_id and can_make_own(user))


def _making(staff: int) -> PersonLink:
    return PersonLink("Составить маршрут педагога", f"{reverse('routes:teacher_new')}?staff={staff}")

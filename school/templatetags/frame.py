"""The frame around every page: navigation, banner, who is at work."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from common.russian import date_long
from school.access import access_of
from school.models import User
from school.navigation import nav_for, search_url
from school.roles import Role
from school.selectors import demo_day_of

register = template.Library()


@register.inclusion_tag("components/side.html", takes_context=True)
def side(context: Context) -> dict[str, Any]:
    """Brand, search, navigation and the person; for a visitor only the brand."""
    request = context["request"]
    user = request.user
    if not isinstance(user, User):
        return {"user": None}
    access = access_of(user)
    return {
        "user": user,
        "school": access.school,
        "duties": ", ".join(role.label for role in Role if role in access.roles),
        "groups": nav_for(user, request.path),
        "search_url": search_url() if access.school is not None else "",
        "query": request.GET.get("q", "") if request.path == search_url() else "",
        "csrf_token": context.get("csrf_token"),
        "sessions_url": reverse("usersessions_list"),
        "reminders_url": reverse("desk:reminders") if access.school is not None and access.roles else "",
    }


@register.simple_tag(takes_context=True)
def demo_today(context: Context) -> Any:
    """The day at which a demo school's clock stands; nothing for an ordinary school.

    A coordinator of the municipality is told it, too: the schools that one sees may be a demo's.
    """
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return None
    school = access_of(user).school
    return demo_day_of(user.municipality_id) if school is None else school.demo_today


@register.simple_tag(takes_context=True)
def paper_line(context: Context) -> str:
    """What stands above a printed page: the school and the day."""
    user = getattr(context.get("request"), "user", None)
    school = access_of(user).school if isinstance(user, User) else None
    return f"{school.name}. Напечатано {date_long(school.today())}" if school is not None else ""

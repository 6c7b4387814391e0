"""Where a page offers a personal link to parents; nothing where the school is not reachable from outside."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from iom.models import Route
from iom.words import RouteState
from parents.models import Notice
from parents.permissions import can_keep_notice, can_link_route
from parents.rules.notices import REPLY_IN
from parents.selectors.links import links_of_notice
from parents.words import NoticeKind, NoticeState
from risk_registry.models import Signal
from school.models import User

register = template.Library()


def _reachable(context: Context) -> User | None:
    user = context["request"].user
    return user if settings.PUBLIC_URL and isinstance(user, User) else None


@register.simple_tag(takes_context=True)
def route_link_url(context: Context, route: Route) -> str:
    """Where the parents are asked about a route by a link; empty when they are not, or by somebody else."""
    user = _reachable(context)
    asked = user is not None and route.state == RouteState.WITH_PARENTS and can_link_route(user, route)
    return reverse("links:route", args=[route.pk]) if asked else ""


@register.simple_tag
def links_reachable() -> bool:
    """Whether the school is reachable from outside."""
    return bool(settings.PUBLIC_URL)


@register.inclusion_tag("parents/_notice_links.html", takes_context=True)
def notice_links(context: Context, notice: Notice) -> dict[str, Any]:
    """The links of a notice, with what is done about them, for whoever keeps it."""
    user = _reachable(context)
    if user is None or not can_keep_notice(user, notice):
        return {"shown": False}
    lines = links_of_notice(user, notice.pk)
    live = notice.state != NoticeState.WITHDRAWN
    return {
        "shown": bool(lines) or live,
        "lines": lines,
        "live": live,
        "notice": notice,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


@register.inclusion_tag("parents/_notice_at_once.html", takes_context=True)
def notice_at_once(context: Context, signal: Signal, rule: str) -> dict[str, Any]:
    """One click makes the notice that a signal asks for; beside it the form, for an invitation and words."""
    kind = NoticeKind.ABSENCES if rule == "absences" else NoticeKind.MARKS
    page = reverse("notices:new", args=[signal.pupil_id])
    return {
        "url": f"{page}?signal={signal.pk}&kind={kind.value}&period={signal.period_id}",
        "signal": signal,
        "reply_by": signal.school.today() + REPLY_IN,
        "csrf_token": context.get("csrf_token"),
    }

"""The way from a pupil to what is restricted, for whom there is one."""

from typing import Any

from django import template
from django.template import Context

from school.models import Pupil
from school.permissions import can_see_readings, can_see_social_record

register = template.Library()


@register.inclusion_tag("school/_restricted_links.html", takes_context=True)
def restricted_links(context: Context, pupil: Pupil) -> dict[str, Any]:
    """Links to the social passport, the consents and the log of readings; at most one query, for a class teacher."""
    user = context["request"].user
    return {"pupil": pupil, "social": can_see_social_record(user, pupil), "readings": can_see_readings(user)}

"""What events for parents add to the story of a pupil: that somebody came for them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from common.names import initials
from parents.event_words import EventKind, EventState
from parents.models import EventMark
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem


def with_events(pupils: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Pupils with what `event_items` tells; no query of its own."""
    rows = EventMark.objects.filter(pupil=OuterRef("pk"), came=True, event__state=EventState.HELD)
    names = {"last": "guardian__last_name", "first": "guardian__first_name", "middle": "guardian__middle_name"}
    told = JSONObject(key="event", on="event__on", kind="event__kind", title="event__title", **names)
    return pupils.annotate(events_told=ArraySubquery(rows.order_by("event__on", "pk").values(told=told)))


def event_items(pupil: Pupil, year: AcademicYear | None) -> list[TimelineItem]:
    """Events of the year to which a parent came; of a pupil `with_events`. No query."""
    told: list[Mapping[str, Any]] = getattr(pupil, "events_told", [])
    who: dict[int, list[str]] = {}
    for one in told:
        name = initials(one["last"] or "", one["first"] or "", one["middle"] or "")
        who.setdefault(one["key"], []).append(name or "другой человек")
    events = {one["key"]: one for one in told}
    items = [_item(one, who[key]) for key, one in events.items()]
    return [item for item in items if year is not None and year.starts <= item.on <= year.ends]


def _item(one: Mapping[str, Any], who: list[str]) -> TimelineItem:
    url = reverse("events:event", args=[one["key"]])
    title = f"{EventKind(one['kind']).label}, были:"
    return TimelineItem(date.fromisoformat(one["on"]), "deed", title, f"{', '.join(who)}; «{one['title']}»", url=url)

"""What events for parents ask of people: those to come, what past ones lack, decisions to carry out."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from parents.event_words import OF_WHAT, EventKind, EventState
from parents.models import EventClass, EventDecision, EventMark, ParentEvent
from parents.permissions_events import can_see_events, classes_to_invite, plans_for_all
from parents.rules.events import EventFacts, lacking
from parents.selectors.events import everybody, grades, waiting
from school.access import access_of
from school.asking import Asked, Told, day_told, listed, maybe_day, time_told
from school.models import Level, User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def events_asked(user: User, day: date) -> Asked:
    """Of events that the person leads, planned, or to which the own class is invited. Titles name nobody."""
    if not can_see_events(user):
        return Asked()
    mine = Q(leader=access_of(user).staff, leader__isnull=False) | Q(by=user)
    ahead = Q(state=EventState.PLANNED, on__range=(day, day + _SOON))
    rows = ParentEvent.objects.visible_to(user).annotate(marked=Exists(EventMark.objects.filter(event=OuterRef("pk"))))
    found = rows.filter((ahead & (mine | _of_own_class(user))) | (mine & waiting(day)))
    names = ("kind", "title", "on", "starts_at", "place", "state", "marked", "concluded_on")
    told = listed(found.order_by("on", "starts_at", "pk")[:_MOST], key="pk", **{name: name for name in names})
    columns = {"events": told, "decisions": _decisions(user, day)}
    return Asked(columns, lambda told: [*_events(told, day), *_to_keep(told)])


def _events(told: Told, day: date) -> Iterator[AgendaItem]:
    for row in told["events"] or ():
        url, kind, on = reverse("events:event", args=[row["key"]]), EventKind(row["kind"]).label, day_told(row["on"])
        if on >= day and row["state"] == EventState.PLANNED:
            at = f", {time_told(row['starts_at']):%H:%M}" if row["starts_at"] else ""
            yield AgendaItem(kind, url, f"{row['title']}{at}" + (f", {row['place']}" if row["place"] else ""), on)
        facts = EventFacts(row["kind"], row["state"], on, row["marked"], row["concluded_on"] is not None)
        for one in lacking(facts, day):
            yield AgendaItem(f"{kind}: {one.label[:1].lower()}{one.label[1:]}", url, row["title"], on)


def _of_own_class(user: User) -> Q:
    """A class teacher is reminded of what the own class is invited to; others of their own events alone."""
    if plans_for_all(user):
        return Q(pk__in=[])
    led = classes_to_invite(user).order_by()
    found = Q(Exists(EventClass.objects.filter(event=OuterRef("pk"), school_class__in=led.values("pk"))))
    for level in Level.values:
        found |= Q(levels__contains=[level]) & Q(Exists(led.filter(grade__in=grades(level))))
    return found | (everybody() & Q(Exists(led)))


def _decisions(user: User, day: date) -> ArraySubquery:
    """Those that the person answers for; those of nobody in the school come back to who planned the event."""
    own = Q(responsible=access_of(user).staff, responsible__isnull=False) | Q(responsible__isnull=True, event__by=user)
    rows = EventDecision.objects.filter(own, event__in=ParentEvent.objects.visible_to(user).order_by().values("pk"))
    found = rows.filter(kept_on__isnull=True, due__lte=day + _SOON).exclude(event__state=EventState.CANCELLED)
    names = {name: name for name in ("text", "who", "due")}
    told = {"answers": F("responsible_id"), "kind": F("event__kind")}
    return listed(found.order_by("due", "pk")[:_MOST], key="pk", **names, **told)


def _to_keep(told: Told) -> Iterator[AgendaItem]:
    for row in told["decisions"] or ():
        about = row["text"] if row["answers"] is not None else f"{row['text']} — {row['who']}"
        title = f"Выполнить решение {OF_WHAT[EventKind(row['kind'])]}"
        url = reverse("events:decision_kept", args=[row["key"]])
        yield AgendaItem(title, url, about, maybe_day(row["due"]))

"""What events for parents ask of people: those to come, what past ones lack, decisions to carry out."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from parents.event_words import OF_WHAT, EventKind, EventState
from parents.models import EventClass, EventDecision, EventMark, ParentEvent
from parents.permissions_events import can_see_events, classes_to_invite, plans_for_all
from parents.selectors.events import everybody, lacks, waiting
from school.access import Viewer, access_of
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def events_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Of events that the person leads, planned, or to which the own class is invited; two queries, for class teachers
    three. Titles name nobody."""
    if not isinstance(user, User) or not can_see_events(user):
        return []
    return [*_events(user, day), *_decisions(user, day)]


def _events(user: User, day: date) -> Iterator[AgendaItem]:
    mine = Q(leader=access_of(user).staff, leader__isnull=False) | Q(by=user)
    ahead = Q(state=EventState.PLANNED, on__range=(day, day + _SOON))
    rows = ParentEvent.objects.visible_to(user).annotate(marked=Exists(EventMark.objects.filter(event=OuterRef("pk"))))
    found = rows.filter((ahead & (mine | _of_own_class(user))) | (mine & waiting(day)))
    for row in found.order_by("on", "starts_at", "pk")[:_MOST]:
        url, kind = reverse("events:event", args=[row.pk]), EventKind(row.kind).label
        if row.on >= day and row.state == EventState.PLANNED:
            at = f", {row.starts_at:%H:%M}" if row.starts_at else ""
            yield AgendaItem(kind, url, f"{row.title}{at}" + (f", {row.place}" if row.place else ""), row.on)
        for one in lacks(row, day):
            yield AgendaItem(f"{kind}: {one.label[:1].lower()}{one.label[1:]}", url, row.title, row.on)


def _of_own_class(user: User) -> Q:
    """A class teacher is reminded of what the own class is invited to; others of their own events alone."""
    if plans_for_all(user):
        return Q(pk__in=[])
    led = list(classes_to_invite(user))
    if not led:
        return Q(pk__in=[])
    named = EventClass.objects.filter(event=OuterRef("pk"), school_class__in=[one.pk for one in led])
    return Q(Exists(named)) | Q(levels__overlap=[one.level.value for one in led]) | everybody()


def _decisions(user: User, day: date) -> Iterator[AgendaItem]:
    """Those that the person answers for; those of nobody in the school come back to who planned the event."""
    own = Q(responsible=access_of(user).staff, responsible__isnull=False) | Q(responsible__isnull=True, event__by=user)
    rows = EventDecision.objects.filter(own, event__in=ParentEvent.objects.visible_to(user).order_by().values("pk"))
    found = rows.filter(kept_on__isnull=True, due__lte=day + _SOON).exclude(event__state=EventState.CANCELLED)
    for row in found.select_related("event").order_by("due", "pk")[:_MOST]:
        about = row.text if row.responsible_id is not None else f"{row.text} — {row.who}"
        title = f"Выполнить решение {OF_WHAT[EventKind(row.event.kind)]}"
        yield AgendaItem(title, reverse("events:decision_kept", args=[row.pk]), about, row.due)

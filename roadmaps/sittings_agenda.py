"""What sittings ask of a person: those to come, past ones without an outcome or protocol, decisions to carry out."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from roadmaps.models import StaffDecision, StaffSitting, StaffSittingPerson
from roadmaps.permissions_sittings import can_see_sittings
from roadmaps.selectors.sittings import waiting
from roadmaps.sitting_words import OF_KIND, SittingKind, SittingState, lacking
from roadmaps.sitting_workflow import STANDING
from school.access import access_of
from school.asking import Asked, Told, day_told, listed, time_told
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=7)
_DUE = timedelta(days=14)
_MOST = 10


def sittings_asked(user: User, day: date) -> Asked:
    """Sittings of the week to which the person is invited, those that wait for the person's record; own decisions,
    until they are done."""
    staff = access_of(user).staff
    if staff is None or not can_see_sittings(user):
        return Asked()
    invited = StaffSittingPerson.objects.filter(sitting=OuterRef("pk"), staff=staff)
    ahead = Q(Exists(invited), state=SittingState.PLANNED, on__range=(day, day + _SOON))
    writes = Q(secretary=staff) | Q(secretary__isnull=True, by=user)
    leads = Q(chair=staff, state=SittingState.HELD)
    rows = StaffSitting.objects.visible_to(user).filter(ahead | ((writes | leads) & waiting(day) & Q(on__lte=day)))
    names = ("kind", "title", "on", "starts_at", "place", "state", "signed_on")
    asked = listed(rows.order_by("on", "starts_at", "pk")[:_MOST], key="pk", **{name: name for name in names})
    own = StaffDecision.objects.visible_to(user).filter(responsible=staff, state__in=STANDING, due__lte=day + _DUE)
    own = own.exclude(sitting__state=SittingState.CANCELLED).order_by("due", "pk")
    decisions = listed(own[:_MOST], key="pk", text="text", due="due", kind=F("sitting__kind"))
    columns = {"sittings": asked, "decisions": decisions}
    return Asked(columns, lambda told: [*_sittings(told["sittings"] or (), day), *_decisions(told["decisions"] or ())])


def _sittings(rows: Iterable[Told], day: date) -> Iterator[AgendaItem]:
    for row in rows:
        url, kind, on = (
            reverse("sittings:sitting", args=[row["key"]]),
            SittingKind(row["kind"]).label,
            day_told(row["on"]),
        )
        lacks = lacking(row["state"], on, signed=row["signed_on"] is not None, today=day)
        if lacks:
            signs = row["state"] == SittingState.HELD
            yield AgendaItem(f"{kind}: {lacks[:1].lower()}{lacks[1:]}", url, row["title"], on, signs)
        else:
            at = f"{time_told(row['starts_at']):%H:%M}" if row["starts_at"] else ""
            yield AgendaItem(kind, url, ", ".join(part for part in (row["title"], at, row["place"]) if part), on)


def _decisions(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        title = f"Выполнить решение {OF_KIND[SittingKind(row['kind'])]}"
        yield AgendaItem(
            title, reverse("sittings:decision", args=[row["key"], "done"]), row["text"], day_told(row["due"])
        )

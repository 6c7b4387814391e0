"""What councils ask of whoever works with pupils: decisions to carry out, sittings to come, agreements to check."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from consultations.councils import SHORT, CaseState, CouncilKind, DecisionState, SittingState
from consultations.models import CouncilDecision, CouncilMember, MediationCase, Sitting
from consultations.permissions_councils import can_see_councils
from school.access import access_of
from school.asking import Asked, Told, day_told, listed, maybe_day, time_told
from school.models import Staff, User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def councils_asked(user: User, day: date) -> Asked:
    """Of the person's own part in councils; titles name nobody."""
    staff = access_of(user).staff
    if staff is None or not can_see_councils(user):
        return Asked()
    return Asked(
        {"decisions": _decisions(staff, day), "sittings": _invited(staff, day), "cases": _cases(staff, day)}, _told
    )


def _decisions(staff: Staff, day: date) -> object:
    """Those to carry out."""
    rows = CouncilDecision.objects.filter(
        Q(due__lte=day + _SOON) | Q(due__isnull=True),
        responsible=staff,
        state=DecisionState.OPEN,
        question__sitting__state__in=(SittingState.HELD, SittingState.SIGNED),
    )
    sitting = "question__sitting"
    return listed(
        rows.order_by("due", "pk")[:_MOST],
        key="pk",
        due="due",
        kind=F(f"{sitting}__council__kind"),
        on=F(f"{sitting}__on"),
    )


def _invited(staff: Staff, day: date) -> object:
    """Sittings to come in which the person takes part, as a member or as a guest."""
    rows = Sitting.objects.filter(people__staff=staff, state=SittingState.PLANNED, on__range=(day, day + _SOON))
    names = ("council", "on", "starts_at", "room")
    found = rows.order_by("on", "starts_at")[:_MOST]
    return listed(found, kind=F("council__kind"), **{name: name for name in names})


def _cases(staff: Staff, day: date) -> object:
    """What was agreed is looked at again on its day, by whoever is in the service of mediation."""
    sits = CouncilMember.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day),
        staff=staff,
        begins__lte=day,
        council__kind=CouncilKind.MEDIATION,
        council__ended_on__isnull=True,
        council__school=OuterRef("school"),
    )
    rows = MediationCase.objects.filter(
        Exists(sits), mediator=staff, state=CaseState.AGREED, kept__isnull=True, check_on__lte=day + _SOON
    )
    return listed(rows.order_by("check_on"), key="pk", number="number", check_on="check_on")


def _told(told: Told) -> Iterator[AgendaItem]:
    for row in told["decisions"] or ():
        url, held = reverse("councils:decision_answer", args=[row["key"]]), day_told(row["on"])
        title = f"{SHORT[CouncilKind(row['kind'])]}: выполнить решение"
        yield AgendaItem(title, url, f"заседание {held:%d.%m}", maybe_day(row["due"]))
    for row in told["sittings"] or ():
        yield _sitting(row)
    for row in told["cases"] or ():
        url = reverse("councils:case_close", args=[row["key"]])
        about, due = f"случай № {row['number']}", day_told(row["check_on"])
        yield AgendaItem("Медиация: проверить договорённость", url, about, due)


def _sitting(row: Told) -> AgendaItem:
    on = day_told(row["on"])
    at = f" в {time_told(row['starts_at']):%H:%M}" if row["starts_at"] else ""
    place = f"{on:%d.%m}{at}" + (f", каб. {row['room']}" if row["room"] else "")
    url = reverse("councils:council", args=[row["council"]])
    return AgendaItem(f"{SHORT[CouncilKind(row['kind'])]}: заседание", url, place, on)

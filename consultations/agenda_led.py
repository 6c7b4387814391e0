"""What is due of the councils in which the person is chair, deputy or secretary: papers, decisions, petitions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from common.russian import counted
from consultations.councils import LEADS, SHORT, CouncilKind, DecisionState, PetitionState, SittingState
from consultations.models import Conclusion, Council, CouncilDecision, CouncilMember, Petition, Sitting
from consultations.permissions_councils import can_see_councils
from consultations.rules.councils import Spans, half_years, parents_due, protocol_due, teachers_due
from school.access import access_of
from school.asking import Asked, Told, day_told, listed, numbered
from school.models import Holiday, User
from school.shared import AgendaItem


def led_asked(user: User, day: date) -> Asked:
    """One column: each council that the person runs with what waits in it; titles name nobody."""
    access = access_of(user)
    if access.staff is None or not can_see_councils(user):
        return Asked()
    leads = CouncilMember.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day),
        council=OuterRef("pk"),
        staff=access.staff,
        begins__lte=day,
        role__in=[role.value for role in LEADS],
    )
    rows = Council.objects.filter(
        Exists(leads), school=access.school, ended_on__isnull=True, year__starts__lte=day, year__ends__gte=day
    )
    return Asked({"led": listed(rows.order_by("pk"), **_of_council(day))}, lambda told: _told(told["led"] or (), day))


def _of_council(day: date) -> dict[str, Any]:
    """What is read of each council."""
    sittings = Sitting.objects.filter(council=OuterRef("pk")).exclude(state=SittingState.CANCELLED)
    here = {"question__sitting__council": OuterRef("pk")}
    late = CouncilDecision.objects.filter(state=DecisionState.OPEN, due__lt=day, **here)
    sent = Petition.objects.filter(
        school=OuterRef("school"), year=OuterRef("year"), kind=OuterRef("kind"), state=PetitionState.SENT
    )
    holidays = Holiday.objects.filter(year=OuterRef("year"), first_grade_only=False).order_by("starts")
    return {
        "key": "pk",
        "kind": "kind",
        "year": F("year__start"),
        "papers": _papers(sittings, day),
        "late": numbered(late, by="question__sitting__council"),
        "sent": numbered(sent),
        "planned": listed(sittings.filter(by_plan=True).order_by("pk"), on="on"),
        "holidays": listed(holidays, starts="starts", ends="ends"),
    }


def _papers(sittings: Any, day: date) -> Any:
    """Sittings of which something is not done: to say whether it was, to sign, to hand over."""
    of_it = Conclusion.objects.filter(question__sitting=OuterRef("pk"))
    rows = sittings.filter(on__lte=day).annotate(
        to_parents=Exists(of_it.filter(given_on__isnull=True)),
        to_teachers=Exists(of_it.filter(teachers_on__isnull=True)),
    )
    unsaid = Q(state=SittingState.PLANNED, on__lt=day)
    found = rows.filter(unsaid | Q(state=SittingState.HELD) | Q(to_parents=True) | Q(to_teachers=True))
    names = ("on", "state", "to_parents", "to_teachers")
    return listed(found.order_by("on", "pk"), key="pk", **{name: name for name in names})


def _told(councils: Sequence[Told], day: date) -> Iterator[AgendaItem]:
    for one in councils:
        holidays = [(day_told(span["starts"]), day_told(span["ends"])) for span in one["holidays"] or ()]
        for paper in one["papers"] or ():
            yield from _of_paper(SHORT[CouncilKind(one["kind"])], paper, holidays)
    yield from _numbers(councils)
    for one in councils:
        if one["kind"] == CouncilKind.PPK:
            yield from _missing(one, day)


def _of_paper(name: str, paper: Told, holidays: Spans) -> Iterator[AgendaItem]:
    on, url = day_told(paper["on"]), reverse("councils:sitting", args=[paper["key"]])
    about = f"заседание {on:%d.%m}"
    if paper["state"] == SittingState.PLANNED:
        yield AgendaItem(f"{name}: отметить, состоялось ли заседание", url, about, on)
    if paper["state"] == SittingState.HELD:
        yield AgendaItem(f"{name}: подписать протокол", url, about, protocol_due(on, holidays), signs=True)
    if paper["to_parents"]:
        yield AgendaItem(f"{name}: передать заключение родителям", url, about, parents_due(on))
    if paper["to_teachers"]:
        yield AgendaItem(f"{name}: довести заключение до педагогов", url, about, teachers_due(on, holidays))


def _numbers(councils: Sequence[Told]) -> Iterator[AgendaItem]:
    late = sum(one["late"] or 0 for one in councils)
    if late:
        words = counted(late, "решение", "решения", "решений")
        url = f"{reverse('councils:decisions')}?show=late"
        yield AgendaItem(f"Советы: срок прошёл, {words}", url, "спросить ответственных")
    sent = sum({one["kind"]: one["sent"] or 0 for one in councils}.values())
    if sent:
        words = counted(sent, "ходатайство", "ходатайства", "ходатайств")
        url = f"{reverse('councils:petitions')}?state={PetitionState.SENT.value}"
        yield AgendaItem(f"Советы: ждут рассмотрения, {words}", url, "поставить в повестку или отклонить")


def _missing(one: Told, day: date) -> Iterator[AgendaItem]:
    """A half-year that goes on without a planned sitting of the ППк."""
    planned = [day_told(row["on"]) for row in one["planned"] or ()]
    for half in half_years(one["year"], planned):
        if half.is_missing() and half.starts <= day <= half.ends:
            url = reverse("councils:sitting_new", args=[one["key"]])
            yield AgendaItem("ППк: назначить плановое заседание", url, half.title, half.ends)

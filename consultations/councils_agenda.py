"""What councils ask of people: sittings to come, papers that are due, decisions to carry out, petitions that wait."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse

from common.russian import counted
from consultations.councils import LEADS, SHORT, CaseState, CouncilKind, DecisionState, PetitionState, SittingState
from consultations.models import Conclusion, Council, CouncilDecision, MediationCase, Petition, Sitting
from consultations.permissions_councils import can_see_councils
from consultations.permissions_seen_councils import seats_of
from consultations.rules.councils import half_years, parents_due, protocol_due, teachers_due
from school.access import Viewer, access_of
from school.models import User
from school.selectors import holiday_spans
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def councils_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Of the person's own councils and decisions; titles name nobody. Three queries, more only for members."""
    if not isinstance(user, User) or not can_see_councils(user):
        return []
    found = [*_decisions(user, day), *_invited(user, day)]
    seats = seats_of(user)
    if any(kind == CouncilKind.MEDIATION for kind, _ in seats):
        found += _cases(user, day)
    if any(role in LEADS for _, role in seats):
        found += _led(user, day)
    return found


def _decisions(user: User, day: date) -> Iterator[AgendaItem]:
    """Those to carry out: each by its page, without its words."""
    rows = CouncilDecision.objects.filter(
        responsible=access_of(user).staff,
        state=DecisionState.OPEN,
        question__sitting__state__in=(SittingState.HELD, SittingState.SIGNED),
    )
    soon = rows.filter(Q(due__lte=day + _SOON) | Q(due__isnull=True)).select_related("question__sitting__council")
    for row in soon.order_by("due", "pk")[:_MOST]:
        council = SHORT[CouncilKind(row.question.sitting.council.kind)]
        url = reverse("councils:decision_answer", args=[row.pk])
        yield AgendaItem(f"{council}: выполнить решение", url, f"заседание {row.question.sitting.on:%d.%m}", row.due)


def _invited(user: User, day: date) -> Iterator[AgendaItem]:
    """Sittings to come in which the person takes part, as a member or as a guest."""
    rows = Sitting.objects.filter(
        people__staff=access_of(user).staff, state=SittingState.PLANNED, on__range=(day, day + _SOON)
    )
    for row in rows.select_related("council").order_by("on", "starts_at")[:_MOST]:
        at = f" в {row.starts_at:%H:%M}" if row.starts_at else ""
        place = f"{row.on:%d.%m}{at}" + (f", каб. {row.room}" if row.room else "")
        url = reverse("councils:council", args=[row.council_id])
        yield AgendaItem(f"{SHORT[CouncilKind(row.council.kind)]}: заседание", url, place, row.on)


def _cases(user: User, day: date) -> Iterator[AgendaItem]:
    """What was agreed is looked at again on its day."""
    rows = MediationCase.objects.filter(
        mediator=access_of(user).staff, state=CaseState.AGREED, kept__isnull=True, check_on__lte=day + _SOON
    )
    for row in rows.order_by("check_on")[:_MOST]:
        url = reverse("councils:case_close", args=[row.pk])
        yield AgendaItem("Медиация: проверить договорённость", url, f"случай № {row.number}", row.check_on)


def _led(user: User, day: date) -> Iterator[AgendaItem]:
    """Papers that are due, of the councils in which the person is chair, deputy or secretary."""
    staff = access_of(user).staff
    rows = Council.objects.led(user).filter(ended_on__isnull=True, year__starts__lte=day, year__ends__gte=day)
    own = rows.filter(
        Q(members__ends__isnull=True) | Q(members__ends__gte=day),
        members__staff=staff,
        members__begins__lte=day,
        members__role__in=[role.value for role in LEADS],
    )
    councils = list(own.select_related("school", "year"))
    if not councils:
        return
    holidays = holiday_spans(councils[0].year)
    yield from _papers(councils, holidays, day)
    yield from _overdue_decisions(councils, day)
    yield from _waiting(councils)
    yield from _missing(councils, day)


def _papers(councils: list[Council], holidays: list[tuple[date, date]], day: date) -> Iterator[AgendaItem]:
    told = Conclusion.objects.filter(Q(given_on__isnull=True) | Q(teachers_on__isnull=True))
    rows = Sitting.objects.filter(council__in=councils).exclude(state=SittingState.CANCELLED).filter(on__lte=day)
    waits = Q(state=SittingState.HELD) | Q(questions__conclusion__in=told)
    unsaid = Q(state=SittingState.PLANNED, on__lt=day)
    found = rows.filter(waits | unsaid).distinct().select_related("council")
    for row in found.prefetch_related("questions", Prefetch("questions__conclusion", told)).order_by("on", "pk"):
        name, url = SHORT[CouncilKind(row.council.kind)], reverse("councils:sitting", args=[row.pk])
        about = f"заседание {row.on:%d.%m}"
        if row.state == SittingState.PLANNED:
            yield AgendaItem(f"{name}: отметить, состоялось ли заседание", url, about, row.on)
        if row.state == SittingState.HELD:
            yield AgendaItem(f"{name}: подписать протокол", url, about, protocol_due(row.on, holidays))
        conclusions = [one_told for one in row.questions.all() if (one_told := getattr(one, "conclusion", None))]
        if any(one.given_on is None for one in conclusions):
            yield AgendaItem(f"{name}: передать заключение родителям", url, about, parents_due(row.on))
        if any(one.teachers_on is None for one in conclusions):
            due = teachers_due(row.on, holidays)
            yield AgendaItem(f"{name}: довести заключение до педагогов", url, about, due)


def _overdue_decisions(councils: list[Council], day: date) -> Iterator[AgendaItem]:
    rows = CouncilDecision.objects.filter(
        question__sitting__council__in=councils, state=DecisionState.OPEN, due__lt=day
    )
    number = rows.count()
    if number:
        words = counted(number, "решение", "решения", "решений")
        url = f"{reverse('councils:decisions')}?show=late"
        yield AgendaItem(f"Советы: срок прошёл, {words}", url, "спросить ответственных")


def _waiting(councils: list[Council]) -> Iterator[AgendaItem]:
    kinds = [one.kind for one in councils]
    rows = Petition.objects.filter(school=councils[0].school, year=councils[0].year, kind__in=kinds)
    number = rows.filter(state=PetitionState.SENT).count()
    if number:
        words = counted(number, "ходатайство", "ходатайства", "ходатайств")
        url = f"{reverse('councils:petitions')}?state={PetitionState.SENT.value}"
        yield AgendaItem(f"Советы: ждут рассмотрения, {words}", url, "поставить в повестку или отклонить")


def _missing(councils: list[Council], day: date) -> Iterator[AgendaItem]:
    """A half-year that goes on without a planned sitting of the ППк."""
    for council in councils:
        if council.kind != CouncilKind.PPK:
            continue
        planned = council.sittings.filter(by_plan=True).exclude(state=SittingState.CANCELLED)
        for half in half_years(council.year.start, planned.values_list("on", flat=True)):
            if half.is_missing() and half.starts <= day <= half.ends:
                url = reverse("councils:sitting_new", args=[council.pk])
                yield AgendaItem("ППк: назначить плановое заседание", url, half.title, half.ends)

"""Councils as pages show them: the list of the year, one council with its plan of sittings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from consultations.councils import SHORT, CouncilKind, MemberRole, PetitionState, SittingState
from consultations.models import Council, CouncilMember, Petition, Sitting
from consultations.rules.councils import HalfYear, Term, half_years, protocol_due
from school.models import AcademicYear, Staff, User
from school.selectors import holiday_spans


@dataclass(frozen=True)
class CouncilLine:
    """A council of the list: who leads it, when it last sat and sits next."""

    council: Council
    chair: str
    secretary: str
    members: int
    held: int
    next_on: date | None
    missing: tuple[HalfYear, ...]


@dataclass(frozen=True)
class SittingLine:
    """A sitting of a council's page; `protocol` is the term of its paper, None before it is held."""

    sitting: Sitting
    questions: int
    protocol: Term | None

    def is_late(self, today: date) -> bool:
        """Whether it should have been held, or its protocol signed."""
        if self.protocol is not None:
            return self.protocol.done is None and self.protocol.is_late(today)
        return self.sitting.state == SittingState.PLANNED and self.sitting.on < today


@dataclass(frozen=True)
class CouncilPage:
    """One council. What is not the person's to read (petitions) is empty."""

    council: Council
    now: tuple[CouncilMember, ...]
    before: tuple[CouncilMember, ...]
    sittings: tuple[SittingLine, ...]
    halves: tuple[HalfYear, ...]
    petitions: tuple[Petition, ...]

    @property
    def missing(self) -> list[HalfYear]:
        """Halves without a planned sitting."""
        return [half for half in self.halves if half.is_missing()]


def council_lines(user: User, year: AcademicYear, today: date) -> list[CouncilLine]:
    """The councils of the year, in the order of their kinds; three queries."""
    people = Prefetch("members", CouncilMember.objects.select_related("staff"))
    councils = Council.objects.visible_to(user).filter(year=year).select_related("year")
    rows = list(councils.prefetch_related(people))
    found: dict[int, list[Sitting]] = {row.pk: [] for row in rows}
    for sitting in Sitting.objects.filter(council__in=found).exclude(state=SittingState.CANCELLED):
        found[sitting.council_id].append(sitting)
    lines = [_line(row, found[row.pk], today) for row in rows]
    return sorted(lines, key=lambda line: (line.council.ended_on is not None, _place(line.council), line.council.pk))


def _place(council: Council) -> int:
    return CouncilKind.codes().index(council.kind)


def _line(council: Council, sittings: Sequence[Sitting], today: date) -> CouncilLine:
    now = [one for one in council.members.all() if one.sits_on(today)]
    to_come = [one.on for one in sittings if one.state == SittingState.PLANNED and one.on >= today]
    return CouncilLine(
        council=council,
        chair=_of_role(now, MemberRole.CHAIR),
        secretary=_of_role(now, MemberRole.SECRETARY),
        members=len(now),
        held=sum(one.state in (SittingState.HELD, SittingState.SIGNED) for one in sittings),
        next_on=min(to_come, default=None),
        missing=tuple(half for half in _halves(council, sittings) if half.is_missing()),
    )


def _of_role(members: Iterable[CouncilMember], role: MemberRole) -> str:
    return next((one.staff.short_name for one in members if one.role == role), "")


def _halves(council: Council, sittings: Iterable[Sitting]) -> list[HalfYear]:
    """Only the ППк must sit at least once in a half-year."""
    if council.kind != CouncilKind.PPK or council.ended_on is not None:
        return []
    planned = [one.on for one in sittings if one.by_plan and one.state != SittingState.CANCELLED]
    return half_years(council.year.start, planned)


def council_page(user: User, council: Council, *, inside: bool) -> CouncilPage:
    """One council that was found through `visible_to`; a constant number of queries."""
    today = council.school.today()
    members = list(council.members.select_related("staff").order_by("staff__sort_key"))
    members.sort(key=lambda one: MemberRole.codes().index(one.role))
    sittings: list[Any] = list(
        council.sittings.annotate(asked=Count("questions")).prefetch_related("protocols").order_by("-on")
    )
    waiting = Petition.objects.visible_to(user).filter(kind=council.kind, state=PetitionState.SENT)
    holidays = holiday_spans(council.year)
    return CouncilPage(
        council=council,
        now=tuple(one for one in members if one.ends is None or one.ends >= today),
        before=tuple(one for one in members if one.ends is not None and one.ends < today),
        sittings=tuple(SittingLine(one, one.asked, _protocol_term(one, holidays)) for one in sittings),
        halves=tuple(_halves(council, sittings)),
        petitions=tuple(waiting.select_related("pupil", "by__staff")) if inside else (),
    )


def _protocol_term(sitting: Sitting, holidays: Sequence[tuple[date, date]]) -> Term | None:
    if sitting.state not in (SittingState.HELD, SittingState.SIGNED):
        return None
    first = next(iter(sitting.protocols.all()), None)
    return Term("протокол", protocol_due(sitting.on, holidays), first.signed_on if first is not None else None)


def staff_to_seat(council: Council) -> QuerySet[Staff]:
    """People of the school who work today and are not in the council."""
    today = council.school.today()
    present = Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), school=council.school)
    seated = council.members.filter(Q(ends__isnull=True) | Q(ends__gte=today))
    return present.exclude(pk__in=seated.values("staff"))


def staff_of(council: Council) -> QuerySet[Staff]:
    """People of the school who work today."""
    today = council.school.today()
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), school=council.school)


def open_councils(user: User, kind: str) -> QuerySet[Council]:
    """Councils of the kind that the person runs now."""
    return Council.objects.led(user).filter(kind=kind, ended_on__isnull=True)


def kinds_to_ask(user: User, year: AcademicYear) -> list[tuple[str, str]]:
    """To which councils of the year a petition can go: pairs for a form."""
    there = set(
        Council.objects.visible_to(user).filter(year=year, ended_on__isnull=True).values_list("kind", flat=True)
    )
    return [(kind.value, SHORT[kind]) for kind in CouncilKind if kind in there]

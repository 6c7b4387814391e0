"""Cases of the service of mediation: opened, led, closed with an agreement or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from consultations.councils import CaseKind, CaseState, CouncilKind, Initiator
from consultations.models import CaseParty, CaseWords, Council, MediationCase
from documents.services.numbers import number_next
from school.models import Pupil, Staff, User

CASES = "council.cases"
_FUTURE = "Этот день ещё не наступил. Проверьте дату."


@dataclass(frozen=True)
class CaseTold:
    """Between whom a case is, who leads it. `others`: sides who are neither pupils nor staff, in words."""

    kind: CaseKind
    initiator: Initiator
    mediator: Staff
    opened_on: date
    pupils: Sequence[Pupil] = ()
    staff: Sequence[Staff] = ()
    others: Sequence[str] = ()


@dataclass(frozen=True)
class CaseEnd:
    """How a case ended; what was agreed is checked on a day."""

    state: CaseState
    on: date | None = None
    agreed: str = ""
    check_on: date | None = None
    kept: bool | None = None


@deed
def case_open(*, by: User, council: Council, told: CaseTold) -> MediationCase:
    """Open a case with its next number. Raises `Refused` with fewer than two sides."""
    council = Council.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=council.pk)
    if council.kind != CouncilKind.MEDIATION or council.ended_on is not None:
        raise Refused("Случаи ведёт действующая служба медиации.")
    if len(told.pupils) + len(told.staff) + len(told.others) < 2:
        raise Refused("Назовите хотя бы две стороны.")
    _check(council, told)
    number = number_next(school=council.school, kind=CASES, year=council.year.start)
    row = MediationCase(school=council.school, council=council, number=number, by=by, at=council.school.now())
    row.kind, row.initiator, row.mediator = told.kind, told.initiator, told.mediator
    row.opened_on = told.opened_on
    row.save()
    CaseParty.objects.bulk_create([CaseParty(case=row, pupil=one) for one in told.pupils])
    CaseParty.objects.bulk_create([CaseParty(case=row, staff=one) for one in told.staff])
    CaseParty.objects.bulk_create([CaseParty(case=row, other=one) for one in told.others])
    return row


def _check(council: Council, told: CaseTold) -> None:
    if told.opened_on > council.school.today():
        raise Refused(_FUTURE)
    schools = {*(one.school_id for one in told.pupils), *(one.school_id for one in told.staff), told.mediator.school_id}
    if schools != {council.school_id}:
        raise Refused("Участники — из одной школы; остальных записывают словами.")
    if told.mediator in told.staff:
        raise Refused("Ведущий не может быть стороной конфликта. Выберите другого.")


@deed
def case_write(*, by: User, case: MediationCase, course: str) -> None:
    """Write down how it goes, for the service's members alone."""
    row = _locked(case)
    CaseWords.objects.update_or_create(case=row, defaults={"course": course})


@deed
def party_agree(*, by: User, party: CaseParty, agrees: bool) -> None:
    """Mark whether a side takes part of its own will."""
    _locked(party.case)
    CaseParty.objects.filter(pk=party.pk).update(agrees=agrees)


@deed
def case_close(*, by: User, case: MediationCase, end: CaseEnd) -> MediationCase:
    """End a case, correct how it ended, or take it up again (`OPEN`). Raises `Refused` for wrong days."""
    row = _locked(case)
    going, agreed = end.state == CaseState.OPEN, end.state == CaseState.AGREED
    if not going and (end.on is None or end.on < row.opened_on or end.on > row.school.today()):
        raise Refused("День завершения — не раньше начала и не позже сегодняшнего дня. Проверьте дату.")
    if agreed and not end.agreed.strip():
        raise Refused("Напишите, о чём договорились: это увидят те, кого это касается.")
    row.state, row.closed_on = end.state, None if going else end.on
    row.check_on, row.kept = (end.check_on, end.kept) if agreed else (None, None)
    row.save()
    CaseWords.objects.update_or_create(case=row, defaults={"agreed": end.agreed.strip() if agreed else ""})
    return row


def _locked(case: MediationCase) -> MediationCase:
    return MediationCase.objects.select_for_update(of=("self",)).select_related("school").get(pk=case.pk)

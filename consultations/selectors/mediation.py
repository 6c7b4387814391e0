"""Cases of mediation as pages show them. The course is fetched for the service's members alone, past the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from consultations.council_reading import MEDIATION
from consultations.models import CaseParty, CaseWords, MediationCase
from consultations.permissions_councils import mediates
from school.access import pupils_for
from school.models import User
from school.services.reading import log_reading


@dataclass(frozen=True)
class CasePage:
    """One case. `course` is None for whoever does not read it; sides whom the person does not see have no name."""

    case: MediationCase
    parties: tuple[tuple[CaseParty, str], ...]
    course: str | None
    agreed: str
    member: bool


def case_page(user: User, case: MediationCase) -> CasePage:
    """A case that was found through `visible_to`; the reading about its pupils is logged first."""
    member = mediates(user, case.council)
    parties = list(case.parties.select_related("pupil", "staff"))
    pupils = [one.pupil_id for one in parties if one.pupil_id is not None]
    seen = set(pupils_for(user).filter(pk__in=pupils).order_by().values_list("pk", flat=True))
    log_reading(by=user, pupils=pupils if member else seen, what=MEDIATION)
    words = CaseWords.objects.filter(case=case).values_list("course", "agreed").first() or ("", "")
    return CasePage(
        case=case,
        parties=tuple((one, _name(one, seen, member=member)) for one in parties),
        course=words[0] if member else None,
        agreed=words[1],
        member=member,
    )


def _name(party: CaseParty, seen: set[int], *, member: bool) -> str:
    if member or party.pupil_id is None or party.pupil_id in seen:
        return party.name
    return "обучающийся другого класса"


def case_lines(user: User, cases: QuerySet[MediationCase]) -> Sequence[tuple[MediationCase, str]]:
    """Cases with their sides in words, for a list; two queries."""
    rows = list(cases.select_related("mediator", "council").prefetch_related("parties__pupil", "parties__staff"))
    pupils = {one.pupil_id for row in rows for one in row.parties.all() if one.pupil_id is not None}
    seen = set(pupils_for(user).filter(pk__in=pupils).order_by().values_list("pk", flat=True))
    told = []
    for row in rows:
        names = [_name(one, seen, member=False) if one.pupil_id else one.name for one in row.parties.all()]
        told.append((row, " — ".join(names)))
    return told

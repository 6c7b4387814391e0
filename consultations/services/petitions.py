"""Petitions to councils: sent, corrected, taken back, declined. They come on an agenda in `sitting_questions`."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from consultations.councils import CouncilKind, Initiator, PetitionState, Reason
from consultations.models import Petition, PetitionWords
from consultations.services.agenda_petitions import check_day_on_agenda
from school.models import Pupil, User
from school.selectors import current_year

_SETTLED = "Ходатайство уже рассмотрено или отозвано: обновите страницу."


@dataclass(frozen=True)
class Asked:
    """What a petition says. Both texts may be empty: facts are compiled from what is known already."""

    reason: Reason
    initiator: Initiator
    on: date
    seen: str = ""
    tried: str = ""


@deed
def petition_send(*, by: User, pupil: Pupil, kind: CouncilKind, asked: Asked) -> Petition:
    """Ask a council about a pupil. Raises `Refused` while another petition about the pupil waits there."""
    school, year = pupil.school, current_year(pupil.school)
    if year is None:
        raise Refused("Учебного года ещё нет: ходатайства подают внутри года.")
    _check_day(school.today(), asked.on)
    waiting = Petition.objects.filter(pupil=pupil, kind=kind, state__in=[PetitionState.SENT, PetitionState.ON_AGENDA])
    if waiting.exists():
        raise Refused("Об этом обучающемся туда уже подано ходатайство, и оно ещё не рассмотрено.")
    row = Petition(school=school, year=year, pupil=pupil, kind=kind, by=by, at=school.now())
    return _write(row, asked)


@deed
def petition_change(*, by: User, petition: Petition, asked: Asked) -> Petition:
    """Correct a petition that nobody has considered yet."""
    row = _locked(petition)
    if row.state not in (PetitionState.SENT, PetitionState.ON_AGENDA):
        raise Refused(_SETTLED)
    _check_day(row.school.today(), asked.on)
    check_day_on_agenda(row, asked.on)
    return _write(row, asked)


@deed
def petition_withdraw(*, by: User, petition: Petition, why: str) -> Petition:
    """Take a petition back. Raises `Refused` once it is on an agenda."""
    return _end(petition, PetitionState.WITHDRAWN, why)


@deed
def petition_decline(*, by: User, petition: Petition, why: str) -> Petition:
    """The council will not consider it; the answer is shown to whoever asked."""
    return _end(petition, PetitionState.DECLINED, why)


def _end(petition: Petition, state: PetitionState, why: str) -> Petition:
    row = _locked(petition)
    if row.state == PetitionState.ON_AGENDA:
        raise Refused("Ходатайство уже в повестке: сначала снимите вопрос с повестки.")
    if row.state != PetitionState.SENT:
        raise Refused(_SETTLED)
    if not why.strip():
        raise Refused("Напишите причину: её увидит тот, кто подал ходатайство.")
    row.state, row.answer = state, why.strip()
    row.save(update_fields=["state", "answer"])
    return row


def _check_day(today: date, on: date) -> None:
    if on > today:
        raise Refused("Этот день ещё не наступил. Проверьте дату.")


def _write(row: Petition, asked: Asked) -> Petition:
    row.reason, row.initiator, row.on = asked.reason, asked.initiator, asked.on
    row.save()
    PetitionWords.objects.update_or_create(
        petition=row, defaults={"pupil": row.pupil, "seen": asked.seen, "tried": asked.tried}
    )
    return row


def _locked(petition: Petition) -> Petition:
    rows = Petition.objects.select_for_update(of=("self",)).select_related("school", "pupil")
    return rows.get(pk=petition.pk)

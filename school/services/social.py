"""The social passport: facts are entered on a document, corrected, closed, cancelled. Nothing written is lost.

Where the law wants a consent (`SocialGroup.consent`), the deed is refused without one. Marks have no part in it.
"""

from datetime import date, datetime

from django.utils import timezone

from common.authorship import deed
from common.constraints import refused_by
from common.errors import Refused
from common.russian import date_short
from school.models import Pupil, SocialFact, SocialRecord, User
from school.services.consents import consent_required
from school.social_groups import OF_FILES, SocialGroup

_TWICE = "social_fact_once_at_a_time"
_TAKEN = "На эти дни такая запись уже есть: исправьте или закройте её."
_CORRECTED = "исправлено"
GONE = "Этой записи больше нет среди действующих: её отменил кто-то другой. Откройте социальный паспорт заново."


@deed
def social_fact_add(
    *, by: User | None, pupil: Pupil, group: str, starts: date, ground: str, ends: date | None = None
) -> SocialFact:
    """The pupil belongs to the group (a code of `SocialGroup`) by a document. Raises `Refused`, `ConsentMissing`."""
    row = SocialFact(pupil=pupil, group=SocialGroup(group), written_by=by, written_at=timezone.now())
    _fill(row, starts=starts, ends=ends, ground=ground)
    with refused_by(_TWICE, _TAKEN):
        row.save()
    return row


@deed
def social_fact_correct(
    *, by: User | None, fact: SocialFact, starts: date, ground: str, ends: date | None = None
) -> SocialFact:
    """Days or ground were written wrong; what stood remains as a void row beside it. Raises `Refused`."""
    row = _standing(fact)
    former = _copy(row, by, timezone.now())
    _fill(row, starts=starts, ends=ends, ground=ground)
    former.save()
    row.written_by, row.written_at = by, timezone.now()
    with refused_by(_TWICE, _TAKEN):
        row.save()
    return row


@deed
def social_fact_close(*, by: User | None, fact: SocialFact, ends: date, why: str) -> SocialFact:
    """The last day on which it held, and by what document it ended. Raises `Refused`."""
    row = _standing(fact)
    if row.ends is not None:
        raise Refused(f"Запись уже закрыта: последний день {date_short(row.ends)}.")
    if ends < row.starts:
        raise Refused(f"Запись действует с {date_short(row.starts)}: последний день не может быть раньше.")
    row.ends, row.ended_why = ends, _said(why, "Напишите, на каком основании закрыта запись.")
    row.save(update_fields=["ends", "ended_why"])
    return row


@deed
def social_fact_cancel(*, by: User | None, fact: SocialFact, why: str) -> None:
    """It was entered by mistake: it counts nowhere, and remains with the reason. Raises `Refused`."""
    row = _standing(fact)
    row.void_by, row.void_at = by, timezone.now()
    row.void_why = _said(why, "Напишите, в чём ошибка.")
    row.save(update_fields=["void_by", "void_at", "void_why"])


@deed
def social_flag_dismiss(*, by: User | None, pupil: Pupil, group: str) -> None:
    """What a contingent file says of the pupil (`OF_FILES`) is not so; a later file may say it again."""
    columns = {name: False for name, known in OF_FILES.items() if known == group}
    SocialRecord.objects.filter(pupil=pupil).update(**columns)


def _standing(fact: SocialFact) -> SocialFact:
    """The row as it is now, held until we are done."""
    row = SocialFact.objects.select_for_update().filter(pk=fact.pk, void_at__isnull=True).first()
    if row is None:
        raise Refused(GONE)
    return row


def _copy(row: SocialFact, by: User | None, at: datetime) -> SocialFact:
    fields = {name: getattr(row, name) for name in _KEPT}
    return SocialFact(**fields, stands=row, void_by=by, void_at=at, void_why=_CORRECTED)


_KEPT = ("pupil", "group", "starts", "ends", "ground", "ended_why", "written_by", "written_at")


def _fill(row: SocialFact, *, starts: date, ends: date | None, ground: str) -> None:
    today = row.pupil.school.today()
    if starts > today:
        raise Refused("Запись вносят по документу, когда он уже действует: дата начала ещё не наступила.")
    if ends is not None and ends < starts:
        raise Refused("Последний день не может быть раньше первого.")
    purpose = SocialGroup(row.group).consent
    if purpose is not None:
        consent_required(pupil=row.pupil, purpose=purpose, day=today)
    row.starts, row.ends = starts, ends
    row.ground = _said(ground, "Назовите основание: документ, его номер и дату.")


def _said(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Refused(otherwise)
    return text.strip()

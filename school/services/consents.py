"""Consents: recorded from a paper, corrected, withdrawn. What a consent gates asks `consent_required`."""

from datetime import date

from common.authorship import deed
from common.constraints import refused_by
from common.errors import Refused
from common.russian import date_short
from school.consent_papers import papers_of
from school.models import Consent, Guardian, Pupil, User
from school.purposes import ADULT, Purpose, adult_on
from school.selectors_consents import consent_for

_TWICE = "consent_once_at_a_time"
_TAKEN = "На эти дни согласие с той же целью уже записано: отзовите его или исправьте срок."


class ConsentMissing(Refused):
    """A deed waits for a paper. Tells which one, of whom, and where its form is."""

    def __init__(self, pupil: Pupil, purpose: Purpose, day: date) -> None:
        super().__init__(
            f"Нет согласия: {purpose.label} ({pupil.list_name}, на {date_short(day)}). "
            "Бланк для подписи и запись о согласии — в личном деле ученика, «Согласия»."
        )
        self.pupil, self.purpose = pupil, purpose


def consent_required(*, pupil: Pupil, purpose: Purpose, day: date) -> Consent:
    """The consent in force on that day. Raises `ConsentMissing`."""
    found = consent_for(pupil, purpose, day)
    if found is None:
        raise ConsentMissing(pupil, purpose, day)
    return found


@deed
def consent_record(
    *,
    by: User | None,
    pupil: Pupil,
    purpose: str,
    guardian: Guardian | None,
    given_on: date,
    document: str,
    valid_until: date | None = None,
) -> Consent:
    """A signed paper was seen. `guardian` is None when the pupil is of age and signed alone. Raises `Refused`."""
    row = Consent(pupil=pupil, purpose=Purpose(purpose), recorded_by=by)
    return _write(row, guardian=guardian, given_on=given_on, document=document, valid_until=valid_until)


@deed
def consent_correct(
    *,
    by: User | None,
    consent: Consent,
    guardian: Guardian | None,
    given_on: date,
    document: str,
    valid_until: date | None = None,
) -> Consent:
    """What was written down wrong; history keeps it. Raises `Refused`."""
    return _write(consent, guardian=guardian, given_on=given_on, document=document, valid_until=valid_until)


def _write(
    row: Consent, *, guardian: Guardian | None, given_on: date, document: str, valid_until: date | None
) -> Consent:
    row.guardian, row.given_on, row.document, row.valid_until = guardian, given_on, document.strip(), valid_until
    _check(row)
    with refused_by(_TWICE, _TAKEN):
        row.save()
    return row


def _check(row: Consent) -> None:
    if not row.document:
        raise Refused("Назовите документ: номер бланка или папку, где он лежит.")
    if row.given_on > row.pupil.school.today():
        raise Refused("Согласие записывают, когда оно подписано: дата ещё не наступила.")
    if row.valid_until is not None and row.valid_until < row.given_on:
        raise Refused("Согласие не может кончиться раньше, чем подписано.")
    if row.withdrawn_on is not None and row.withdrawn_on < row.given_on:
        raise Refused(f"Согласие отозвано с {date_short(row.withdrawn_on)}: подписано оно не позже.")
    _check_signer(row)


def _check_signer(row: Consent) -> None:
    if row.guardian is None:
        if not adult_on(row.pupil.birth_date, row.given_on):
            raise Refused(f"Подписывает законный представитель: ученику в этот день не было {ADULT} лет.")
    elif not row.pupil.guardianships.filter(guardian=row.guardian).exists():
        raise Refused(f"{row.guardian.full_name} не записан(а) представителем этого обучающегося.")


@deed
def consent_withdraw(*, by: User | None, consent: Consent, withdrawn_on: date, why: str) -> Consent:
    """From this day it is in force no longer. Raises `Refused`, also when somebody else was quicker."""
    row = Consent.objects.select_for_update().get(pk=consent.pk)
    if row.withdrawn_on is not None:
        raise Refused(f"Согласие уже отозвано с {date_short(row.withdrawn_on)}.")
    if not row.given_on <= withdrawn_on <= consent.pupil.school.today():
        raise Refused(f"День отзыва — от {date_short(row.given_on)}, когда согласие подписано, до сегодняшнего.")
    if not why.strip():
        raise Refused("Напишите, как отозвано: заявление и его дата.")
    row.withdrawn_on, row.withdrawn_why = withdrawn_on, why.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_why"])
    return row


@deed
def consent_delete(*, by: User | None, consent: Consent) -> None:
    """Take back what was recorded by mistake, for another pupil for one; history keeps it.

    Raises `Refused` while its scan is attached: the paper goes first, by its own deed.
    """
    if papers_of([consent.pk]):
        raise Refused("К записи приложен скан: сначала уберите его.")
    consent.delete()

"""What people do about signals: a deed answers them, a reason dismisses them. Each change is a step with its author."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from common.authorship import deed
from common.errors import Refused
from risk_registry.categories import DeedKind, SignalState
from risk_registry.models import Deed, Signal, SignalResponse, SignalStep
from risk_registry.workflow import SIGNAL, SignalDeed
from school.models import Pupil, Subject, User

_NOT_OPEN = "Сигнал уже не открыт: обновите страницу. Ничего не записано."


@deed
def deed_record(
    *,
    by: User,
    pupil: Pupil,
    kind: DeedKind,
    on: date,
    text: str = "",
    subject: Subject | None = None,
    signals: Collection[Signal] = (),
) -> Deed:
    """Write down what was done for a pupil, and let it answer the chosen signals of the pupil.

    Raises `Refused` for a day to come, and when a chosen signal is no longer open.
    """
    school = pupil.school
    if on > school.today():
        raise Refused("Записать можно то, что уже сделано: этот день ещё не наступил.")
    record = Deed.objects.create(
        school=school, pupil=pupil, subject=subject, kind=kind, on=on, text=text, by=by, at=school.now()
    )
    for signal in signals:
        signal_answer(signal=signal, kind=kind, by=by, on=on, reference=f"deed:{record.pk}")
    return record


@transaction.atomic
def signal_answer(*, signal: Signal, kind: str, by: User, on: date, reference: str) -> None:
    """Note that a deed answered the signal; `reference` names its record («deed:12»), whichever app holds it.

    Raises `Refused` when the signal is no longer open.
    """
    _step(signal, SignalDeed.ANSWER, by, "")
    SignalResponse.objects.create(signal=signal, kind=kind, by=by, on=on, reference=reference)


@deed
def signal_dismiss(*, by: User, signal: Signal, reason: str) -> None:
    """Lay the signal aside with a reason; new evidence opens it again. Raises `Refused` without one."""
    _step(signal, SignalDeed.DISMISS, by, reason.strip())


@deed
def signal_reopen(*, by: User, signal: Signal, reason: str = "") -> None:
    """Take an answer or a dismissal back."""
    _step(signal, SignalDeed.REOPEN, by, reason.strip())


def _step(signal: Signal, what: SignalDeed, by: User, comment: str) -> None:
    row = Signal.objects.select_for_update().get(pk=signal.pk)
    if what not in SIGNAL.deeds(row.state):
        raise Refused(_NOT_OPEN if row.state != SignalState.OPEN else "Сигнал уже открыт.")
    target = SIGNAL.step(what, row.state, comment).target
    was, row.state, row.version = row.state, target, row.version + 1
    row.save(update_fields=["state", "version"])
    SignalStep.objects.create(
        signal=row, from_state=was, to_state=target, by=by, at=row.school.now(), comment=comment, version=row.version
    )

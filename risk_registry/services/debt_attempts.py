"""Attempts to clear a debt, and what lengthens its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.russian import date_range, date_short
from documents.models import StoredFile
from documents.services.attachments import attachment_keep
from risk_registry.debt_workflow import ATTEMPT, TERM, DebtDeed
from risk_registry.debts import COUNTED, HELD, OPEN_STATES, DebtState, Outcome, PauseKind
from risk_registry.models import AcademicDebt, DebtAttempt, DebtPause
from risk_registry.rules.debts import Attempt, attempt_allowed, why_without_commission
from risk_registry.selectors.debts import attempts_told
from risk_registry.services.debt_stepping import debt_move, debt_seen, note_step, pauses_of, term_of
from school.models import Pupil, User

PROTOCOL = "risk_registry.debt_protocol"
PASSING = ("3", "4", "5", "зач")
FAILING = ("1", "2", "незач")


@dataclass(frozen=True)
class AttemptPlan:
    """When, where and before whom. `members`: a name each; one teacher will do for the first attempt."""

    on: date
    members: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class AttemptEnd:
    """How it ended. `scan` holds the bytes of the attached protocol, None without one."""

    outcome: Outcome
    mark: str = ""
    number: str = ""
    on: date | None = None
    scan: bytes | None = None


@deed
def attempt_plan(*, by: User, debt: AcademicDebt, version: int, plan: AttemptPlan) -> DebtAttempt:
    """Appoint the next attempt.

    Raises `Refused`, saying why: for a third one, a second without a commission, a day out of the term, while another
    waits for its outcome.
    """
    found = debt_seen(debt, version)
    number = _number(found, plan, attempts_told(found))
    attempt = DebtAttempt(
        school=found.school, pupil=found.pupil, debt=found, number=number, by=by, at=found.school.now()
    )
    _save(attempt, plan)
    note_step(by, found, ATTEMPT, f"{number}-я пересдача назначена на {date_short(plan.on)}")
    return attempt


@deed
def attempt_change(*, by: User, attempt: DebtAttempt, version: int, plan: AttemptPlan) -> None:
    """Another day, place or commission of an attempt that waits. Raises as `attempt_plan`."""
    found = debt_seen(attempt.debt, version)
    row = _waiting(attempt)
    others = [one for one in attempts_told(found) if one.outcome != Outcome.PLANNED]
    row.number = _number(found, plan, others)
    _save(row, plan)
    note_step(by, found, ATTEMPT, f"{row.number}-я пересдача перенесена на {date_short(plan.on)}")


def _number(debt: AcademicDebt, plan: AttemptPlan, attempts: Sequence[Attempt]) -> int:
    verdict = attempt_allowed(DebtState(debt.state), attempts, debt.due, plan.on, debt.arose)
    if verdict.number is None:
        raise Refused(verdict.why_not)
    if why := why_without_commission(verdict, plan.members):
        raise Refused(why)
    return verdict.number


def _save(attempt: DebtAttempt, plan: AttemptPlan) -> None:
    attempt.on, attempt.place, attempt.commission = plan.on, plan.place.strip(), "\n".join(plan.members)
    attempt.save()


def _waiting(attempt: DebtAttempt) -> DebtAttempt:
    """The attempt as it is now; its debt is locked."""
    row = DebtAttempt.objects.select_related("debt", "school", "pupil").get(pk=attempt.pk)
    if row.outcome != Outcome.PLANNED:
        raise Refused("Исход этой пересдачи уже записан. Обновите страницу.")
    return row


@deed
def attempt_conclude(*, by: User, attempt: DebtAttempt, version: int, end: AttemptEnd) -> None:
    """Write down the outcome; a passed attempt clears the debt. Illness and cancelling leave the attempt uncounted.

    Raises `Refused` before its day, for a mark that does not fit, without the protocol of an attempt that was held.
    """
    debt = debt_seen(attempt.debt, version)
    row = _waiting(attempt)
    _check_end(row, end)
    row.outcome, row.mark = end.outcome, end.mark if end.outcome in HELD else ""
    if end.outcome in HELD:
        row.protocol_number, row.protocol_date = end.number.strip(), end.on
    if end.scan is not None:
        row.scan = _keep(by, row, end.scan)
    row.save()
    told = f"{row.number}-я пересдача {date_short(row.on)}: {end.outcome.label.lower()}"
    if end.outcome == Outcome.PASSED:
        debt.cleared_on = row.on
        debt_move(by, debt, DebtDeed.CLEAR, f"{told}, отметка {row.mark}")
    else:
        note_step(by, debt, ATTEMPT, told)


def _check_end(attempt: DebtAttempt, end: AttemptEnd) -> None:
    today = attempt.school.today()
    if end.outcome == Outcome.PLANNED:
        raise Refused("Выберите исход.")
    if end.outcome != Outcome.CANCELLED and attempt.on > today:
        raise Refused(f"Пересдача назначена на {date_short(attempt.on)}: исход записывают, когда день наступил.")
    if end.outcome not in HELD:
        return
    fitting = PASSING if end.outcome == Outcome.PASSED else FAILING
    if end.mark not in fitting:
        raise Refused(f"К исходу «{end.outcome.label.lower()}» подходит отметка: {', '.join(fitting)}.")
    if not end.number.strip() or end.on is None:
        raise Refused("Укажите номер и дату протокола.")
    if not attempt.on <= end.on <= today:
        raise Refused("Протокол датируют днём пересдачи или позже, но не будущим днём.")


def _keep(by: User, attempt: DebtAttempt, content: bytes) -> StoredFile:
    return attachment_keep(
        by=by,
        school=attempt.school,
        kind=PROTOCOL,
        params={"debt": attempt.debt_id},
        title=f"Протокол пересдачи {date_short(attempt.on)}",
        content=content,
    )


@deed
def attempt_reopen(*, by: User, attempt: DebtAttempt, version: int, reason: str) -> None:
    """The outcome was written by mistake: the attempt waits for it again, and a debt that it cleared is open.

    Raises `Refused` when another attempt followed, without a reason, and while the debt is given up.
    """
    debt = debt_seen(attempt.debt, version)
    row = DebtAttempt.objects.select_related("debt").get(pk=attempt.pk)
    if row.outcome == Outcome.PLANNED:
        raise Refused("Исход этой пересдачи ещё не записан.")
    later = debt.attempts.exclude(pk=row.pk).filter(outcome__in=COUNTED, number__gte=row.number)
    if later.exists():
        raise Refused("После неё уже назначена другая пересдача: сначала отмените ту.")
    was = Outcome(row.outcome)
    row.outcome, row.mark, row.protocol_number, row.protocol_date = Outcome.PLANNED, "", "", None
    row.save()
    if debt.state == DebtState.CLEARED and was == Outcome.PASSED:
        debt.cleared_on = None
        debt_move(by, debt, DebtDeed.REOPEN, reason)
        return
    if debt.state != DebtState.CONFIRMED:
        raise Refused("Сначала верните задолженность к ликвидации.")
    if not reason.strip():
        raise Refused("Напишите, в чём ошибка.")
    note_step(by, debt, ATTEMPT, f"исход «{was.label.lower()}» отменён: {reason.strip()}")


@deed
def pause_add(*, by: User, pupil: Pupil, kind: PauseKind, starts: date, ends: date, paper: str) -> DebtPause:
    """Days that no term of the pupil's debts includes: every open debt becomes so much longer.

    Raises `Refused` for days out of order or to come, without a paper, and when no debt would become longer.
    """
    _lock(pupil)
    if starts > ends:
        raise Refused("Последний день раньше первого: поменяйте их местами.")
    if kind == PauseKind.ILLNESS and ends > pupil.school.today():
        raise Refused("Болезнь записывают по справке, когда она закончилась.")
    if not paper.strip():
        raise Refused("Укажите документ: без него срок не продлевают.")
    row = DebtPause.objects.create(
        school=pupil.school,
        pupil=pupil,
        kind=kind,
        starts=starts,
        ends=ends,
        paper=paper.strip(),
        by=by,
        at=pupil.school.now(),
    )
    if not _settle(by, pupil, f"не считаются дни {date_range(starts, ends)}"):
        raise Refused("Ни у одной открытой задолженности срок от этих дней не меняется: проверьте даты.")
    return row


@deed
def pause_withdraw(*, by: User, pause: DebtPause, why: str) -> None:
    """Take a pause back with a reason: the terms are as they would be without it."""
    _lock(pause.pupil)
    row = DebtPause.objects.select_related("pupil__school").get(pk=pause.pk)
    if row.withdrawn_at is not None:
        raise Refused("Эту запись уже отозвали. Обновите страницу.")
    if not why.strip():
        raise Refused("Напишите, почему отзываете.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = row.pupil.school.now(), by, why.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    _settle(by, row.pupil, f"отозвано продление за {date_range(row.starts, row.ends)}")


def _lock(pupil: Pupil) -> None:
    Pupil.objects.select_for_update(no_key=True).get(pk=pupil.pk)


def _settle(by: User, pupil: Pupil, words: str) -> int:
    """Count the terms of the pupil's open debts anew; how many changed."""
    pauses = pauses_of(pupil.pk)
    rows = AcademicDebt.objects.select_for_update(of=("self",)).select_related("school")
    changed = 0
    for debt in rows.filter(pupil=pupil, state__in=(DebtState.PROPOSED, *OPEN_STATES)).order_by("pk"):
        due = term_of(debt, pauses)
        if due != debt.due:
            debt.due = due
            note_step(by, debt, TERM, f"{words}: срок {date_short(due)}")
            changed += 1
    return changed

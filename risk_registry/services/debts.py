"""What people do with academic debts: confirm, decline, add, lengthen, order, give up, choose. Each is a step."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from risk_registry.debt_workflow import ADDED, CHOICE, ORDER, DebtDeed
from risk_registry.debts import Choice, DebtState
from risk_registry.models import AcademicDebt
from risk_registry.rules.debts import due_day, may_end_uncleared
from risk_registry.selectors.debts import attempts_told
from risk_registry.services.debt_stepping import (
    debt_move,
    debt_seen,
    debts_move,
    debts_seen,
    debts_tell,
    note_step,
    pauses_of,
    step_of,
    term_of,
)
from school.models import AcademicYear, Enrolment, Pupil, School, Subject, User
from school.rules import academic_year_of
from school.services.organisation import year_create

_KNOWN = "Эта задолженность уже записана: найдите её в списке."


@deed
def debts_confirm(*, by: User, versions: Mapping[int, int], arose: date | None = None) -> list[AcademicDebt]:
    """Confirm proposed debts, all or none. `arose`: the day from which their year counts, None to leave each its own.

    Raises `Refused` when any has changed since, is no proposal, or for a day to come.
    """
    debts = debts_seen(versions)
    for debt in debts:
        if arose is not None:
            _check_day(debt, arose)
            debt.arose = arose
        debt.due = term_of(debt)
    told = "" if arose is None else f"год считается с {date_short(arose)}"
    debts_move(by, debts, DebtDeed.CONFIRM, told)
    return debts


def _check_day(debt: AcademicDebt, arose: date) -> None:
    if arose > debt.school.today():
        raise Refused("День, с которого считается год, ещё не наступил.")
    if arose < debt.year.starts:
        raise Refused(f"Учебный год {debt.year.title} тогда ещё не начался: проверьте день.")


@deed
def debt_decline(*, by: User, debt: AcademicDebt, version: int, reason: str) -> None:
    """There is no such debt: with a reason. A confirmed one may be declined too, until an attempt was held."""
    found = debt_seen(debt, version)
    if found.attempts.exists():
        raise Refused("По задолженности уже назначена пересдача: сначала отмените её или запишите исход.")
    debt_move(by, found, DebtDeed.DECLINE, reason)


@deed
def debt_restore(*, by: User, debt: AcademicDebt, version: int) -> None:
    """Propose a declined debt again."""
    debt_move(by, debt_seen(debt, version), DebtDeed.RESTORE)


@deed
def debt_bring(*, by: User, pupil: Pupil, subject: Subject, start: int, arose: date, reason: str) -> AcademicDebt:
    """The same for the year that began in `start`, which the school may not have kept yet: then it is opened.

    Its periods are as in the newest year; files of that year may add to it later. Raises `Refused` as `debt_add` does.
    """
    year = pupil.school.years.filter(start=start).first() or _year_before_ours(pupil.school, start)
    return debt_add(by=by, pupil=pupil, subject=subject, year=year, arose=arose, reason=reason)


def _year_before_ours(school: School, start: int) -> AcademicYear:
    if start != academic_year_of(school.today()) - 1:
        raise Refused("Такого учебного года в школе нет.")
    near = school.years.latest("start")
    return year_create(school=school, start=start, main=near.main_system, upper=near.upper_system)


@deed
def debt_add(*, by: User, pupil: Pupil, subject: Subject, year: AcademicYear, arose: date, reason: str) -> AcademicDebt:
    """Enter a debt that no result here has made (brought from another school): it is confirmed by that.

    Raises `Refused` when the subject of that year has one already, or the pupil sits in no class, nor did in the year.
    """
    if not reason.strip():
        raise Refused("Напишите основание: без него запись не проверить.")
    seats = Enrolment.objects.filter(pupil=pupil).order_by("-starts")
    seat = seats.filter(school_class__year=year).first() or seats.on(pupil.school.today()).first()
    if seat is None:
        raise Refused("Ученик не числится ни в одном классе: задолженность записывают тому, кто учится.")
    now = pupil.school.now()
    debt = AcademicDebt(
        school=pupil.school,
        year=year,
        pupil=pupil,
        subject=subject,
        school_class_id=seat.school_class_id,
        state=DebtState.CONFIRMED,
        by_hand=True,
        arose=arose,
        due=due_day(arose, pauses_of(pupil.pk)),
        created_at=now,
        changed_at=now,
        changed_by=by,
    )
    _check_day(debt, arose)
    _save_new(debt)
    step_of(by, debt, ADDED, "", reason)
    debts_tell([debt])
    return debt


def _save_new(debt: AcademicDebt) -> None:
    """Save it, unless the subject of that year has one: two people may enter it at once."""
    same = AcademicDebt.objects.filter(
        pupil=debt.pupil, subject=debt.subject, year=debt.year, period__isnull=True
    ).first()
    if same is not None:
        words = f" Она в состоянии «{same.get_state_display().lower()}»." if same.state != DebtState.PROPOSED else ""
        raise Refused(_KNOWN + words)
    try:
        with transaction.atomic():
            debt.save()
    except IntegrityError:
        raise Refused(_KNOWN) from None


@deed
def debts_order(*, by: User, versions: Mapping[int, int], number: str, on: date) -> list[AcademicDebt]:
    """Write down the order of the conditional transfer for confirmed debts, all or none; another one replaces it."""
    debts = debts_seen(versions)
    others = [debt.pupil.list_name for debt in debts if debt.state != DebtState.CONFIRMED]
    if others:
        raise Refused("Условно переводят с подтверждённой задолженностью. Сначала подтвердите.", others)
    if on > debts[0].school.today():
        raise Refused("Приказ датирован днём, который ещё не наступил.")
    if not number.strip():
        raise Refused("Укажите номер приказа.")
    for debt in debts:
        debt.order_number, debt.order_date = number.strip(), on
        note_step(by, debt, ORDER, f"приказ № {debt.order_number} от {date_short(on)}")
    return debts


@deed
def debt_give_up(*, by: User, debt: AcademicDebt, version: int) -> None:
    """The term is over, or both attempts are lost: not cleared. Raises `Refused` while it may still be cleared."""
    found = debt_seen(debt, version)
    if not may_end_uncleared(attempts_told(found), found.due, found.school.today()):
        raise Refused(f"Её ещё можно ликвидировать: срок {date_short(found.due)}, попытки не использованы.")
    debt_move(by, found, DebtDeed.FAIL)


@deed
def debt_choose(
    *, by: User, debt: AcademicDebt, version: int, choice: Choice, on: date, paper: str
) -> list[AcademicDebt]:
    """What the parents chose by their application, for all debts of the pupil that were not cleared.

    Raises `Refused` for an adapted programme without the commission's (ПМПК) recommendation, and for a day to come.
    """
    found = debt_seen(debt, version)
    if found.state != DebtState.NOT_CLEARED:
        raise Refused("Родители выбирают, когда задолженность не ликвидирована в срок.")
    if on > found.school.today():
        raise Refused("Заявление датировано днём, который ещё не наступил.")
    if choice == Choice.ADAPTED and not paper.strip():
        raise Refused("На адаптированную программу переводят по рекомендации ПМПК: укажите номер и дату заключения.")
    return [_chosen(by, one, choice, on, paper) for one in [found, *_alike(found)]]


def _alike(debt: AcademicDebt) -> list[AcademicDebt]:
    """Other debts of the pupil that wait for the same choice."""
    rows = AcademicDebt.objects.select_for_update(of=("self",)).select_related("school")
    return list(rows.filter(pupil=debt.pupil_id, state=DebtState.NOT_CLEARED, choice="").exclude(pk=debt.pk))


def _chosen(by: User, debt: AcademicDebt, choice: Choice, on: date, paper: str) -> AcademicDebt:
    debt.choice, debt.choice_on, debt.choice_paper = choice, on, paper.strip()
    note_step(by, debt, CHOICE, f"{choice.label.lower()}, заявление от {date_short(on)}")
    return debt


@deed
def debt_take_up(*, by: User, debt: AcademicDebt, version: int, reason: str) -> None:
    """It was given up by mistake: it is open again, and the parents' choice with it."""
    found = debt_seen(debt, version)
    if found.state != DebtState.NOT_CLEARED:
        raise Refused("Вернуть к ликвидации можно ту, что записана неликвидированной.")
    found.choice, found.choice_on, found.choice_paper = "", None, ""
    debt_move(by, found, DebtDeed.REOPEN, reason)

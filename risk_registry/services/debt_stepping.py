"""What every deed with a debt is made of: lock, compare with what was seen, change, keep the step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from common.errors import Refused
from common.russian import counted
from risk_registry.debt_workflow import DEBT, DebtDeed
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, DebtPause, DebtStep
from risk_registry.rules.debts import due_day
from risk_registry.services.starting_later import starts_follow
from school.models import User

_CHANGED = "Задолженность изменилась, пока вы решали: посмотрите на неё и решите ещё раз. Ничего не записано."


def debts_seen(versions: Mapping[int, int]) -> list[AcademicDebt]:
    """The debts, locked in the order of their keys, as the person saw them. Raises `Refused` with names when not."""
    rows = AcademicDebt.objects.select_for_update(of=("self",)).select_related("pupil", "school", "subject", "year")
    debts = list(rows.filter(pk__in=versions).order_by("pk"))
    changed = [debt.pupil.list_name for debt in debts if debt.version != versions[debt.pk]]
    if changed or len(debts) != len(versions):
        raise Refused(_changed_words(len(changed)), changed if len(versions) > 1 else [])
    return debts


def _changed_words(number: int) -> str:
    if number <= 1:
        return _CHANGED
    told = counted(number, "задолженность изменилась", "задолженности изменились", "задолженностей изменилось")
    return f"Пока вы решали, {told}: посмотрите на них и выберите снова. Ничего не записано."


def debt_seen(debt: AcademicDebt, version: int) -> AcademicDebt:
    """One of them."""
    (found,) = debts_seen({debt.pk: version})
    return found


def step_of(by: User, debt: AcademicDebt, deed: str, before: str, comment: str = "") -> DebtStep:
    """The step that tells of the debt as it is in memory; its version is the debt's."""
    return DebtStep.objects.create(
        debt=debt,
        from_state=before,
        to_state=debt.state,
        by=by,
        at=debt.changed_at,
        comment=comment.strip(),
        version=debt.version,
        deed=deed,
    )


def _write(by: User, debt: AcademicDebt, deed: str, before: str, comment: str) -> None:
    """The debt as it is in memory becomes its next version."""
    debt.version += 1
    debt.changed_at, debt.changed_by = debt.school.now(), by
    debt.save()
    step_of(by, debt, deed, before, comment)


def debts_move(by: User, debts: Sequence[AcademicDebt], deed: DebtDeed, comment: str = "") -> None:
    """Lead debts along the table and keep the steps. Raises `Refused` where the table has no such way.

    The list of the next year's beginning follows: open and cleared debts speak in it.
    """
    for debt in debts:
        transition = DEBT.step(deed, debt.state, comment)
        debt.state = DebtState(transition.target)
        _write(by, debt, deed, transition.source, comment)
    debts_tell(debts)


def debt_move(by: User, debt: AcademicDebt, deed: DebtDeed, comment: str = "") -> None:
    """One of them."""
    debts_move(by, [debt], deed, comment)


def debts_tell(debts: Sequence[AcademicDebt]) -> None:
    """What rests on debts of these years and pupils is computed anew."""
    for year in {debt.year_id: debt.year for debt in debts}.values():
        starts_follow(ended=year, pupils={debt.pupil_id for debt in debts if debt.year_id == year.pk})


def note_step(by: User, debt: AcademicDebt, deed: str, comment: str) -> None:
    """A step that leaves the state as it is."""
    _write(by, debt, deed, debt.state, comment)


def pauses_of(pupil: int) -> list[tuple[date, date]]:
    """Days of the pupil that no term includes."""
    rows = DebtPause.objects.filter(pupil=pupil, withdrawn_at__isnull=True)
    return list(rows.values_list("starts", "ends"))


def term_of(debt: AcademicDebt, pauses: Iterable[tuple[date, date]] | None = None) -> date:
    """The last day of the debt as its pauses are now."""
    return due_day(debt.arose, pauses_of(debt.pupil_id) if pauses is None else pauses)

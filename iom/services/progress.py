"""What became of a route's work: repeat controls that close gaps, steps that were done or were not delivered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.authorship import deed
from common.errors import Refused
from iom.models import Gap, GapControl, PlanStep
from iom.rules.routes import has_reached
from iom.services.planning import gap_seen, step_seen
from iom.services.stepping import route_going
from iom.words import GapState, StepState, WhyNot
from school.models import School, User


@dataclass(frozen=True)
class StepEnd:
    """What became of a step: done on a day and whether it helped, or why not. Neither: it is planned again."""

    done_on: date | None = None
    helped: bool | None = None
    why_not: str = ""
    note: str = ""


@deed
def control_add(*, by: User, gap: Gap, on: date, result: Decimal, note: str = "") -> GapControl:
    """A repeat control of an open gap; one that reached the target closes it. Raises `Refused` for a day to come."""
    route = route_going(gap.route_id)
    row = _locked(gap)
    if row.state != GapState.OPEN:
        raise Refused("Дефицит уже закрыт или снят: новый контроль записать нельзя.")
    _past(route.school, on)
    if row.found_on is not None and on < row.found_on:
        raise Refused("Повторный контроль не может быть раньше дня, когда дефицит обнаружен.")
    control = GapControl.objects.create(
        gap=row,
        pupil=row.pupil,
        on=on,
        result=result,
        reached=has_reached(result, row.target),
        note=note.strip(),
        by=by,
        at=route.school.now(),
    )
    if control.reached:
        row.state, row.closed_by = GapState.CLOSED, control
        row.version += 1
        row.save()
    return control


@deed
def control_withdraw(*, by: User, control: GapControl) -> GapControl:
    """It was written by mistake: it gets an end and stays; the gap that it closed is open again."""
    route = route_going(control.gap.route_id)
    gap = _locked(control.gap)
    row = GapControl.objects.select_for_update().get(pk=control.pk)
    if row.withdrawn_at is not None:
        raise Refused("Этот контроль уже снят.")
    row.withdrawn_at = route.school.now()
    row.save(update_fields=["withdrawn_at"])
    if gap.closed_by_id == row.pk:
        gap.state, gap.closed_by = GapState.OPEN, None
        gap.version += 1
        gap.save()
    return row


@deed
def step_conclude(*, by: User, step: PlanStep, version: int, end: StepEnd) -> PlanStep:
    """Write down what became of a step. Raises `Refused` for a day to come, or when another person was quicker."""
    route = route_going(step.route_id)
    row = step_seen(step, version)
    if end.done_on is not None and end.why_not:
        raise Refused("Шаг либо выполнен, либо не состоялся.")
    if end.done_on is not None:
        _past(route.school, end.done_on)
    if end.helped is not None and end.done_on is None:
        raise Refused("Помогло ли, спрашивают о том, что состоялось.")
    row.done_on, row.helped = end.done_on, end.helped
    row.why_not = WhyNot(end.why_not) if end.why_not else ""
    row.state = _state(end)
    row.note = end.note.strip()
    row.version += 1
    row.save()
    return row


def _state(end: StepEnd) -> StepState:
    if end.done_on is not None:
        return StepState.DONE
    return StepState.NOT_DONE if end.why_not else StepState.PLANNED


def _locked(gap: Gap) -> Gap:
    return gap_seen(gap, Gap.objects.values_list("version", flat=True).get(pk=gap.pk))


def _past(school: School, day: date) -> None:
    if day > school.today():
        raise Refused("Записать можно то, что уже было: этот день ещё не наступил.")

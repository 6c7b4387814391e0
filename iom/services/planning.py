"""What a route plans: parts, gaps, steps. Rows have versions of their own: two teachers meet only in the same row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.authorship import deed
from common.errors import Refused
from iom.models import Gap, PlanStep, Route, RoutePart
from iom.services.stepping import CHANGED_ROW, agreements_end, route_open, step_note
from iom.words import Every, Found, GapState, StepKind, StepState, Unit
from iom.workflow import PART
from school.models import Staff, Subject, User


@dataclass(frozen=True)
class GapPlan:
    """What a person writes of a gap; `baseline` and `target` in `unit`."""

    topic: str
    target: Decimal
    due: date
    found: str = Found.LESSON
    found_on: date | None = None
    source: str = ""
    baseline: Decimal | None = None
    unit: str = Unit.MARK
    planned_work: str = ""
    control_form: str = ""


@dataclass(frozen=True)
class StepPlan:
    """What a person writes of a step: on a day, or so often."""

    kind: str
    text: str = ""
    who: Staff | None = None
    on: date | None = None
    every: str = ""
    expected: str = ""
    gap: Gap | None = None


@deed
def part_add(*, by: User, route: Route, subject: Subject | None, teacher: Staff | None) -> RoutePart:
    """Another subject of the route. Raises `Refused` when it has one, or somebody is of another school."""
    found = route_open(route.pk)
    _of_school(found, teacher)
    if subject is not None and subject.school_id != found.school_id:
        raise Refused("Этот предмет из другой школы.")
    if found.parts.filter(subject=subject).exists():
        raise Refused("Такая часть в маршруте уже есть.")
    part = RoutePart.objects.create(route=found, pupil=found.pupil, subject=subject, teacher=teacher)
    agreements_end(found, None, psychologist=False)
    step_note(by, found, PART, f"добавлена часть: {part}")
    return part


@deed
def part_give(*, by: User, part: RoutePart, teacher: Staff | None) -> RoutePart:
    """Another teacher answers for the part; an agreement of the former one ends."""
    route = route_open(part.route_id)
    _of_school(route, teacher)
    row = RoutePart.objects.select_for_update().get(pk=part.pk)
    if row.teacher_id == (teacher.pk if teacher else None):
        return row
    row.teacher = teacher
    row.save(update_fields=["teacher"])
    agreements_end(route, row, psychologist=False)
    step_note(by, route, PART, f"{row}: отвечает {teacher.short_name if teacher else 'никто'}")
    return row


@deed
def part_remove(*, by: User, part: RoutePart) -> None:
    """Take an empty part out. Raises `Refused` when anything was ever planned in it."""
    route = route_open(part.route_id)
    if part.gaps.exists() or part.plan.exists():
        raise Refused("В этой части есть дефициты или шаги: снимите их, часть останется в истории.")
    words = str(part)
    part.delete()
    agreements_end(route, None, psychologist=False)
    step_note(by, route, PART, f"убрана часть: {words}")


@deed
def gap_add(*, by: User, part: RoutePart, plan: GapPlan) -> Gap:
    """A gap of the part. Raises `Refused` when the plan is not open, or cannot be."""
    route = route_open(part.route_id)
    _gap_allowed(route, plan)
    gap = Gap(school=route.school, pupil=route.pupil, route=route, part=part, created_at=route.school.now())
    _gap_write(gap, plan)
    agreements_end(route, part, psychologist=False)
    return gap


@deed
def gap_change(*, by: User, gap: Gap, version: int, plan: GapPlan) -> Gap:
    """Correct an open gap. Raises `Refused` when another person was quicker."""
    route = route_open(gap.route_id)
    row = gap_seen(gap, version)
    _gap_open(row)
    _gap_allowed(route, plan)
    row.version += 1
    _gap_write(row, plan)
    agreements_end(route, row.part, psychologist=False)
    return row


@deed
def gap_drop(*, by: User, gap: Gap, version: int, why: str) -> Gap:
    """It was no gap: it leaves the plan with a reason. Raises `Refused` without one."""
    route = route_open(gap.route_id)
    row = gap_seen(gap, version)
    _gap_open(row)
    if not why.strip():
        raise Refused("Напишите, почему дефицит снимается.")
    row.state, row.dropped_why = GapState.DROPPED, why.strip()
    row.version += 1
    row.save()
    agreements_end(route, row.part, psychologist=False)
    return row


@deed
def gap_restore(*, by: User, gap: Gap, version: int) -> Gap:
    """A dropped gap was one after all."""
    route = route_open(gap.route_id)
    row = gap_seen(gap, version)
    if row.state != GapState.DROPPED:
        raise Refused("Дефицит не снят: возвращать нечего.")
    row.state, row.dropped_why = GapState.OPEN, ""
    row.version += 1
    row.save()
    agreements_end(route, row.part, psychologist=False)
    return row


@deed
def step_add(*, by: User, part: RoutePart, plan: StepPlan) -> PlanStep:
    """A step of the part. Raises `Refused` when the plan is not open, or cannot be."""
    route = route_open(part.route_id)
    step = PlanStep(school=route.school, pupil=route.pupil, route=route, part=part)
    _step_write(route, step, plan)
    agreements_end(route, part, psychologist=_involves(step, plan))
    return step


@deed
def step_change(*, by: User, step: PlanStep, version: int, plan: StepPlan) -> PlanStep:
    """Correct what is planned. Raises `Refused` when another person was quicker."""
    route = route_open(step.route_id)
    row = step_seen(step, version)
    if row.state != StepState.PLANNED:
        raise Refused("Об этом шаге уже записано, что с ним стало: сначала снимите отметку.")
    involved = _involves(row, plan)
    row.version += 1
    _step_write(route, row, plan)
    agreements_end(route, row.part, psychologist=involved)
    return row


@deed
def step_remove(*, by: User, step: PlanStep, version: int) -> PlanStep:
    """Take a step out of the plan; it stays in the table."""
    route = route_open(step.route_id)
    row = step_seen(step, version)
    row.removed_at = route.school.now()
    row.version += 1
    row.save()
    agreements_end(route, row.part, psychologist=row.kind == StepKind.SPECIALIST)
    return row


def gap_seen(gap: Gap, version: int) -> Gap:
    """The gap, locked, as the person saw it. Raises `Refused` when it has changed since."""
    row = Gap.objects.select_for_update(of=("self",)).select_related("part", "school", "pupil").get(pk=gap.pk)
    if row.version != version:
        raise Refused(CHANGED_ROW)
    return row


def step_seen(step: PlanStep, version: int) -> PlanStep:
    """The step, locked, as the person saw it. Raises `Refused` when it has changed since."""
    row = PlanStep.objects.select_for_update(of=("self",)).select_related("part", "school").get(pk=step.pk)
    if row.version != version or row.removed_at is not None:
        raise Refused(CHANGED_ROW)
    return row


def _gap_open(gap: Gap) -> None:
    if gap.state != GapState.OPEN:
        raise Refused("Дефицит уже закрыт или снят.")


def _gap_allowed(route: Route, plan: GapPlan) -> None:
    if not plan.topic.strip():
        raise Refused("Напишите тему: что именно не усвоено.")
    if plan.baseline is not None and plan.target <= plan.baseline:
        raise Refused("Цель должна быть выше того, что было: иначе закрывать нечего.")
    if plan.found_on is not None and plan.found_on > route.school.today():
        raise Refused("Обнаружен он мог быть не позже сегодняшнего дня.")
    if not route.begins <= plan.due <= route.ends:
        raise Refused(f"Срок дефицита — внутри маршрута: с {route.begins:%d.%m.%Y} по {route.ends:%d.%m.%Y}.")


def _gap_write(gap: Gap, plan: GapPlan) -> None:
    gap.topic, gap.target, gap.due = " ".join(plan.topic.split()), plan.target, plan.due
    gap.found, gap.found_on, gap.source = Found(plan.found), plan.found_on, plan.source
    gap.baseline, gap.unit = plan.baseline, Unit(plan.unit)
    gap.planned_work, gap.control_form = plan.planned_work, plan.control_form
    gap.save()


def _step_write(route: Route, step: PlanStep, plan: StepPlan) -> None:
    if plan.on is None and not plan.every:
        raise Refused("Укажите день или как часто.")
    if plan.on is not None and not route.begins <= plan.on <= route.ends:
        raise Refused(f"День шага — внутри маршрута: с {route.begins:%d.%m.%Y} по {route.ends:%d.%m.%Y}.")
    if plan.gap is not None and plan.gap.part_id != step.part_id:
        raise Refused("Этот дефицит из другой части маршрута.")
    _of_school(route, plan.who)
    step.kind, step.text, step.who = StepKind(plan.kind), plan.text, plan.who
    step.on, step.every = plan.on, Every(plan.every) if plan.every else ""
    step.expected, step.gap = plan.expected, plan.gap
    step.save()


def _of_school(route: Route, person: Staff | None) -> None:
    if person is not None and person.school_id != route.school_id:
        raise Refused("Этот сотрудник из другой школы.")


def _involves(step: PlanStep, plan: StepPlan) -> bool:
    return StepKind.SPECIALIST in (step.kind, plan.kind)

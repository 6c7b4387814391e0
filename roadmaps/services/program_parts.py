"""Lines, directions and indicators of a program: written while it is a draft or being corrected."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from common.authorship import deed
from common.errors import Refused
from common.russian import date_short
from roadmaps.indicators import CATALOGUE, Origin, Reading, Unit
from roadmaps.indicators.figures import plan_of, value_of
from roadmaps.models import Program, ProgramDirection, ProgramIndicator, ProgramLine
from roadmaps.reports.program_paper import targets_of, targets_told
from roadmaps.rules.program_years import due_on
from roadmaps.rules.targets import Target
from roadmaps.services.programs import editable, indicator_row
from roadmaps.words_program import Section
from school.models import User

_WHOLE = Decimal(100)


@dataclass(frozen=True)
class LineDraft:
    """A line as a person enters it."""

    text: str
    rhythm: str = ""
    direction: ProgramDirection | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class IndicatorDraft:
    """An indicator as a person enters it. `plan`: words of each year («не менее 75%»), empty for a blank.

    `title`, `unit` and `origin` are only read for the school's own.
    """

    direction: ProgramDirection | None
    baseline_raw: str
    plan: dict[str, str]
    title: str = ""
    unit: Unit = Unit.PERCENT
    origin: Origin = Origin.MANUAL


@deed
def line_add(*, by: User, program: Program, section: Section, draft: LineDraft) -> ProgramLine:
    """A line at the end of its section. Raises `Refused` when the program is approved, or a stage ends too early."""
    row = editable(program)
    return _write_line(ProgramLine(program=row, section=section, number=_last_line(row, section) + 1), draft)


def _last_line(program: Program, section: str) -> int:
    last: int | None = program.lines.standing().filter(section=section).aggregate(n=Max("number"))["n"]
    return last or 0


@deed
def line_edit(*, by: User, line: ProgramLine, draft: LineDraft) -> ProgramLine:
    """Write a line anew. What the template remarked of it goes with its words. Raises `Refused` as `line_add`."""
    editable(line.program)
    _standing(line)
    if draft.text != line.text:
        line.remark = ""
    return _write_line(line, draft)


def _write_line(line: ProgramLine, draft: LineDraft) -> ProgramLine:
    if draft.direction is not None and draft.direction.program_id != line.program_id:
        raise Refused("Направление из другой программы: выберите его заново.")
    _check_stage(line.program, draft.starts_on, draft.ends_on)
    line.text, line.rhythm, line.direction = draft.text, draft.rhythm, draft.direction
    line.starts_on, line.ends_on = draft.starts_on, draft.ends_on
    line.save()
    return line


def _check_stage(program: Program, starts: date | None, ends: date | None) -> None:
    if bool(starts) != bool(ends):
        raise Refused("Назовите оба дня этапа, первый и последний, или ни одного.")
    if starts is None or ends is None:
        return
    if ends < starts:
        raise Refused("Этап заканчивается раньше, чем начинается: проверьте даты.")
    if ends < program.starts_on or starts > program.ends_on:
        days = f"{date_short(program.starts_on)} – {date_short(program.ends_on)}"
        raise Refused(f"Программа действует {days}: в эти дни этап не попадает, проверьте даты.")


@deed
def line_remove(*, by: User, line: ProgramLine) -> None:
    """A line goes; it can be brought back until the program is approved, versions keep theirs.

    Raises `Refused` when the program is approved, or somebody removed it already.
    """
    program = editable(line.program)
    row = _standing(line)
    row.removed_at = program.school.now()
    row.save(update_fields=["removed_at"])


@deed
def line_restore(*, by: User, line: ProgramLine) -> None:
    """A removed line comes back: to its place, or to the end where another has it.

    Raises `Refused` when the program is approved, it stands already, or its stage is outside of the program by now.
    """
    program = editable(line.program)
    row = program.lines.removed().filter(pk=line.pk).first()
    if row is None:
        raise Refused("Эту строку уже вернули: обновите страницу.")
    _check_stage(program, row.starts_on, row.ends_on)
    if program.lines.standing().filter(section=row.section, number=row.number).exists():
        row.number = _last_line(program, row.section) + 1
    row.removed_at = None
    row.save(update_fields=["removed_at", "number"])


@deed
def line_move(*, by: User, line: ProgramLine, up: bool) -> None:
    """A line changes places with the one above or below it. Raises `Refused` when there is none."""
    program = editable(line.program)
    row = _standing(line)
    others = program.lines.standing().filter(section=row.section)
    above, below = others.filter(number__lt=row.number), others.filter(number__gt=row.number)
    other = above.order_by("-number").first() if up else below.order_by("number").first()
    if other is None:
        raise Refused("Строка уже первая в разделе." if up else "Строка уже последняя в разделе.")
    free = _last_line(program, row.section) + 1
    for one, number in ((other, free), (row, other.number), (other, row.number)):
        ProgramLine.objects.filter(pk=one.pk).update(number=number)


def _standing(line: ProgramLine) -> ProgramLine:
    """The line as it stands, the program being locked."""
    row = ProgramLine.objects.standing().filter(pk=line.pk).first()
    if row is None:
        raise Refused("Эту строку уже удалили: обновите страницу.")
    return row


@deed
def program_direction_add(*, by: User, program: Program, name: str) -> ProgramDirection:
    """A direction of the school's own, at the end."""
    row = editable(program)
    last: int = row.directions.aggregate(n=Max("number"))["n"] or 0
    return ProgramDirection.objects.create(program=row, number=last + 1, name=name)


@deed
def program_direction_rename(*, by: User, direction: ProgramDirection, name: str) -> ProgramDirection:
    """Another name. Raises `Refused` when the program is approved."""
    editable(direction.program)
    direction.name = name
    direction.save(update_fields=["name"])
    return direction


@deed
def program_direction_remove(*, by: User, direction: ProgramDirection) -> None:
    """Raises `Refused` when it holds indicators or tasks."""
    editable(direction.program)
    if direction.indicators.exists() or direction.tasks.standing().exists():
        raise Refused("В направлении есть показатели или задачи: перенесите их в другое направление.")
    direction.delete()


@deed
def indicator_take(
    *, by: User, program: Program, code: str, years: list[str], direction: ProgramDirection | None
) -> ProgramIndicator:
    """Add an indicator of the catalogue with its plan on these years.

    Raises `Refused` when the program has it, the catalogue does not, or it is only counted in the region.
    """
    row = editable(program)
    known = CATALOGUE.get(code)
    if known is None or not known.plan:
        raise Refused("Такого показателя в каталоге нет.")
    if row.indicators.filter(code=code).exists():
        raise Refused(f"Показатель {code} в программе уже есть.")
    made = indicator_row(row, known, years, _next_number(row), _own(direction, row))
    made.save()
    return made


@deed
def indicator_add(*, by: User, program: Program, draft: IndicatorDraft) -> ProgramIndicator:
    """An indicator of the school's own («Ш1», «Ш2»), entered by a person. Raises `Refused` for a plan without sense."""
    row = editable(program)
    taken = [int(code[1:]) for code in row.indicators.filter(own=True).values_list("code", flat=True)]
    made = ProgramIndicator(program=row, code=f"Ш{max(taken, default=0) + 1}", number=_next_number(row), own=True)
    return _write_indicator(made, draft)


@deed
def indicator_edit(*, by: User, indicator: ProgramIndicator, draft: IndicatorDraft) -> ProgramIndicator:
    """Another base, plan or direction. Raises `Refused` when the program is approved or the plan makes no sense."""
    editable(indicator.program)
    return _write_indicator(indicator, draft)


def _write_indicator(row: ProgramIndicator, draft: IndicatorDraft) -> ProgramIndicator:
    if row.own:
        row.title, row.unit, row.origin = draft.title, draft.unit, draft.origin
    row.direction = _own(draft.direction, row.program)
    if draft.baseline_raw != row.baseline_raw or row.own:
        row.baseline_raw, row.baseline = draft.baseline_raw, _figure(draft.baseline_raw, Unit(row.unit))
    row.targets = targets_told(_targets(row, draft.plan))
    row.save()
    return row


def _targets(row: ProgramIndicator, plan: dict[str, str]) -> list[Target]:
    """What was not touched stays as it was read from the source; what was written is read anew."""
    known = {one.year: one for one in targets_of(row.targets)}
    unit = Unit(row.unit)
    found = []
    for step, (year, raw) in enumerate(sorted(plan.items()), 1):
        if year in known and known[year].raw == raw and not row.own:
            found.append(known[year])
            continue
        told = plan_of(step, unit, raw)
        _check(raw, told.value, unit)
        found.append(Target(year, due_on(year), raw, told.value, told.operator, told.implied, told.most))
    return found


def _figure(raw: str, unit: Unit) -> Decimal | None:
    value = value_of(raw, unit)
    _check(raw, value, unit)
    return value


def _check(raw: str, value: Decimal | None, unit: Unit) -> None:
    """Raises `Refused` for words without a figure, and for percent above a hundred."""
    if raw and value is None:
        wanted = "«имеется» или «-»" if unit == Unit.PRESENCE else "число"
        raise Refused(f"«{raw}» не понято: здесь нужно {wanted}, а если значения нет — оставьте поле пустым.")
    if value is not None and unit in (Unit.PERCENT, Unit.DECREASE) and value > _WHOLE:
        raise Refused(f"«{raw}»: доля не бывает больше 100 %.")
    if value is not None and value >= 10**6:
        raise Refused(f"«{raw}»: число слишком велико.")


@deed
def indicator_read(*, by: User, indicator: ProgramIndicator, reading: str, why: str) -> ProgramIndicator:
    """Decide how an odd plan is read; empty `reading` leaves it undecided.

    Raises `Refused` when the program is approved, the source does not allow the reading, or no reason is given.
    """
    editable(indicator.program)
    known = CATALOGUE.get(indicator.code)
    if reading and (known is None or Reading(reading) not in known.readings):
        raise Refused("Источник не допускает такого прочтения.")
    if reading and not why.strip():
        raise Refused("Напишите, почему школа читает план так.")
    indicator.reading, indicator.reading_why = reading, why.strip() if reading else ""
    indicator.save(update_fields=["reading", "reading_why"])
    return indicator


@deed
def indicator_remove(*, by: User, indicator: ProgramIndicator) -> None:
    """An indicator goes; versions keep theirs. Raises `Refused` when the program is approved."""
    editable(indicator.program)
    indicator.delete()


def _next_number(row: Program) -> int:
    last: int = row.indicators.aggregate(n=Max("number"))["n"] or 0
    return last + 1


def _own(direction: ProgramDirection | None, program: Program) -> ProgramDirection | None:
    if direction is not None and direction.program_id != program.pk:
        raise Refused("Направление из другой программы: выберите его заново.")
    return direction

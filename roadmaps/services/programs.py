"""Making a program, approving it by the pedagogical council, correcting it with grounds."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from roadmaps.indicators import Indicator
from roadmaps.models import (
    Program,
    ProgramDirection,
    ProgramIndicator,
    ProgramLine,
    ProgramStep,
    ProgramVersion,
)
from roadmaps.program_templates import TEMPLATES, ProgramTemplate
from roadmaps.reports.program_paper import paper_told, program_paper, targets_told
from roadmaps.rules.program_years import planned_targets, program_days, stage_days, year_names
from roadmaps.words_program import ProgramState, Section, Template
from roadmaps.workflow import APPROVE, CORRECT, PROGRAM
from school.models import School, User

_MOST_YEARS = 6
_CHANGED = "Пока вы решали, программу изменили: обновите страницу и решите ещё раз."


@dataclass(frozen=True)
class ProgramDraft:
    """The heading of a program as a person enters it."""

    title: str
    term: str
    starts_on: date
    ends_on: date


@deed
def program_create(*, by: User, school: School, template: Template, first_year: int) -> Program:
    """A draft from a template, with its lines, directions and indicators; figures stand on the years from the first.

    Raises `Refused` when the school has an unapproved program from the same template and year.
    """
    shipped = TEMPLATES[template]
    starts, ends = program_days(template, first_year, shipped.years)
    if Program.objects.filter(school=school, template=template, starts_on=starts, number=0).exists():
        raise Refused("Проект такой программы уже есть: откройте его.")
    row = Program.objects.create(
        school=school,
        template=template,
        title=shipped.title,
        term=shipped.term,
        starts_on=starts,
        ends_on=ends,
        by=by,
        at=school.now(),
    )
    parts = _directions(row, shipped)
    _lines(row, shipped, parts, first_year)
    names = year_names(template, first_year, shipped.years)
    ProgramIndicator.objects.bulk_create(
        indicator_row(row, one, names, number, parts.get(one.part or ""))
        for number, one in enumerate(shipped.indicators, 1)
    )
    return row


def _directions(row: Program, shipped: ProgramTemplate) -> dict[str, ProgramDirection]:
    rows = [
        ProgramDirection(program=row, number=number, name=part.label, part=part)
        for number, part in enumerate(shipped.parts, 1)
    ]
    return {one.part: one for one in ProgramDirection.objects.bulk_create(rows)}


def _lines(row: Program, shipped: ProgramTemplate, parts: dict[str, ProgramDirection], first_year: int) -> None:
    numbers: dict[Section, int] = {}
    made = []
    for line in shipped.lines:
        numbers[line.section] = numbers.get(line.section, 0) + 1
        starts, ends = stage_days(line.months, first_year)
        made.append(
            ProgramLine(
                program=row,
                section=line.section,
                number=numbers[line.section],
                text=line.text,
                rhythm=line.rhythm,
                direction=parts.get(line.part or ""),
                starts_on=starts,
                ends_on=ends,
                remark=line.remark,
            )
        )
    ProgramLine.objects.bulk_create(made)


def indicator_row(
    program: Program, known: Indicator, names: list[str], number: int, direction: ProgramDirection | None
) -> ProgramIndicator:
    """An unsaved row of an indicator of the catalogue with its plan on these years."""
    return ProgramIndicator(
        program=program,
        direction=direction,
        code=known.code,
        number=number,
        title=known.title,
        unit=known.unit,
        origin=known.origin,
        baseline_raw=known.baseline_raw,
        baseline=known.baseline,
        targets=targets_told(planned_targets(known, names)),
    )


@deed
def program_edit(*, by: User, program: Program, draft: ProgramDraft) -> Program:
    """Another title, term or days. Raises `Refused` when it is approved, or ends before it begins."""
    row = editable(program)
    if draft.ends_on <= draft.starts_on:
        raise Refused("Программа заканчивается раньше, чем начинается: проверьте даты.")
    if draft.ends_on.year - draft.starts_on.year >= _MOST_YEARS:
        raise Refused(f"Программа длиннее {_MOST_YEARS} лет: проверьте даты.")
    row.title, row.term, row.starts_on, row.ends_on = draft.title, draft.term, draft.starts_on, draft.ends_on
    row.save(update_fields=["title", "term", "starts_on", "ends_on"])
    return row


@deed
def program_remove(*, by: User, program: Program) -> None:
    """Drop a draft that was never approved. Raises `Refused` for any other."""
    row = editable(program)
    if row.number:
        raise Refused("Программу утверждал педсовет: её не удаляют, её правят.")
    row.indicators.all().delete()
    row.delete()


@deed
def program_approve(*, by: User, program: Program, version: int, protocol_number: str, protocol_date: date) -> Program:
    """Approved by the pedagogical council: a version is kept as it is printed.

    Raises `Refused` when there is no indicator, the council is of a later day, or somebody was quicker.
    """
    row = _locked(program, version)
    if not row.indicators.exists():
        raise Refused("Утверждать нечего: в программе нет ни одного показателя.")
    if protocol_date > row.school.today():
        raise Refused("Дата педсовета ещё не наступила.")
    grounds = _grounds_of(row)
    row.number, row.protocol_number, row.protocol_date = row.number + 1, protocol_number, protocol_date
    _step(by, row, APPROVE, "")
    ProgramVersion.objects.create(
        program=row,
        number=row.number,
        protocol_number=protocol_number,
        protocol_date=protocol_date,
        grounds=grounds,
        body=paper_told(program_paper(row, grounds=grounds)),
        by=by,
        at=row.school.now(),
    )
    row.lines.removed().delete()
    return row


@deed
def program_correct(*, by: User, program: Program, version: int, grounds: str) -> Program:
    """Open an approved program for changes: the approved version stays in force until the next.

    Raises `Refused` without grounds, or when somebody was quicker.
    """
    row = _locked(program, version)
    _step(by, row, CORRECT, grounds)
    return row


def editable(program: Program) -> Program:
    """The program, locked, of another version from now on: whoever approves has seen what it says.

    Raises `Refused` when it is approved.
    """
    row = Program.objects.select_for_update(of=("self",)).select_related("school").get(pk=program.pk)
    if row.state == ProgramState.APPROVED:
        raise Refused("Программа утверждена: чтобы изменить её, начните правку и назовите основание.")
    row.version += 1
    row.save(update_fields=["version"])
    return row


def _locked(program: Program, version: int) -> Program:
    row = Program.objects.select_for_update(of=("self",)).select_related("school").get(pk=program.pk)
    if row.version != version:
        raise Refused(_CHANGED)
    return row


def _step(by: User, row: Program, what: str, comment: str) -> None:
    transition = PROGRAM.step(what, row.state, comment)
    row.state, row.version = ProgramState(transition.target), row.version + 1
    row.save()
    ProgramStep.objects.create(
        program=row,
        from_state=transition.source,
        to_state=transition.target,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )


def _grounds_of(row: Program) -> str:
    """Why it was corrected since the last approval; empty for the first."""
    last = row.steps.filter(to_state=ProgramState.CORRECTED).order_by("-version").first()
    return last.comment[:500] if last is not None and row.state == ProgramState.CORRECTED else ""

"""The program's passport as its page, its papers and its versions show it: one value for all of them.

What was approved is kept as this value in JSON and prints the same for ever; targets in force are read from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cattrs.preconf.json import make_converter

from roadmaps.indicators import CATALOGUE, Origin, Reading, Unit
from roadmaps.models import Program, ProgramIndicator, ProgramLine
from roadmaps.rules.targets import Target, Undertaking
from roadmaps.words_program import ProgramState, Section
from school.selectors_staff import school_heads

_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda told, _: Decimal(told))


@dataclass(frozen=True)
class LineTold:
    """One line of a section; empty `text` is a blank. `direction`: of a task; `starts`, `ends`: of a stage."""

    key: int
    number: int
    text: str
    rhythm: str
    direction: str
    starts: date | None
    ends: date | None
    remark: str


@dataclass(frozen=True)
class SectionTold:
    """A section with its lines, none where nothing was written."""

    section: Section
    lines: tuple[LineTold, ...]

    @property
    def title(self) -> str:
        """«Задачи»."""
        return self.section.label

    @property
    def blanks(self) -> int:
        """How many lines wait to be filled in; a section without lines is one."""
        return sum(not line.text for line in self.lines) if self.lines else 1


@dataclass(frozen=True)
class IndicatorTold:
    """One indicator with its targets; `key` of its row."""

    key: int
    code: str
    title: str
    unit: Unit
    origin: Origin
    numerator: str
    denominator: str
    baseline_raw: str
    baseline: Decimal | None
    targets: tuple[Target, ...]
    readings: tuple[Reading, ...]
    reading: str
    reading_why: str
    oddities: tuple[str, ...]
    undecided: bool
    own: bool

    @property
    def plan(self) -> dict[str, Target]:
        """Its targets by year."""
        return {target.year: target for target in self.targets}

    @property
    def reading_words(self) -> str:
        """«прирост за год к предыдущему значению», empty where nothing was decided."""
        return Reading(self.reading).label if self.reading else ""


@dataclass(frozen=True)
class GroupTold:
    """A direction with its indicators; the last one, without a key, of those without a direction."""

    key: int
    name: str
    indicators: tuple[IndicatorTold, ...]


@dataclass(frozen=True)
class ProgramPaper:
    """The whole. `edition` 0: never approved."""

    code: str
    school: str
    founder: str
    template: str
    title: str
    term: str
    starts: date
    ends: date
    state: str
    edition: int
    protocol_number: str
    protocol_date: date | None
    grounds: str
    signed_by: str
    sections: tuple[SectionTold, ...]
    groups: tuple[GroupTold, ...]

    @property
    def draft(self) -> bool:
        """Whether the council has not approved what is printed."""
        return self.state != ProgramState.APPROVED

    @property
    def directions(self) -> list[str]:
        """Their names in order; none where the program is not divided."""
        return [group.name for group in self.groups if group.name]

    @property
    def indicators(self) -> list[IndicatorTold]:
        """All indicators in order."""
        return [one for group in self.groups for one in group.indicators]

    @property
    def years(self) -> list[str]:
        """All years of the plan, in order."""
        return sorted({target.year for one in self.indicators for target in one.targets})

    @property
    def table(self) -> list[tuple[GroupTold, list[tuple[IndicatorTold, list[Target | None]]]]]:
        """Groups with their indicators, and of each its target in every year of the program."""
        years = self.years
        return [
            (group, [(one, [one.plan.get(year) for year in years]) for one in group.indicators])
            for group in self.groups
        ]

    @property
    def blank_sections(self) -> list[SectionTold]:
        """Sections in which something waits to be filled in."""
        return [section for section in self.sections if section.blanks]

    @property
    def waiting(self) -> list[IndicatorTold]:
        """Indicators whose reading the school has not decided."""
        return [one for one in self.indicators if one.undecided]


def program_paper(program: Program, *, grounds: str = "") -> ProgramPaper:
    """As it stands. Five queries."""
    school = program.school
    rows = list(program.indicators.all())
    return ProgramPaper(
        code=school.code,
        school=school.official_name,
        founder=school.founder,
        template=program.template,
        title=program.title,
        term=program.term,
        starts=program.starts_on,
        ends=program.ends_on,
        state=program.state,
        edition=program.number,
        protocol_number=program.protocol_number,
        protocol_date=program.protocol_date,
        grounds=grounds,
        signed_by=school_heads(school).director,
        sections=_sections(program.lines.standing().select_related("direction")),
        groups=_groups(program, rows),
    )


def _sections(lines: Iterable[ProgramLine]) -> tuple[SectionTold, ...]:
    told: dict[str, list[LineTold]] = {code: [] for code in Section.codes()}
    for row in lines:
        name = row.direction.name if row.direction else ""
        told[row.section].append(
            LineTold(row.pk, row.number, row.text, row.rhythm, name, row.starts_on, row.ends_on, row.remark)
        )
    return tuple(SectionTold(Section(code), tuple(rows)) for code, rows in told.items())


def _groups(program: Program, rows: list[ProgramIndicator]) -> tuple[GroupTold, ...]:
    """Directions in their order, those without one before them: the goal comes first."""
    free = tuple(indicator_told(row) for row in rows if row.direction_id is None)
    groups = [GroupTold(0, "", free)] if free else []
    for direction in program.directions.all():
        own = tuple(indicator_told(row) for row in rows if row.direction_id == direction.pk)
        groups.append(GroupTold(direction.pk, direction.name, own))
    return tuple(groups)


def indicator_told(row: ProgramIndicator) -> IndicatorTold:
    """A row with what the catalogue says of it."""
    known = CATALOGUE.get(row.code)
    readings = known.readings if known else ()
    return IndicatorTold(
        key=row.pk,
        code=row.code,
        title=row.title,
        unit=Unit(row.unit),
        origin=Origin(row.origin),
        numerator=known.numerator if known else "",
        denominator=known.denominator if known else "",
        baseline_raw=row.baseline_raw,
        baseline=row.baseline,
        targets=targets_of(row.targets),
        readings=readings,
        reading=row.reading,
        reading_why=row.reading_why,
        oddities=known.oddities if known else (),
        undecided=bool(readings) and not row.reading,
        own=row.own,
    )


def undertaking_of(told: IndicatorTold, direction: str, program: str) -> Undertaking:
    """What the rules of targets read."""
    return Undertaking(
        code=told.code,
        title=told.title,
        unit=told.unit,
        direction=direction,
        baseline_raw=told.baseline_raw,
        baseline=told.baseline,
        readings=told.readings,
        reading=told.reading,
        targets=told.targets,
        own=told.own,
        program=program,
    )


def undertakings_of(paper: ProgramPaper) -> list[Undertaking]:
    """Every indicator of a program as an undertaking."""
    return [undertaking_of(one, group.name, paper.title) for group in paper.groups for one in group.indicators]


def targets_told(targets: Iterable[Target]) -> list[dict[str, Any]]:
    """As a row keeps them."""
    told: list[dict[str, Any]] = _converter.unstructure(list(targets))
    return told


def targets_of(told: list[dict[str, Any]]) -> tuple[Target, ...]:
    """The reverse of `targets_told`."""
    return _converter.structure(told, tuple[Target, ...])


def paper_told(paper: ProgramPaper) -> dict[str, Any]:
    """As a version keeps it."""
    told: dict[str, Any] = _converter.unstructure(paper)
    return told


def paper_of(body: dict[str, Any]) -> ProgramPaper:
    """The reverse of `paper_told`."""
    return _converter.structure(body, ProgramPaper)

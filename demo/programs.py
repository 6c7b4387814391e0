"""Programs of the demo's schools: approved by the council in August; in the first school one odd plan is decided."""

from datetime import date

from demo.decisions import on_day
from roadmaps.indicators import Reading
from roadmaps.models import Program
from roadmaps.services.program_parts import LineDraft, indicator_read, line_add
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Section, Template
from school.models import School, User
from school.roles import Position

_COUNCIL = date(2026, 8, 28)


def promise(schools: list[School]) -> None:
    """A long-term program in the first school, with the year's as a draft; a program of the year in the others."""
    for school in schools:
        deputy = User.objects.filter(staff__school=school, staff__positions__position=Position.DEPUTY).first()
        if deputy is not None:
            with on_day(school, _COUNCIL):
                _promise(deputy, school, first=school == schools[0])


def _promise(deputy: User, school: School, *, first: bool) -> None:
    template = Template.LONG if first else Template.YEAR
    program = program_create(by=deputy, school=school, template=template, first_year=_COUNCIL.year)
    if first:
        _decide(deputy, program)
    program_approve(by=deputy, program=program, version=0, protocol_number="1", protocol_date=_COUNCIL)


def _decide(deputy: User, program: Program) -> None:
    """Executors are filled in; P29 is read as an increase, P01 and P32 stay undecided with both readings shown."""
    line_add(by=deputy, program=program, section=Section.EXECUTOR, draft=LineDraft("Педагогический коллектив школы"))
    odd = program.indicators.get(code="P29")
    indicator_read(by=deputy, indicator=odd, reading=Reading.ADDED, why="25 % — прирост за год, к концу все 100 %")

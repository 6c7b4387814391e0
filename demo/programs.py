"""The demo's program: approved by the council in August, one odd plan decided, the others left with both readings."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from roadmaps.indicators import Reading
from roadmaps.services.program_parts import LineDraft, indicator_read, line_add
from roadmaps.services.programs import program_approve, program_create
from roadmaps.words_program import Section, Template
from school.models import School

_COUNCIL = date(2026, 8, 28)


def promise(school: School) -> None:
    """A long-term program: executors are filled in, stages and methods stay blank, as the template has them."""
    deputy = user_named("zavuch")
    with on_day(school, _COUNCIL):
        program = program_create(by=deputy, school=school, template=Template.LONG, first_year=_COUNCIL.year)
        line = LineDraft("Педагогический коллектив школы")
        line_add(by=deputy, program=program, section=Section.EXECUTOR, draft=line)
        odd = program.indicators.get(code="P29")
        why = "25\u00a0% — прирост за год: к концу применяют все"
        indicator_read(by=deputy, indicator=odd, reading=Reading.ADDED, why=why)
        program.refresh_from_db()
        version = program.version
        program_approve(by=deputy, program=program, version=version, protocol_number="1", protocol_date=_COUNCIL)

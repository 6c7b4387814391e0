"""The technological card: roles, duties, terms and what is recorded of them; of one role, of one person."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.selectors.periods import year_of
from roadmaps.duty_words import DutyRole
from roadmaps.permissions_duties import people_of, roles_at
from roadmaps.selectors.duties import (
    WHOLE,
    DeedMark,
    Line,
    Spans,
    card_of,
    lines_of_person,
    lines_of_role,
    spans_of,
)
from school.models import School, Staff

TITLE = "Технологическая карта"
HEADINGS = ("Участник образовательных отношений", "Код", "Мероприятия", "Сроки, цикличность", "Откуда", "Записано")
NOTHING = "нет записи"


@dataclass(frozen=True)
class PaperLine:
    """One duty: its words, its term, what is recorded."""

    code: str
    text: str
    term: str
    source: str
    handling: str
    recorded: tuple[str, ...]


@dataclass(frozen=True)
class PaperPart:
    """The duties of one role."""

    role: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True)
class DutiesPaper:
    """What PDF, workbook and JSON show alike. `person` is empty unless it is one person's sheet."""

    code: str
    school: str
    founder: str
    year: str
    period: int
    span: str
    person: str
    day: date
    parts: tuple[PaperPart, ...]


def build_duties(query: ReportQuery) -> DutiesPaper:
    """Of a period (0: the whole year). `extra`: `staff` for one person's sheet, `role` for one role.

    Raises `Refused` for an unknown year, period, person or role.
    """
    year = year_of(query.school, query.year)
    told = spans_of(year, str(query.period) if query.period else WHOLE, query.school.today())
    if told.span.number != query.period:
        raise Refused(f"В учебном году {year} нет периода № {query.period}.")
    staff = _person(query)
    roles = roles_at(query.school, staff) if staff is not None else _roles(query)
    lines = _lines(query.school, told, roles, staff)
    parts = [PaperPart(role.label, _part(lines, role, named=len(roles) == 1)) for role in roles]
    return _paper(query, told, staff, parts)


def _person(query: ReportQuery) -> Staff | None:
    wanted = query.extra.get("staff")
    if wanted is None:
        return None
    row = Staff.objects.select_related("school").filter(pk=int(wanted), school=query.school).first()
    if row is None:
        raise Refused("Такого сотрудника нет.")
    return row


def _roles(query: ReportQuery) -> list[DutyRole]:
    wanted = str(query.extra.get("role", ""))
    if not wanted:
        return list(DutyRole)
    if wanted not in DutyRole.codes():
        raise Refused("Такой роли нет.")
    return [DutyRole(wanted)]


def _lines(school: School, told: Spans, roles: Sequence[DutyRole], staff: Staff | None) -> list[Line]:
    card = card_of(school)
    duties = [duty for role in roles for duty in card.of(role)]
    if staff is not None:
        return lines_of_person(told, duties, staff)
    people = people_of(school)
    return lines_of_role(told, duties, people.staff, people.holders)


def _part(lines: Sequence[Line], role: DutyRole, *, named: bool) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(
            line.duty.code,
            line.duty.text,
            line.duty.when,
            line.duty.source_words,
            line.duty.handling.value,
            recorded_words(line, named=named or line.duty.shared),
        )
        for line in lines
        if line.duty.role == role
    )


def recorded_words(line: Line, *, named: bool = True) -> tuple[str, ...]:
    """«Консультации: 3, последний раз 20.11.2026»; marks by hand; «нет записи» where a mark has its place."""
    words = [deed_words(deed, named=named) for deed in line.deeds]
    for mark in line.marks:
        who = f" ({mark.staff.short_name})" if named else ""
        words.append(f"отмечено {date_short(mark.on)}{who}{': ' if mark.note else ''}{mark.note}")
    if not words and line.duty.asked:
        words.append(NOTHING)
    return tuple(words)


def deed_words(deed: DeedMark, *, named: bool) -> str:
    """A mark that arose by itself, in a line of paper."""
    who = f" ({', '.join(deed.who)})" if named and deed.who else ""
    return f"{deed.words}: {deed.number}, последний раз {date_short(deed.last)}{who}"


def _paper(query: ReportQuery, told: Spans, staff: Staff | None, parts: Sequence[PaperPart]) -> DutiesPaper:
    school = query.school
    return DutiesPaper(
        school.code,
        school.official_name,
        school.founder,
        str(told.year),
        told.span.number,
        told.span.title,
        staff.full_name if staff is not None else "",
        told.today,
        tuple(parts),
    )


def duties_pdf(paper: DutiesPaper) -> bytes:
    """The three columns of the official card, and what is recorded."""
    return render_pdf(render_to_string("roadmaps/duties_print.html", {"paper": paper, "title": TITLE}))


def duties_xlsx(paper: DutiesPaper) -> bytes:
    """A row a duty."""
    rows: Iterator[tuple[Cell, ...]] = (
        (part.role, line.code, line.text, line.term, line.source, "; ".join(line.recorded))
        for part in paper.parts
        for line in part.lines
    )
    about = [paper.school, f"{TITLE}, {paper.year}, {paper.span}", paper.person]
    return render_xlsx([Sheet(TITLE, HEADINGS, rows, note=". ".join(filter(None, about)), landscape=True)])


def duties_json(paper: DutiesPaper) -> bytes:
    """The value itself: `school` is the code, days are ISO."""
    told = asdict(paper)
    told["school_name"], told["school"] = told.pop("school"), told.pop("code")
    told["totals"] = {"duties": sum(len(part.lines) for part in paper.parts)}
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def duties_name(paper: DutiesPaper) -> str:
    """«Технологическая карта 2026-27, 1-я четверть», of a person or of one role with whose it is."""
    whose = paper.person or (paper.parts[0].role if len(paper.parts) == 1 else "")
    return ", ".join(filter(None, (f"{TITLE} {paper.year.replace('/', '-')}", paper.span, whose)))


RENDERERS = {"pdf": duties_pdf, "xlsx": duties_xlsx, "json": duties_json}

"""The papers of this app: a list as it is filtered, one teacher's sheet, the indicators with names."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Sheet, render_xlsx
from school.access import access_of
from school.models import Staff, User
from school.selectors import current_year
from teaching.filtering import RecordFilterForm
from teaching.kinds import LISTS, Cell, Line, cell_words
from teaching.permissions import can_read_all, can_see_teaching
from teaching.selectors.indicators import StaffShare, staff_shares
from teaching.selectors.own import own_records

INDICATORS, OWN = "indicators", "own"
TITLE = "Развитие педагогов"


@dataclass(frozen=True)
class Section:
    """A table of the paper; without lines it says so."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]

    @property
    def words(self) -> list[list[str]]:
        """The cells as paper shows them."""
        return [[cell_words(cell) for cell in line] for line in self.lines]


@dataclass(frozen=True)
class TeachingPaper:
    """What page, PDF, workbook and JSON show alike."""

    what: str
    title: str
    school: str
    code: str
    founder: str
    on: date
    about: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def wide(self) -> bool:
        """Whether a table needs a landscape page."""
        return any(len(one.headings) > 5 for one in self.sections)


def build_teaching(query: ReportQuery) -> TeachingPaper:
    """`extra`: `what` is a list's name with its filter, `own` with `person`, or `indicators` (the default)."""
    user, what = query.user, str(query.extra.get("what", INDICATORS))
    if what == INDICATORS:
        return _indicators(query)
    if user is None:
        raise Refused("Этот документ составляют для человека: откройте страницу и закажите его там.")
    if what == OWN:
        return _own(query, user)
    if what not in LISTS:
        raise Refused("Такого списка нет.")
    return _list(query, user, what)


def _list(query: ReportQuery, user: User, what: str) -> TeachingPaper:
    kind = LISTS[what]
    form = filter_form(user, what, query.extra)
    chosen = form.chosen()
    about = tuple(f"{form.fields[name].label}: {form.words(name, value)}" for name, value in chosen.items())
    section = section_of(what, map(kind.line, kind.rows(user, chosen)))
    return _paper(query, what, kind.title, about, [section])


def filter_form(user: User, what: str, data: Mapping[str, Any]) -> RecordFilterForm:
    """The filter of a list; whoever sees colleagues' records may choose one. One query."""
    people: list[tuple[object, str]] = []
    if can_read_all(user) or what in ("practices", "communities"):
        people = [(one.pk, one.short_name) for one in Staff.objects.filter(school=access_of(user).school)]
    return RecordFilterForm(data, only=LISTS[what].fields, staff=people)


def section_of(what: str, lines: Iterable[Line]) -> Section:
    """A list's rows as a table."""
    return Section(LISTS[what].title, LISTS[what].headings, tuple(line.cells for line in lines))


def _own(query: ReportQuery, user: User) -> TeachingPaper:
    staff = Staff.objects.filter(pk=int(query.extra.get("person", 0)), school=query.school).first()
    if staff is None or not may_read_person(user, staff):
        raise Refused("Такого педагога нет среди тех, чьи записи вы видите.")
    found = own_records(user, staff)
    rows: dict[str, list[Any]] = {what: getattr(found, what) for what in LISTS}
    sections = [section_of(what, map(LISTS[what].line, rows[what])) for what in LISTS]
    return _paper(query, OWN, f"Лист профессионального развития: {staff.full_name}", (), sections)


def may_read_person(user: User, staff: Staff) -> bool:
    """One's own records, or a colleague's for who sees those of all."""
    own = access_of(user).staff
    return can_see_teaching(user) and (can_read_all(user) or (own is not None and own.pk == staff.pk))


SHARES = ("Показатель", "Доля", "Сколько", "Из скольких", "Значение человека", "Примечание")
NAMES = ("Педагог", "На чём основано", "Что не считается")


def _indicators(query: ReportQuery) -> TeachingPaper:
    if query.user is not None and not can_read_all(query.user):
        raise Refused("Показатели видят директор, заместитель директора и руководители ШМО.")
    today = query.school.today()
    shares = staff_shares(query.school, today, current_year(query.school))
    summary = Section("Показатели программы", SHARES, tuple(_share(one) for one in shares.values()))
    named = [Section(f"{one.code}. {one.code.label}", NAMES, _names(one)) for one in shares.values()]
    return _paper(query, INDICATORS, f"Показатели развития педагогов на {date_short(today)}", (), [summary, *named])


def _share(one: StaffShare) -> tuple[Cell, ...]:
    value = f"{one.value.number} из {one.value.of}" if one.value is not None else ""
    if one.by_visits:
        value = value or "не поставлено"
    return (f"{one.code}. {one.code.label}", one.words, one.number, one.of, value, one.passport.note)


def _names(one: StaffShare) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            person.staff.full_name,
            "; ".join(ground.text for ground in person.grounds if ground.counts),
            "; ".join(f"{ground.text} ({ground.why})" for ground in person.grounds if not ground.counts),
        )
        for person in one.people
        if person.grounds
    )


def _paper(query: ReportQuery, what: str, title: str, about: tuple[str, ...], sections: list[Section]) -> TeachingPaper:
    school = query.school
    return TeachingPaper(
        what, title, school.official_name, school.code, school.founder, school.today(), about, tuple(sections)
    )


def to_pdf(paper: TeachingPaper) -> bytes:
    """A table a section."""
    return render_pdf(render_to_string("teaching/paper.html", {"report": paper}))


def to_xlsx(paper: TeachingPaper) -> bytes:
    """A sheet a section."""
    note = ". ".join([paper.school, f"{paper.title}, на {date_short(paper.on)}", *paper.about])
    return render_xlsx(
        [Sheet(one.title[:31], one.headings, one.lines, note=note, landscape=True) for one in paper.sections]
    )


def to_json(paper: TeachingPaper) -> bytes:
    """The dataclass itself; days are ISO."""
    told = asdict(paper)
    told["school"] = told.pop("code")
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def paper_name(paper: TeachingPaper) -> str:
    """«Банк практик на 21.11.2026»."""
    words = paper.title.replace(":", "").replace("/", "–")
    return words if date_short(paper.on) in words else f"{words} на {date_short(paper.on)}"


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}

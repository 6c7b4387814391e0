"""The plan of events for parents with what came of it, and the shares of involved parents (P23, P27): one value for
the page, PDF, XLSX and JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.reports.journals import journal_days
from parents.models import ParentEvent
from parents.reports.event_papers import as_json, clock_of
from parents.rules.involved import EventCount, ParentShare
from parents.selectors.events import EventQuery, audience_words, events, lacks
from parents.selectors.involved import InvolvedParent, involved_parents
from school.models import Level

TITLE = "Мероприятия для родителей"


@dataclass(frozen=True)
class EventLine:
    """An event of the plan. `came` is None while nobody has marked who was there."""

    number: int
    on: date
    clock: str
    kind: str
    title: str
    audience: str
    place: str
    leader: str
    state: str
    came: int | None
    protocol: str
    prevention: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class ShareLine:
    """P23 of the school or of a level."""

    code: str
    where: str
    numerator: int
    denominator: int
    words: str
    value: float | None


@dataclass(frozen=True)
class CountLine:
    """P27 of all or of a level."""

    code: str
    where: str
    number: int


@dataclass(frozen=True)
class ParentLine:
    """A parent of the denominator: whose, and how involved."""

    name: str
    children: str
    how: str
    involved: bool


@dataclass(frozen=True)
class EventsReport:
    """Of a period or a year, of the pupils whom its reader sees."""

    code: str
    school: str
    founder: str
    year: str
    title: str
    begins: date
    ends: date
    day: date
    made_on: date
    lines: tuple[EventLine, ...]
    shares: tuple[ShareLine, ...]
    counts: tuple[CountLine, ...]
    without: int
    parents: tuple[ParentLine, ...]


def build_events(asked: ReportQuery) -> EventsReport:
    """Of the period, 0 for the whole year. Raises `Refused` for an unknown year or period."""
    year, begins, ends = journal_days(asked)
    school = asked.school
    query = EventQuery(school.today(), year=year, first=begins, last=ends)
    rows = events(asked.user, query).filter(school=school)
    involved = involved_parents(asked.user, school, year, begins, ends)
    return EventsReport(
        code=school.code,
        school=school.official_name,
        founder=school.founder,
        year=year.title,
        title=TITLE,
        begins=begins,
        ends=ends,
        day=involved.day,
        made_on=school.today(),
        lines=tuple(_line(number, row, school.today()) for number, row in enumerate(rows, 1)),
        shares=tuple(_share(one, whole=involved.whole) for one in involved.shares),
        counts=tuple(_count(one) for one in involved.counts),
        without=len(involved.without),
        parents=tuple(_parent(one) for one in involved.parents),
    )


def where_words(level: str, *, whole: bool) -> str:
    """«вся школа», «НОО»; «ваши ученики» for whoever does not see all of the school."""
    if level:
        return Level(level).label
    return "вся школа" if whole else "ваши ученики"


def _share(share: ParentShare, *, whole: bool) -> ShareLine:
    return ShareLine("P23", where_words(share.level, whole=whole), share.part, share.of, share.words, share.value)


def _count(count: EventCount) -> CountLine:
    return CountLine("P27", where_words(count.level, whole=True), count.number)


def _line(number: int, row: ParentEvent, today: date) -> EventLine:
    return EventLine(
        number=number,
        on=row.on,
        clock=clock_of(row),
        kind=row.get_kind_display(),
        title=row.title,
        audience=audience_words(row),
        place=row.place,
        leader=row.leader.short_name if row.leader is not None else "",
        state=row.get_state_display(),
        came=getattr(row, "came", 0) if getattr(row, "marked", False) else None,
        protocol=f"№ {row.number}" if row.concluded_on is not None else "",
        prevention=row.prevention,
        lacks=tuple(one.label for one in lacks(row, today)),
    )


def _parent(one: InvolvedParent) -> ParentLine:
    children = ", ".join(f"{child.name} ({child.school_class})" for child in one.children)
    return ParentLine(one.name, children, one.how, one.facts.involved)


def events_pdf(report: EventsReport) -> bytes:
    """A landscape table of the plan, the shares beneath it."""
    return render_pdf(render_to_string("parents/events_print.html", {"report": report}))


_PLAN = ("№", "День", "Время", "Вид", "Тема", "Кого приглашаем", "Место", "Ведёт", "Состояние", "Были", "Протокол",
         "О профилактике", "Чего не хватает")  # fmt: skip
_SHARES = ("Показатель", "Где", "Вовлечены", "Всего родителей", "Доля, %")
_PARENTS = ("Родитель", "Дети", "Чем вовлечён")


def events_xlsx(report: EventsReport) -> bytes:
    """The plan, the indicators, the parents behind them."""
    note = f"{report.school}. {report.title}, {date_short(report.begins)}–{date_short(report.ends)}"
    return render_xlsx(
        [
            Sheet("План", _PLAN, _plan(report.lines), note=note, landscape=True),
            Sheet("Показатели", _SHARES, _indicators(report), note=note),
            Sheet("Родители", _PARENTS, ((one.name, one.children, one.how) for one in report.parents), note=note),
        ]
    )


def _plan(lines: Sequence[EventLine]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        yield (
            line.number,
            line.on,
            line.clock,
            line.kind,
            line.title,
            line.audience,
            line.place,
            line.leader,
            line.state,
            line.came,
            line.protocol,
            "да" if line.prevention else "нет",
            ", ".join(line.lacks),
        )


def _indicators(report: EventsReport) -> Iterator[tuple[Cell, ...]]:
    for share in report.shares:
        yield share.code, share.where, share.numerator, share.denominator, share.value
    for count in report.counts:
        yield count.code, f"{count.where}: проведено мероприятий", count.number, None, None


def events_name(report: EventsReport) -> str:
    """«Мероприятия для родителей 01.09.2026–31.10.2026»."""
    return f"{TITLE} {date_short(report.begins)}–{date_short(report.ends)}"


RENDERERS = {"pdf": events_pdf, "xlsx": events_xlsx, "json": as_json}

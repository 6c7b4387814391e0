"""Papers of one event for parents: an invitation with a sheet of registration for each class, the protocol."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from iom.reports.journals import journal_days
from parents.event_words import OF_WHAT, TO_WHAT, EventKind, EventState
from parents.models import ParentEvent
from parents.selectors.events import (
    ClassLine,
    EventQuery,
    audience_words,
    class_lines,
    classes_of,
    events,
    sheet_lines,
    told,
)
from school.models import SchoolClass

INVITATION_TITLE = "Приглашение родителей"
PROTOCOL_TITLE = "Протокол мероприятия для родителей"
_converter = make_converter()


@dataclass(frozen=True)
class Invited:
    """A line of the sheet of registration. Who may be told nothing of the child is not named on paper."""

    pupil: str
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Invitation:
    """What one class is given: the invitation, and who signs on coming (whom its reader sees)."""

    to_what: str
    title: str
    on: date
    clock: str
    place: str
    leader: str
    questions: tuple[str, ...]
    school_class: str
    people: tuple[Invited, ...]


@dataclass(frozen=True)
class Invitations:
    """What one file holds."""

    code: str
    school: str
    founder: str
    title: str
    sheets: tuple[Invitation, ...]


def build_invitations(asked: ReportQuery) -> Invitations:
    """Of the event of `extra["event"]`, a sheet a class; without one of all that are planned in the period.

    Raises `Refused` when there is nothing to print, and for an unknown year or period.
    """
    found = _asked(asked, EventState.PLANNED)
    sheets = tuple(sheet for event in found for sheet in _sheets(asked, event))
    if not sheets:
        raise Refused("Приглашать некого: в плане нет мероприятий или в приглашённых классах никто не учится.")
    title = found[0].title if len(found) == 1 else ""
    return Invitations(asked.school.code, asked.school.official_name, asked.school.founder, title, sheets)


def _asked(asked: ReportQuery, state: EventState) -> list[ParentEvent]:
    rows = ParentEvent.objects.filter(school=asked.school)
    if "event" in asked.extra:
        rows = rows.filter(pk=asked.extra["event"])
        rows = rows if asked.user is None else rows.visible_to(asked.user)
        return list(told(rows.exclude(state=EventState.CANCELLED), asked.user))
    year, first, last = journal_days(asked)
    query = EventQuery(asked.school.today(), year=year, first=first, last=last, state=state)
    return list(events(asked.user, query).filter(school=asked.school))


def _sheets(asked: ReportQuery, event: ParentEvent) -> list[Invitation]:
    classes = classes_of(event)
    people: dict[str, list[Invited]] = {}
    for line in sheet_lines(asked.user, event, classes):
        names = tuple(one.full for one in line.people if one.told)
        people.setdefault(line.school_class, []).append(Invited(line.pupil.full_name, names))
    return [_invitation(event, one, people.get(str(one), [])) for one in classes]


def _invitation(event: ParentEvent, school_class: SchoolClass, people: Sequence[Invited]) -> Invitation:
    return Invitation(
        to_what=TO_WHAT[EventKind(event.kind)],
        title=event.title,
        on=event.on,
        clock=clock_of(event),
        place=event.place,
        leader=event.leader.short_name if event.leader is not None else "",
        questions=questions_of(event),
        school_class=str(school_class),
        people=tuple(people),
    )


def clock_of(event: ParentEvent) -> str:
    """«18:00–19:00»; empty where no hour is named."""
    if event.starts_at is None:
        return ""
    return f"{event.starts_at:%H:%M}" + (f"–{event.ends_at:%H:%M}" if event.ends_at is not None else "")


def questions_of(event: ParentEvent) -> tuple[str, ...]:
    """The agenda, a line each."""
    return tuple(line.strip() for line in event.questions.splitlines() if line.strip())


def invitations_pdf(report: Invitations) -> bytes:
    """Two pages a class."""
    return render_pdf(render_to_string("parents/invitation_print.html", {"report": report}))


def invitations_name(report: Invitations) -> str:
    """«Приглашения: Как учить уроки»."""
    return f"Приглашения: {report.title}" if report.title else "Приглашения родителей"


@dataclass(frozen=True)
class ClassCount:
    """How many children of a class were represented, for how many nobody came, of how many nothing is written."""

    name: str
    pupils: int
    came: int
    nobody: int
    unknown: int


@dataclass(frozen=True)
class PaperDecision:
    """A decision, who answers for it, until when."""

    text: str
    answers: str
    due: date


@dataclass(frozen=True)
class EventProtocolPaper:
    """A protocol. `version` 0 is a draft; `why`: why a later version was made. It names no child and no parent."""

    school: str
    founder: str
    of_what: str
    title: str
    on: date
    clock: str
    place: str
    audience: str
    chair: str
    secretary: str
    people: int
    classes: tuple[ClassCount, ...]
    questions: tuple[str, ...]
    course: str
    decisions: tuple[PaperDecision, ...]
    number: int | None = None
    version: int = 0
    concluded_on: date | None = None
    why: str = ""


def protocol_paper(event: ParentEvent) -> EventProtocolPaper:
    """What the event comes to now, of all who came; `event` is `told` for nobody in particular."""
    lines = class_lines(None, event, classes_of(event))
    return EventProtocolPaper(
        school=event.school.official_name,
        founder=event.school.founder,
        of_what=OF_WHAT[EventKind(event.kind)],
        title=event.title,
        on=event.on,
        clock=clock_of(event),
        place=event.place,
        audience=audience_words(event),
        chair=event.chair,
        secretary=event.secretary,
        people=getattr(event, "came", 0),
        classes=tuple(
            ClassCount(str(one.school_class), one.pupils, one.came, one.nobody, one.unknown) for one in lines
        ),
        questions=questions_of(event),
        course=event.course,
        decisions=tuple(
            PaperDecision(one.text, one.answers, one.due) for one in event.decisions.select_related("responsible")
        ),
        number=event.number,
    )


def _class_count(line: ClassLine) -> ClassCount:
    return ClassCount(str(line.school_class), line.pupils, line.came, line.nobody, line.unknown)


def frozen(paper: EventProtocolPaper) -> dict[str, Any]:
    """As it is kept."""
    kept: dict[str, Any] = _converter.unstructure(paper)
    return kept


@dataclass(frozen=True)
class Protocols:
    """What one file holds."""

    code: str
    protocols: tuple[EventProtocolPaper, ...]


def build_protocols(asked: ReportQuery) -> Protocols:
    """The protocol of the event of `extra["event"]`, a draft while nobody has concluded it; without one all that were
    concluded of the period.

    Raises `Refused` when there is none, and for an unknown year or period.
    """
    found = _asked(ReportQuery(asked.school, asked.period, asked.year, extra=asked.extra), EventState.HELD)
    if "event" not in asked.extra:
        found = [event for event in found if event.concluded_on is not None]
    if not found:
        raise Refused("Заключённых протоколов за этот период нет.")
    return Protocols(asked.school.code, tuple(_standing(event) for event in found))


def _standing(event: ParentEvent) -> EventProtocolPaper:
    last = event.protocols.last() if event.concluded_on is not None else None
    return protocol_paper(event) if last is None else _converter.structure(last.paper, EventProtocolPaper)


def protocols_pdf(report: Protocols) -> bytes:
    """One after the other, each on a sheet of its own."""
    return render_pdf(render_to_string("parents/event_protocol_print.html", {"report": report}))


def protocols_name(report: Protocols) -> str:
    """«Протокол № 3 от 21.11.2026»."""
    if len(report.protocols) > 1:
        return "Протоколы мероприятий для родителей"
    one = report.protocols[0]
    number = f" № {one.number}" if one.number else ""
    return f"Протокол{number} от {date_short(one.on)}"


def as_json(report: Any) -> bytes:
    """The dataclass itself; days are ISO."""
    kept = asdict(report)
    kept["school"] = kept.pop("code")
    return json.dumps(kept, ensure_ascii=False, default=str, indent=1).encode()


_Renderers = dict[str, Callable[[Any], bytes]]
INVITATION_RENDERERS: _Renderers = {"pdf": invitations_pdf, "json": as_json}
PROTOCOL_RENDERERS: _Renderers = {"pdf": protocols_pdf, "json": as_json}

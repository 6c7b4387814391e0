"""The roadmap as the page, the board, the time axis and the papers show it: one value for all of them.

The columns are those of the source: №, Мероприятия, Сроки, Ответственные, Ожидаемые результаты; form, contingent and
venue stand with the activity. What was approved is kept as this value in JSON and prints the same for ever.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from cattrs.preconf.json import make_converter

from common.names import initials
from roadmaps.models import Activity, Direction, Occurrence, Roadmap
from roadmaps.rules.checks import is_late
from roadmaps.rules.term_words import term_of
from roadmaps.rules.terms import is_standing
from roadmaps.selectors.activities import activities_of, occurrences_of
from roadmaps.words import Duty, OccurrenceState, RoadmapState
from school.selectors_staff import school_heads

SPECIALISTS, POINT = "с участием специалистов", "с ресурсами «Точки роста»"
_converter = make_converter()


@dataclass(frozen=True)
class Mark:
    """One occurrence: `key` of its row, 0 in a version; `late` as of the paper's day."""

    key: int
    title: str
    starts: date
    ends: date
    first_ends: date
    state: str
    held_on: date | None
    note: str
    shown: int
    late: bool

    @property
    def words(self) -> str:
        """«Просрочено», or its state."""
        return "Просрочено" if self.late else OccurrenceState(self.state).label


@dataclass(frozen=True)
class Line:
    """One activity. `standing`: it has no terms by the calendar; empty `result` is printed as blank."""

    key: int
    number: int
    title: str
    form: str
    term: str
    standing: bool
    responsible: str
    contingent: str
    venue: str
    result: str
    tags: tuple[str, ...]
    marks: tuple[Mark, ...]
    expected: str = ""

    @property
    def about(self) -> str:
        """«семинар; учителя-предметники; актовый зал; с участием специалистов»."""
        return "; ".join(part for part in (self.form, self.contingent, self.venue, *self.tags) if part)

    @property
    def held(self) -> int:
        """How many deeds were held."""
        return sum(mark.state == OccurrenceState.HELD for mark in self.marks)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(mark.late for mark in self.marks)


@dataclass(frozen=True)
class Part:
    """A direction with its activities."""

    key: int
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class RoadmapPaper:
    """The whole. `edition` 0: never approved; `day`: as of when marks are told, None in an approved version."""

    code: str
    school: str
    founder: str
    year: str
    start: int
    title: str
    state: str
    edition: int
    order_number: str
    order_date: date | None
    grounds: str
    signed_by: str
    day: date | None
    parts: tuple[Part, ...]

    @property
    def lines(self) -> list[Line]:
        """All activities in order."""
        return [line for part in self.parts for line in part.lines]

    @property
    def marks(self) -> list[Mark]:
        """All occurrences."""
        return [mark for line in self.lines for mark in line.marks]

    @property
    def draft(self) -> bool:
        """Whether nobody has approved what is printed."""
        return self.state != RoadmapState.APPROVED


def roadmap_paper(roadmap: Roadmap, *, day: date | None = None, grounds: str = "", signed: bool = True) -> RoadmapPaper:
    """As it stands; with `day` also what became of each deed by then, without it the plan alone.

    Three queries and, where it is to be signed, one more.
    """
    school = roadmap.school
    marks = _marks(occurrences_of(roadmap), day)
    return RoadmapPaper(
        code=school.code,
        school=school.official_name,
        founder=school.founder,
        year=roadmap.year.title,
        start=roadmap.year.start,
        title=roadmap.title,
        state=roadmap.state,
        edition=roadmap.number,
        order_number=roadmap.order_number,
        order_date=roadmap.order_date,
        grounds=grounds,
        signed_by=school_heads(school).director if signed else "",
        day=day,
        parts=tuple(_parts(list(roadmap.directions.all()), activities_of(roadmap), marks)),
    )


def _parts(
    directions: Iterable[Direction], activities: Iterable[Activity], marks: dict[int, tuple[Mark, ...]]
) -> Iterator[Part]:
    """Activities are numbered through all directions, as the source has it."""
    rows: dict[int, list[Activity]] = {}
    for activity in activities:
        rows.setdefault(activity.direction_id, []).append(activity)
    number = 0
    for direction in directions:
        lines = []
        for activity in rows.get(direction.pk, []):
            number += 1
            lines.append(_line(number, activity, marks.get(activity.pk, ())))
        yield Part(direction.pk, direction.name, tuple(lines))


def _line(number: int, row: Activity, marks: tuple[Mark, ...]) -> Line:
    return Line(
        key=row.pk,
        number=number,
        title=row.title,
        form=row.form,
        term=row.term_text,
        standing=is_standing(term_of(row.term_kind, row.term)),
        responsible=responsible_words(row, (initials(**one) for one in getattr(row, "named", ()))),
        contingent=row.contingent,
        venue=row.venue,
        result=row.result,
        tags=tags_of(row),
        marks=marks,
        expected=row.expected,
    )


def responsible_words(row: Activity, named: Iterable[str]) -> str:
    """«Администрация, Руководители ШМО: Ильина М. Ф.»; `named` are short names of people."""
    duties = ", ".join(Duty(code).label for code in row.duties)
    people = ", ".join(named)
    inside = ": ".join(part for part in (duties, people) if part)
    return ", ".join(part for part in (inside, row.others) if part)


def tags_of(row: Activity) -> tuple[str, ...]:
    """The marks from which the shares P32 and P30 follow."""
    return tuple(words for words, marked in ((SPECIALISTS, row.with_specialists), (POINT, row.with_point)) if marked)


def _marks(rows: Iterable[Occurrence], day: date | None) -> dict[int, tuple[Mark, ...]]:
    found = {}
    for activity, own in groupby(rows, key=lambda row: row.activity_id):
        found[activity] = tuple(_mark(row, day) for row in own if day is not None or row.key)
    return found


def _mark(row: Occurrence, day: date | None) -> Mark:
    """In a version there are terms alone, as they were planned or moved to."""
    if day is None:
        return Mark(0, row.title, row.starts, row.ends, row.first_ends, OccurrenceState.PLANNED, None, "", 0, False)
    return Mark(
        row.pk,
        row.title,
        row.starts,
        row.ends,
        row.first_ends,
        row.state,
        row.held_on,
        row.note,
        getattr(row, "shown", 0),
        is_late(row.state, row.ends, day),
    )


def paper_told(paper: RoadmapPaper) -> dict[str, Any]:
    """As a version keeps it."""
    told: dict[str, Any] = _converter.unstructure(paper)
    return told


def paper_of(body: dict[str, Any]) -> RoadmapPaper:
    """The reverse of `paper_told`."""
    return _converter.structure(body, RoadmapPaper)


def paper_within(paper: RoadmapPaper, first: date, last: date) -> RoadmapPaper:
    """What falls due between two days, and the standing lines; rows keep their numbers."""
    parts = []
    for part in paper.parts:
        lines = [replace(line, marks=_due(line, first, last)) for line in part.lines]
        parts.append(replace(part, lines=tuple(line for line in lines if line.marks or line.standing)))
    return replace(paper, parts=tuple(part for part in parts if part.lines))


def _due(line: Line, first: date, last: date) -> tuple[Mark, ...]:
    return tuple(mark for mark in line.marks if first <= mark.ends <= last)

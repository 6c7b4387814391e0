"""The schedule of psychological help as a paper: what was approved is kept as JSON and prints the same for ever."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.template.loader import render_to_string

from common.errors import Refused
from common.names import NBSP
from common.russian import date_long, date_short
from consultations.models import ServiceSchedule
from consultations.rules.schedule import ScheduleRow
from consultations.selectors.schedule import hours_of, schedule_in_force, still_as_approved
from consultations.words import MeetingKind
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.selectors.periods import registry_period, year_of
from school.models import AcademicYear, School, Weekday
from school.selectors_staff import school_heads

TITLE = "График оказания психологической помощи"
HEADINGS = (
    "Специалист",
    "Должность",
    "День недели",
    "Начало",
    "Конец",
    "Кабинет",
    "Вид",
    "Минут на встречу",
    "С",
    "По",
)
SIGN_UP = (
    "Записаться на приём можно у самого специалиста в часы приёма или через классного руководителя. "
    "С ребёнком специалист встречается при письменном согласии родителей (законных представителей)."
)
_converter = make_converter()


@dataclass(frozen=True)
class SchedulePaper:
    """The school's hours as one paper. `number` 0 and no `on`: a draft as of `day`.

    `changed_from`: the day from which the hours are no longer these; it is not kept with an approval. `signs` and
    `signed_by`: «Директор», «Самойлова Н. П.», who approved or would.
    """

    school: str
    founder: str
    year: str
    day: date
    rows: tuple[ScheduleRow, ...]
    sign_up: str = SIGN_UP
    number: int = 0
    on: date | None = None
    signs: str = "Директор"
    signed_by: str = ""
    changed_from: date | None = None

    @property
    def title(self) -> str:
        """«График оказания психологической помощи на 2026/27 учебный год»."""
        return f"{TITLE} на {self.year} учебный год"

    @property
    def last_day(self) -> date:
        """The day until which most hours stand: only an earlier end is said."""
        return max((row.ends for row in self.rows), default=self.day)

    @property
    def weekdays(self) -> list[int]:
        """Monday to Friday, and Saturday when somebody receives then."""
        last = max((row.weekday for row in self.rows), default=Weekday.FRIDAY)
        return list(range(1, max(last, Weekday.FRIDAY) + 1))


def draft_paper(school: School, year: AcademicYear, day: date) -> SchedulePaper:
    """What the hours are on the day and afterwards."""
    rows = hours_of(school, year, day)
    return replace(unsigned(school, year, day, rows), signed_by=school_heads(school).director)


def unsigned(school: School, year: AcademicYear, day: date, rows: Sequence[ScheduleRow]) -> SchedulePaper:
    """The same of rows that were read already, those that are over by the day left out."""
    kept = tuple(row for row in rows if row.ends >= day)
    return SchedulePaper(school.official_name, school.founder, year.title, day, kept)


def paper_of(schedule: ServiceSchedule) -> SchedulePaper:
    """An approved one, word for word."""
    return _converter.loads(json.dumps(schedule.content), SchedulePaper)


def paper_rows(content: Mapping[str, Any]) -> list[ScheduleRow]:
    """Hours of an approved one, of its content alone."""
    return _converter.loads(json.dumps(content["rows"]), list[ScheduleRow])


def freeze(paper: SchedulePaper) -> dict[str, Any]:
    """Plain JSON values for `paper_of`."""
    frozen: dict[str, Any] = json.loads(_converter.dumps(replace(paper, changed_from=None)))
    return frozen


def build_for_query(query: ReportQuery) -> SchedulePaper:
    """The schedule in force at the period's end, or today within it; a draft where none was approved.

    `extra`: `schedule`, the key of another approved one; `draft`, the hours as they are. Raises `Refused`.
    """
    year = year_of(query.school, query.year)
    if "schedule" in query.extra:
        return _asked(query, year)
    period = registry_period(year, query.period)
    day = min(max(query.school.today(), period.starts), period.ends)
    found = None if query.extra.get("draft") else schedule_in_force(query.school, year, day)
    if found is None:
        return draft_paper(query.school, year, day)
    return still(found, query.school.today())


def _asked(query: ReportQuery, year: AcademicYear) -> SchedulePaper:
    found = ServiceSchedule.objects.filter(school=query.school, pk=query.extra["schedule"]).first()
    if found is None:
        raise Refused("Такого графика нет.")
    return still(found, query.school.today()) if found.year_id == year.pk else paper_of(found)


def still(schedule: ServiceSchedule, today: date) -> SchedulePaper:
    """An approved one with the day from which the hours differ; one that a later approval replaced differs no more."""
    paper = paper_of(schedule)
    newest = schedule_in_force(schedule.school, schedule.year, max(today, schedule.on))
    if newest is None or newest.pk != schedule.pk:
        return paper
    return replace(paper, changed_from=still_as_approved(schedule, paper.rows))


def file_name(paper: SchedulePaper) -> str:
    """«График психологической помощи № 1 от 21.11.2026»."""
    told = f"№ {paper.number} от {date_short(paper.on)}" if paper.on else f"проект на {date_short(paper.day)}"
    return f"График психологической помощи {told}"


def _approval(paper: SchedulePaper) -> list[str]:
    surname, _, letters = paper.signed_by.partition(NBSP)
    signed = f"{letters}{NBSP}{surname}" if letters else surname
    day = date_long(paper.on) if paper.on else f"«___» ___________ {paper.day.year} г."
    return ["УТВЕРЖДАЮ", paper.signs, f"______________ {signed}", day]


def grid(paper: SchedulePaper) -> list[tuple[ScheduleRow, list[list[ScheduleRow]]]]:
    """A row a specialist, a cell a day of the week: whose row it is, and the hours of each day."""
    people: dict[int, list[ScheduleRow]] = {}
    for row in paper.rows:
        people.setdefault(row.specialist, []).append(row)
    days = paper.weekdays
    return [(rows[0], [[row for row in rows if row.weekday == day] for day in days]) for rows in people.values()]


def _told(paper: SchedulePaper) -> dict[str, Any]:
    days = [Weekday(day).label for day in paper.weekdays]
    return {"paper": paper, "grid": grid(paper), "days": days, "right": _approval(paper)}


def to_pdf(paper: SchedulePaper) -> bytes:
    """The school's form with who approves, a row a specialist."""
    return render_pdf(render_to_string("consultations/schedule_print.html", _told(paper)))


def parents_pdf(paper: SchedulePaper) -> bytes:
    """The sheet for the hall: who receives parents and children, when, where, how to sign up."""
    people = [(first, [(weekday_words(row), row) for day in days for row in day]) for first, days in _open(paper)]
    told = {"paper": paper, "people": people}
    return render_pdf(render_to_string("consultations/schedule_parents_print.html", told))


def _open(paper: SchedulePaper) -> list[tuple[ScheduleRow, list[list[ScheduleRow]]]]:
    """Without hours for colleagues."""
    return grid(replace(paper, rows=tuple(row for row in paper.rows if row.kind != MeetingKind.STAFF.label)))


def weekday_words(row: ScheduleRow) -> str:
    """«понедельник»."""
    return str(Weekday(row.weekday).label)


def to_xlsx(paper: SchedulePaper) -> bytes:
    """A row an hour of the week."""
    note = f"{paper.school}. {paper.title}. {_state(paper)}"
    return render_xlsx([Sheet("График", HEADINGS, _rows(paper), note=note, landscape=True)])


def _state(paper: SchedulePaper) -> str:
    if paper.on is None:
        return f"Проект на {date_short(paper.day)}"
    changed = f", изменён с {date_short(paper.changed_from)}" if paper.changed_from else ""
    return f"№ {paper.number}, утверждён {date_short(paper.on)}{changed}"


def _rows(paper: SchedulePaper) -> Iterator[tuple[Cell, ...]]:
    for row in paper.rows:
        day, kind = weekday_words(row), row.kind or "любая"
        times = (row.time_from, row.time_to)
        yield (row.name, row.position, day, *times, row.room, kind, row.minutes, row.begins, row.ends)


def to_json(paper: SchedulePaper) -> bytes:
    """The paper itself; `rows` with the weekday's number and words, `state` approved or draft."""
    told = json.loads(_converter.dumps(paper))
    told["state"] = "approved" if paper.on else "draft"
    for row, said in zip(paper.rows, told["rows"], strict=True):
        said["weekday_words"] = weekday_words(row)
    return json.dumps(told, ensure_ascii=False).encode()


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx, "json": to_json}
PARENTS_RENDERERS = {"pdf": parents_pdf}

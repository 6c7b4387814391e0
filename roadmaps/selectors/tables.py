"""What a brought roadmap will become: each row with what it was understood as."""

from dataclasses import dataclass

from django.db.models import QuerySet

from common.tabular.table import LONGEST
from iom.selectors.named_people import staff_named
from roadmaps.models import RoadmapTable
from roadmaps.rules.table import COLUMN_LENGTHS, COLUMN_WORDS, Column, TableRow, direction_key, duty_of, table_rows
from roadmaps.rules.term_words import term_read
from roadmaps.rules.terms import Term, mistake_of
from roadmaps.selectors.calendar import calendar_of
from roadmaps.words import Duty, Schedule, TermKind
from school.access import access_of
from school.models import Staff, User

UNREAD = Term(TermKind.BY_SCHEDULE, schedule=Schedule.OTHER)


@dataclass(frozen=True)
class PlannedActivity:
    """A row and what it means. `notes`: what was not understood and stays as words; `why` it cannot be written."""

    row: TableRow
    direction: str
    term: Term
    duties: tuple[Duty, ...]
    people: tuple[Staff, ...]
    others: str
    notes: tuple[str, ...]
    why: str


def tables_of(user: User) -> QuerySet[RoadmapTable]:
    """The files of the person's school."""
    rows = RoadmapTable.objects.filter(school=access_of(user).school)
    return rows.select_related("roadmap__year", "roadmap__school", "school", "by__staff")


def table_plan(table: RoadmapTable) -> list[PlannedActivity]:
    """Every row in the order of the file. Six queries."""
    columns = {int(place): Column(kind) for place, kind in table.columns.items()}
    staff = list(Staff.objects.filter(school=table.school, left_on__isnull=True))
    calendar = calendar_of(table.roadmap.year)
    names = {direction_key(one.name): one.name for one in table.roadmap.directions.all()}
    planned = []
    for row in table_rows(table.rows, columns, table.first):
        term = term_read(row.term, calendar.start)
        good = term is not None and not mistake_of(term, calendar)
        duties, people, others = _answering(row.who, staff)
        notes = [] if good else [f"срок «{row.term}» записан словами: по дням не отслеживается" if row.term else ""]
        notes += [f"не узнаны, записаны словами: {others}"] if others else []
        notes += [f"длиннее места, запишется начало: {words}" for words in _too_long(row)]
        planned.append(
            PlannedActivity(
                row,
                names.get(direction_key(row.direction), row.direction),
                term if good and term is not None else UNREAD,
                duties,
                people,
                others,
                tuple(note for note in notes if note),
                _why(row),
            )
        )
    return planned


def _too_long(row: TableRow) -> list[str]:
    """Columns of which a part is lost: their cell is longer than its place, or than what is read of a cell."""
    sizes = {column: len(getattr(row, column.value)) for column in COLUMN_LENGTHS}
    return [
        COLUMN_WORDS[column].lower()
        for column, size in sizes.items()
        if size > COLUMN_LENGTHS[column] or size >= LONGEST
    ]


def _why(row: TableRow) -> str:
    if not row.title:
        return "нет названия мероприятия"
    if not row.direction:
        return "нет направления: укажите столбец или строку с его названием"
    return "" if row.term else "нет срока"


def _answering(words: tuple[str, ...], staff: list[Staff]) -> tuple[tuple[Duty, ...], tuple[Staff, ...], str]:
    """Duties and people; words that mean neither stay words."""
    duties: list[Duty] = []
    people: list[Staff] = []
    others: list[str] = []
    for word in words:
        person, duty = staff_named(word, staff), duty_of(word)
        if person is not None:
            people.append(person)
        elif duty is not None:
            duties.append(duty)
        else:
            others.append(word)
    return tuple(dict.fromkeys(duties)), tuple(dict.fromkeys(people)), ", ".join(others)

"""What a brought table of routes will become: a draft a pupil, with a gap a row; and what stands in the way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from common.names import class_key, name_key
from common.russian import plain_number
from iom.models import ExtraTable, Route
from iom.rules.route_table import Column, RouteRow, route_rows
from iom.selectors.named_people import Seats, recognised, seats_of, staff_named
from iom.words import RouteKind, TableKind
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT
from school.access import access_of
from school.models import Pupil, Staff, User
from school.selectors_day import subjects_by_words


@dataclass(frozen=True)
class PlannedGap:
    """A row with the pupil, the subject and the teacher that it means; `why` it cannot be written, empty when it can.

    `teacher` None: whoever teaches the subject. `notes`: what was not understood.
    """

    row: RouteRow
    pupil: Pupil | None
    subject: int | None
    why: str
    teacher: Staff | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedRoute:
    """A draft that will be made. `entry`: of the registry, whose category it has where the table names none."""

    pupil: Pupil
    kind: str
    entry: RegistryEntry | None
    gaps: tuple[PlannedGap, ...]

    @property
    def teachers(self) -> dict[int, Staff]:
        """Whom the table names for a subject's part: the first, where it names several."""
        named = {gap.subject: gap.teacher for gap in reversed(self.gaps) if gap.teacher is not None}
        return {subject: teacher for subject, teacher in named.items() if subject is not None}


@dataclass(frozen=True)
class RoutesPlan:
    """All rows as they are understood, the drafts; `strangers`: names of the file with those who may be meant.

    `teachers`: names of the file that no colleague's fits.
    """

    rows: tuple[PlannedGap, ...]
    routes: tuple[PlannedRoute, ...]
    strangers: Mapping[str, tuple[Pupil, ...]]
    subjects: tuple[str, ...]
    teachers: tuple[str, ...]

    @property
    def ready(self) -> int:
        """Rows that will be written."""
        return sum(not row.why for row in self.rows)


def route_tables_for(user: User) -> QuerySet[ExtraTable]:
    """The tables of routes of the person's school."""
    rows = ExtraTable.objects.filter(school=access_of(user).school, kind=TableKind.ROUTES)
    return rows.select_related("school", "year__school", "by__staff")


def route_plan(user: User, table: ExtraTable) -> RoutesPlan:
    """How the table is read now; six queries."""
    columns = {int(place): Column(what) for place, what in table.columns.items()}
    rows = route_rows(table.rows, columns, table.first, table.year.start)
    seats, words = seats_of(user, table.year), subjects_by_words(table.school)
    words |= {name_key(word): key for word, key in _settled(table, "subject").items()}
    people = _people(rows, seats, _settled(table, "pupil"))
    entries = _entries(table)
    going = _going(table)
    teachers = _teachers(table, rows)
    told = (_planned(row, people.get(person_key(row)), words, entries, going) for row in rows)
    planned = tuple(_noted(_once(told), teachers))
    unknown = {row.subject for row in rows if row.subject and name_key(row.subject) not in words}
    return RoutesPlan(
        rows=planned,
        routes=_routes(planned, entries),
        strangers={key: _near(key, seats) for key in dict.fromkeys(map(person_key, rows)) if key not in people},
        subjects=tuple(sorted(unknown)),
        teachers=tuple(word for word, person in teachers.items() if person is None),
    )


def person_key(row: RouteRow) -> str:
    """How the page names a pupil of the file: «Цой Иван, 7А»."""
    return ", ".join(part for part in (row.pupil, row.class_name) if part)


def _settled(table: ExtraTable, kind: str) -> dict[str, int]:
    start = f"{kind}:"
    return {word[len(start) :]: key for word, key in table.settled.items() if word.startswith(start)}


def _people(rows: Iterable[RouteRow], seats: Seats, settled: Mapping[str, int]) -> dict[str, Pupil]:
    by_key = {pupil.pk: pupil for _, pupil in seats}
    found = {}
    for row in {person_key(row): row for row in rows}.values():
        key = person_key(row)
        chosen = by_key.get(settled.get(key, 0))
        known = [chosen] if chosen else recognised([row.pupil], [row.class_name] if row.class_name else [], seats)[0]
        if len(known) == 1:
            found[key] = known[0]
    return found


def _teachers(table: ExtraTable, rows: Iterable[RouteRow]) -> dict[str, Staff | None]:
    """Names of the file and the colleagues whom they mean: chosen by a person, else the only one of that name."""
    staff = list(Staff.objects.filter(school=table.school).exclude(left_on__lt=table.school.today()))
    by_key, settled = {person.pk: person for person in staff}, _settled(table, "staff")
    words = dict.fromkeys(row.teacher for row in rows if row.teacher)
    return {word: by_key.get(settled.get(word, 0)) or staff_named(word, staff) for word in words}


def _near(key: str, seats: Seats) -> tuple[Pupil, ...]:
    """Whom a person may choose for a name that nobody fits: those of its class, else those with the same surname."""
    name, _, school_class = key.rpartition(", ")
    place, surname = class_key(school_class), name_key((name or key).split()[0] if (name or key).split() else "")
    of_class = tuple(pupil for own, pupil in seats if own == place)
    return of_class or tuple(pupil for _, pupil in seats if name_key(pupil.last_name) == surname)


def _entries(table: ExtraTable) -> dict[int, RegistryEntry]:
    """The latest entry of each pupil of the registry."""
    rows = RegistryEntry.objects.filter(school=table.school, period__year=table.year).exclude(state__in=OUT)
    told = rows.filter(period__starts__lte=table.school.today()).order_by("period__starts", "pk")
    return {entry.pupil_id: entry for entry in told}


def _going(table: ExtraTable) -> set[tuple[int | None, str]]:
    return set(Route.objects.going().filter(school=table.school).values_list("pupil", "kind"))


def _kind(row: RouteRow, entry: RegistryEntry | None) -> str:
    return row.kind or (str(entry.category) if entry is not None else str(RouteKind.FAILING))


def _planned(
    row: RouteRow,
    pupil: Pupil | None,
    words: Mapping[str, int],
    entries: Mapping[int, RegistryEntry],
    going: set[tuple[int | None, str]],
) -> PlannedGap:
    subject = words.get(name_key(row.subject))
    why = ""
    if pupil is None:
        why = f"«{person_key(row)}» не узнан" if row.pupil else "не сказано, чей это маршрут"
    elif not row.topic:
        why = "не названы ни тема, ни работа"
    elif subject is None:
        why = f"предмет «{row.subject}» не узнан" if row.subject else "предмет не назван"
    elif (pupil.pk, _kind(row, entries.get(pupil.pk))) in going:
        why = "такой маршрут уже есть: откройте его и допишите"
    elif row.baseline is not None and row.target <= row.baseline:
        why = f"цель {plain_number(row.target)} не выше того, что было: {plain_number(row.baseline)}"
    return PlannedGap(row, pupil, subject, why)


def _once(rows: Iterable[PlannedGap]) -> Iterator[PlannedGap]:
    """The same topic of the same pupil and subject is one gap, however often the table has it."""
    first: dict[tuple[int, int, str, str], int] = {}
    for line in rows:
        if line.why or line.pupil is None or line.subject is None:
            yield line
            continue
        key = (line.pupil.pk, line.subject, line.row.kind, name_key(line.row.topic))
        above = first.setdefault(key, line.row.number)
        yield line if above == line.row.number else replace(line, why=f"то же, что в строке {above}")


def _noted(rows: Iterable[PlannedGap], teachers: Mapping[str, Staff | None]) -> Iterator[PlannedGap]:
    """Each row with its teacher, and what of it is written otherwise than it stands: a part has one teacher."""
    of_parts: dict[tuple[Pupil | None, int | None, str], Staff] = {}
    for line in rows:
        notes, teacher = [line.row.doubt] if line.row.doubt else [], teachers.get(line.row.teacher)
        if line.row.teacher and teacher is None:
            notes.append(f"учитель «{line.row.teacher}» не узнан: ответит тот, кто ведёт предмет")
        if teacher is not None and not line.why:
            first = of_parts.setdefault((line.pupil, line.subject, line.row.kind), teacher)
            if first != teacher:
                notes.append(f"по предмету отвечает один педагог, выше назван {first.short_name}")
        yield replace(line, teacher=teacher, notes=tuple(notes))


def _routes(rows: Iterable[PlannedGap], entries: Mapping[int, RegistryEntry]) -> tuple[PlannedRoute, ...]:
    """One of each kind a pupil."""
    found: dict[tuple[Pupil, str], list[PlannedGap]] = defaultdict(list)
    for row in rows:
        if row.pupil is not None and not row.why:
            found[row.pupil, _kind(row.row, entries.get(row.pupil.pk))].append(row)
    return tuple(PlannedRoute(pupil, kind, entries.get(pupil.pk), tuple(gaps)) for (pupil, kind), gaps in found.items())

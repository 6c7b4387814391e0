"""What a brought registry would become: each row with its pupil, category and subjects, or what is to be settled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from common.names import name_key
from common.tabular.dates import read_date
from gradebook.matching import Known, Roster
from risk_registry.brought import Column
from risk_registry.categories import IN_REGISTRY, Category
from risk_registry.models import BroughtRegistry, RegistryEntry
from risk_registry.permissions import can_decide_registry
from risk_registry.rules.brought import BroughtRow, guess_category, rows_of
from risk_registry.selectors.including import day_of
from risk_registry.selectors.registry import OUT
from school.access import access_of, pupils_for
from school.models import Enrolment, Pupil, SchoolClass, Subject, SubjectAlias, User
from school.naming import class_parts

_LEFT_OUT = 0


@dataclass(frozen=True)
class PlannedRow:
    """A row; it is taken when `why` is empty. `left`: words for subjects that the school does not know."""

    row: BroughtRow
    pupil: Pupil | None = None
    school_class: SchoolClass | None = None
    category: Category | None = None
    subjects: tuple[int, ...] = ()
    left: tuple[str, ...] = ()
    candidates: tuple[tuple[Pupil, SchoolClass], ...] = ()
    why: str = ""
    settles: bool = False  # a person has to say who it is
    standing: RegistryEntry | None = None  # who is in the registry already stays as they are

    @property
    def stands(self) -> str:
        """«резерв»: the category that the registry holds already, in words; empty for who is not in it."""
        return Category(self.standing.category).label.lower() if self.standing is not None else ""

    @property
    def other_class(self) -> bool:
        """Whether the pupil sits elsewhere than the file says."""
        parts = class_parts(self.row.class_name)
        seat = self.school_class
        return seat is not None and parts is not None and parts != (seat.grade, seat.letter)


@dataclass(frozen=True)
class BroughtPlan:
    """Everything that the page shows. `categories`, `subjects`: words of the file with what they mean now."""

    rows: list[PlannedRow]
    categories: dict[str, Category | None]
    subjects: dict[str, int | None]
    names: Mapping[int, str]

    @property
    def taken(self) -> list[PlannedRow]:
        """Rows that would be written."""
        return [row for row in self.rows if not row.why]

    @property
    def unsettled(self) -> list[PlannedRow]:
        """Rows that ask who is meant."""
        return [row for row in self.rows if row.settles]


@dataclass
class _Book:
    """The contingent of the period with its classes, and who is in the registry already."""

    seats: dict[int, tuple[Pupil, SchoolClass]]
    standing: dict[int, RegistryEntry]
    everybody: Roster
    classes: dict[tuple[int, str], Roster] = field(default_factory=dict)


def brought_for(user: User) -> QuerySet[BroughtRegistry]:
    """Registries that the person's school brought, the newest first; nothing for who does not decide on them."""
    school = access_of(user).school
    if school is None or not can_decide_registry(user):
        return BroughtRegistry.objects.none()
    return BroughtRegistry.objects.filter(school=school).select_related("period__year__school", "by__staff")


def brought_plan(user: User, brought: BroughtRegistry) -> BroughtPlan:
    """Read the table by its columns and words; a constant number of queries."""
    columns = {int(place): Column(what) for place, what in brought.columns.items()}
    rows = rows_of(brought.rows, columns, brought.first)
    names = dict(Subject.objects.filter(school=brought.school_id).values_list("pk", "name"))
    categories, subjects = _category_words(brought, rows), _subject_words(brought, rows, names)
    book = _book(user, brought)
    return BroughtPlan([_plan(brought, row, book, categories, subjects) for row in rows], categories, subjects, names)


@dataclass(frozen=True)
class BroughtNote:
    """What the file says of a pupil's causes, with the entry where they are established."""

    pupil: Pupil
    note: str
    entry: int


def notes_of(brought: BroughtRegistry, plan: BroughtPlan) -> list[BroughtNote]:
    """Of the entries that were written and still stand; one query."""
    keys = [each["entry"] for each in brought.written]
    entries = dict(RegistryEntry.objects.filter(pk__in=keys).values_list("pupil", "pk"))
    told = [(row.pupil, row.row.note) for row in plan.rows if row.pupil is not None and row.row.note]
    return [BroughtNote(pupil, note, entries[pupil.pk]) for pupil, note in told if pupil.pk in entries]


def differing(brought: BroughtRegistry, plan: BroughtPlan) -> list[PlannedRow]:
    """Of whom the registry held another category before, the gravest row a pupil: a person corrects it or leaves it."""
    written = {each["entry"] for each in brought.written}
    gravest_first = [row for each in IN_REGISTRY for row in plan.rows if row.category == each]
    told: dict[int, PlannedRow] = {}
    for row in gravest_first:
        if row.standing is not None and row.standing.pk not in written:
            told.setdefault(row.standing.pk, row)
    return [row for row in told.values() if row.standing is not None and row.category != row.standing.category]


def _category_words(brought: BroughtRegistry, rows: Iterable[BroughtRow]) -> dict[str, Category | None]:
    found: dict[str, Category | None] = {}
    for words in dict.fromkeys(row.category for row in rows):
        chosen = brought.words.get(words)
        found[words] = guess_category(words) if chosen is None else Category(chosen or Category.NONE)
    return found


def _subject_words(
    brought: BroughtRegistry, rows: Iterable[BroughtRow], names: Mapping[int, str]
) -> dict[str, int | None]:
    aliases = SubjectAlias.objects.filter(school=brought.school_id).values_list("name", "subject")
    known = {name_key(name): key for name, key in aliases} | {name_key(name): key for key, name in names.items()}
    words = dict.fromkeys(word for row in rows for word in row.subjects)
    return {word: brought.subjects.get(word) or _subject_of(word, known) for word in words}


def _subject_of(word: str, known: Mapping[str, int]) -> int | None:
    """By its name or another heading of it, or as the only one that begins so («матем.»)."""
    key = name_key(word).rstrip(".")
    alike = {subject for name, subject in known.items() if len(key) >= 3 and name.startswith(key)}
    return known.get(key) or (alike.pop() if len(alike) == 1 else None)


def _book(user: User, brought: BroughtRegistry) -> _Book:
    rows = Enrolment.objects.on(day_of(brought.period)).filter(
        school_class__year=brought.period.year_id, pupil__in=pupils_for(user).order_by().values("pk")
    )
    seats = {row.pupil_id: (row.pupil, row.school_class) for row in rows.select_related("pupil", "school_class")}
    entries = RegistryEntry.objects.visible_to(user).in_period(brought.period).exclude(state__in=OUT)
    known: dict[tuple[int, str], list[Known]] = defaultdict(list)
    for pupil, school_class in seats.values():
        names = (pupil.last_name, pupil.first_name, pupil.middle_name)
        known[(school_class.grade, school_class.letter)].append(
            Known(pupil.pk, *names, pupil.birth_date, date.min, None)
        )
    return _Book(
        seats=seats,
        standing={entry.pupil_id: entry for entry in entries},
        everybody=Roster("школе", (each for members in known.values() for each in members)),
        classes={key: Roster(f"{key[0]}{key[1]}", members) for key, members in known.items()},
    )


def _plan(
    brought: BroughtRegistry,
    row: BroughtRow,
    book: _Book,
    categories: Mapping[str, Category | None],
    subjects: Mapping[str, int | None],
) -> PlannedRow:
    settled = brought.settled.get(str(row.number))
    if settled == _LEFT_OUT:
        return PlannedRow(row, why="пропущена по вашему решению")
    pupil, candidates, why = (settled, (), "") if settled in book.seats else _who(row, book)
    if pupil is None:
        return PlannedRow(row, candidates=tuple(book.seats[key] for key in candidates), why=why, settles=True)
    seat = book.seats[pupil]
    keys = [(word, subjects[word]) for word in row.subjects]
    return PlannedRow(
        row,
        *seat,
        category=categories[row.category],
        subjects=tuple(dict.fromkeys(key for _, key in keys if key is not None)),
        left=tuple(word for word, key in keys if key is None),
        why=_why_not(row, categories[row.category], book.standing.get(pupil)),
        standing=book.standing.get(pupil),
    )


def _who(row: BroughtRow, book: _Book) -> tuple[int | None, tuple[int, ...], str]:
    """The only one of that name; of namesakes the one in the file's class, unless the file may be of last year.

    Then another namesake would sit one grade above it today: a person is asked.
    """
    birth = read_date(row.birth) if row.birth else None
    match = book.everybody.find(row.name, birth)
    parts = class_parts(row.class_name)
    if match.pupil is not None or parts is None or parts not in book.classes:
        return match.pupil, match.candidates, match.reason
    there = book.classes[parts].find(row.name, birth).pupil
    older = [key for key in match.candidates if book.seats[key][1].grade == parts[0] + 1]
    if there in match.candidates and not older:
        return there, (), ""
    return None, match.candidates, match.reason


def _why_not(row: BroughtRow, category: Category | None, standing: RegistryEntry | None) -> str:
    if category is None:
        return f"категория «{row.category}» не сопоставлена" if row.category else "категория не названа"
    if category == Category.NONE:
        return "с такой категорией строки не берём"
    if standing is not None:
        return f"уже в реестре: {Category(standing.category).label.lower()}, запись останется как есть"
    return ""

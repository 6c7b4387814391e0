"""What a brought timetable would become: each row with its works, or why it is left out; and what speaks against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from common.names import name_key
from gradebook.layouts.timetable import ClassKey, WorkColumn, WorkRow, classes_named, work_rows
from gradebook.models import BroughtTimetable, Procedure, ProcedureKind
from gradebook.permissions import can_plan_procedures
from gradebook.rules_procedures import kind_of_title
from gradebook.selectors_procedures import Told, YearPlan, clashes_among, year_plan
from school.access import access_of
from school.models import SchoolClass, Subject, SubjectAlias, User
from school.naming import class_parts

LEFT_OUT = 0


@dataclass(frozen=True)
class PlannedWork:
    """A row of the file with the works that come of it, unsaved; `why`: what keeps it out, or part of it."""

    row: WorkRow
    works: tuple[Procedure, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class TimetablePlan:
    """Everything that the page shows. `kinds`, `subjects`: words of the file with what they mean now."""

    rows: list[PlannedWork]
    kinds: dict[str, str]
    subjects: dict[str, int | None]
    names: Mapping[int, str]
    clashes: list[Told]

    @property
    def works(self) -> list[Procedure]:
        """All that would be written."""
        return [work for row in self.rows for work in row.works]


def brought_for(user: User) -> QuerySet[BroughtTimetable]:
    """Timetables that the person's school brought, the newest first; nothing for who does not keep it."""
    school = access_of(user).school
    if school is None or not can_plan_procedures(user):
        return BroughtTimetable.objects.none()
    return BroughtTimetable.objects.filter(school=school).select_related("year__school", "by__staff")


def timetable_plan(brought: BroughtTimetable) -> TimetablePlan:
    """Read the table by its columns and words; a constant number of queries."""
    columns = {int(place): WorkColumn(what) for place, what in brought.columns.items()}
    rows = _spelled_alike(work_rows(brought.rows, columns, brought.first, brought.year.start))
    subjects = {each.pk: each for each in Subject.objects.filter(school=brought.school_id).order_by("sort_key")}
    words = _subject_words(brought, rows, subjects)
    kinds = {row.word: brought.words.get(row.word) or _kind(row.word) for row in rows if row.word}
    plan = year_plan(brought.year)
    reading = _Reading(brought, plan, subjects, words, kinds)
    planned = [reading.planned(row) for row in rows]
    works = [work for row in planned for work in row.works]
    names = {key: each.name for key, each in subjects.items()}
    return TimetablePlan(planned, kinds, words, names, clashes_among(plan, works))


def _spelled_alike(rows: Iterable[WorkRow]) -> list[WorkRow]:
    """«алгебра» and «Алгебра» are one word of the file: as it stands first."""
    first: dict[str, str] = {}
    return [replace(row, subject=first.setdefault(name_key(row.subject), row.subject)) for row in rows]


def _kind(word: str) -> str:
    """A school's own timetable speaks of its own works where it says nothing else."""
    kind = kind_of_title(word)
    return ProcedureKind.CONTROL if kind == ProcedureKind.OTHER else kind


def _subject_words(
    brought: BroughtTimetable, rows: Iterable[WorkRow], subjects: Mapping[int, Subject]
) -> dict[str, int | None]:
    aliases = SubjectAlias.objects.filter(school=brought.school_id).values_list("name", "subject")
    known = {name_key(name): key for name, key in aliases} | {name_key(one.name): key for key, one in subjects.items()}
    words = dict.fromkeys(row.subject for row in rows if row.subject)
    return {word: brought.subjects.get(word, _subject_of(word, known)) for word in words}


def _subject_of(word: str, known: Mapping[str, int]) -> int | None:
    """By its name or another heading of it, or as the only one that begins so («матем.»)."""
    key = name_key(word).rstrip(".")
    alike = {subject for name, subject in known.items() if len(key) >= 3 and name.startswith(key)}
    return known.get(key) or (alike.pop() if len(alike) == 1 else None)


class _Reading:
    """Rows of one file in turn: what stands in the timetable, or came from a row above, is not put in twice."""

    def __init__(
        self,
        brought: BroughtTimetable,
        plan: YearPlan,
        subjects: Mapping[int, Subject],
        words: Mapping[str, int | None],
        kinds: Mapping[str, str],
    ) -> None:
        self._brought, self._subjects, self._words, self._kinds = brought, subjects, words, kinds
        keys = [(class_parts(str(place)) or (place.grade, place.letter), place) for place in plan.classes]
        self._classes: dict[ClassKey, SchoolClass] = dict(keys)
        self._standing = {_same(work) for work in plan.procedures}
        self._number = 0

    def planned(self, row: WorkRow) -> PlannedWork:
        """The row's works, one a class or whole grade that it names."""
        key = self._words.get(row.subject)
        places, unknown = classes_named(row.place, self._classes.keys())
        why = self._why_not(row, key, places)
        if why or key is None:
            return PlannedWork(row, why=why)
        works = [self._work(row, self._subjects[key], place) for place in places]
        fresh = [work for work in works if _same(work) not in self._standing]
        self._standing |= {_same(work) for work in fresh}
        notes = [f"класса «{word}» в школе нет" for word in unknown]
        notes += ["уже стоит в графике"] if len(fresh) < len(works) else []
        return PlannedWork(row, tuple(fresh), "; ".join(notes))

    def _why_not(self, row: WorkRow, subject: int | None, places: list[ClassKey]) -> str:
        year = self._brought.year
        if not places:
            return f"класса «{row.place}» в школе нет" if row.place else "класс не назван"
        if subject == LEFT_OUT:
            return "предмет не берём по вашему решению"
        if subject is None or subject not in self._subjects:
            return f"предмет «{row.subject}» не сопоставлен" if row.subject else "предмет не назван"
        if row.day is None:
            return f"дата «{row.day_text}» не понята" if row.day_text else "дата не названа"
        if not year.starts <= row.day <= year.ends:
            return f"{row.day:%d.%m.%Y} — вне {year} учебного года"
        return ""

    def _work(self, row: WorkRow, subject: Subject, key: ClassKey) -> Procedure:
        self._number -= 1  # until it is saved it is known by a number that no saved one has
        kind = ProcedureKind(self._kinds.get(row.word, ProcedureKind.CONTROL))
        return Procedure(
            pk=self._number,
            school_id=self._brought.school_id,
            year=self._brought.year,
            title=row.title or row.kind or str(kind.label).capitalize(),
            kind=kind,
            grade=key[0],
            school_class=self._classes.get(key),
            subject=subject,
            date=row.day,
            lesson=row.lesson,
        )


def _same(work: Procedure) -> tuple[object, ...]:
    """By what two rows are one work."""
    return (name_key(work.title), work.grade, work.school_class_id, work.subject_id, work.date)

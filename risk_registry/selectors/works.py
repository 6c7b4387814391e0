"""External works by class, how they were written beside the school's own marks; and the alarm of too many twos."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from common.russian import counted
from gradebook.models import OWN_KINDS, Procedure, ProcedureKind
from risk_registry.models import WorksReview
from risk_registry.permissions import Scope, scope_of
from risk_registry.rules.works import AlarmNumbers, Shares, alarming, is_alarming, is_reviewed
from school.access import access_of, pupils_for
from school.models import AcademicYear, Pupil, School, SchoolClass, User

# The class is that of the work's day; without a day, the latest of the year. The school's own mark is the journal's
# beside the work, else the result of the period into which the day falls.
WRITTEN_ROWS = """
SELECT work.id AS work, work.year_id AS year, work.kind, class.id AS class, class.grade, class.letter,
       found.pupil_id AS pupil, found.mark, found.score, found.points,
       coalesce(found.journal_mark, CASE WHEN result.value IN ('1', '2', '3', '4', '5') THEN result.value::int END)
           AS internal,
       period.id AS period
FROM gradebook_procedure AS work
JOIN gradebook_assessmentresult AS found ON found.procedure_id = work.id AND found.mark IS NOT NULL
LEFT JOIN LATERAL (
    SELECT seat.school_class_id FROM school_enrolment AS seat
    JOIN school_schoolclass AS place ON place.id = seat.school_class_id AND place.year_id = work.year_id
    WHERE seat.pupil_id = found.pupil_id AND seat.starts <= coalesce(work.date, %(today)s)
    ORDER BY seat.starts DESC LIMIT 1
) AS sat ON true
LEFT JOIN school_schoolclass AS class ON class.id = sat.school_class_id
LEFT JOIN school_period AS period
  ON period.year_id = work.year_id AND period.system = class.period_system
     AND work.date BETWEEN period.starts AND period.ends
LEFT JOIN gradebook_periodresult AS result
  ON result.pupil_id = found.pupil_id AND result.subject_id = work.subject_id AND result.period_id = period.id
WHERE work.school_id = %(school)s AND work.state <> 'cancelled' AND (%(work)s::bigint IS NULL OR work.id = %(work)s)
"""
_SHARES = f"""
SELECT work, year, class, grade, letter, kind,
       count(*), count(*) FILTER (WHERE mark <= 2), count(*) FILTER (WHERE mark = 3),
       count(*) FILTER (WHERE mark = 4), count(*) FILTER (WHERE mark = 5), count(internal),
       count(*) FILTER (WHERE internal - mark >= %(gap)s), count(*) FILTER (WHERE mark - internal >= %(gap)s)
FROM ({WRITTEN_ROWS}) AS written
GROUP BY work, year, class, grade, letter, kind
"""  # noqa: S608 — both parts are ours
_PUPILS = f"SELECT pupil, class, mark, score, points, internal FROM ({WRITTEN_ROWS}) AS written"  # noqa: S608


@dataclass(frozen=True)
class Part:
    """How the pupils of one class wrote one work; `school_class` is None for those who sat nowhere that day.

    `is_external`: not a work that the school gives itself; only those raise the alarm.
    """

    work: int
    year: int
    school_class: int | None
    grade: int | None
    letter: str
    shares: Shares
    is_external: bool = True

    @property
    def name(self) -> str:
        """«7А»."""
        return f"{self.grade}{self.letter}" if self.grade is not None else "вне классов"


@dataclass(frozen=True)
class WorkRow:
    """One work with its classes. `total` is of all who wrote it, None for those who see some classes only.

    `alarming`: classes with too many twos; None among them: all who wrote it together.
    """

    work: Procedure
    parts: tuple[Part, ...]
    total: Shares | None
    alarming: frozenset[int | None] = frozenset()

    @property
    def marked(self) -> list[tuple[Part, bool]]:
        """The classes, each with whether it has too many twos."""
        return [(part, part.school_class in self.alarming) for part in self.parts]

    @property
    def whole_alarming(self) -> bool:
        """Whether the work is alarming for all who wrote it."""
        return self.total is not None and None in self.alarming


@dataclass(frozen=True)
class WrittenRow:
    """One pupil's work. `gap`: by how much it is above (+) or under (−) the school's mark; None without one."""

    pupil: Pupil
    school_class: str
    mark: int
    score: str
    internal: int | None
    points: tuple[Decimal | None, ...] | None = None

    @property
    def gap(self) -> int | None:
        """The difference of marks."""
        return None if self.internal is None else self.mark - self.internal

    @property
    def words(self) -> str:
        """«ниже отметки на 2 балла», «совпала», «не с чем сравнить»."""
        if not self.gap:
            return "не с чем сравнить" if self.gap is None else "совпала"
        by = counted(abs(self.gap), "балл", "балла", "баллов")
        return f"{'ниже' if self.gap < 0 else 'выше'} отметки на {by}"


@dataclass(frozen=True)
class Point:
    """A year of the trend: the share of twos among all works of that year, and how many of them are alarming."""

    title: str
    name: str
    percent: float | None
    alarming: int
    works: int


@dataclass(frozen=True)
class Alarm:
    """The school's or a class's alarm: the works that raise it, with their shares; the last review of them.

    `place`: any part of the class, which says its name; None for the school.
    """

    place: Part | None
    works: tuple[tuple[Procedure, Shares], ...]
    review: WorksReview | None
    reviewed: bool
    trend: tuple[Point, ...] = field(default=())

    @property
    def title(self) -> str:
        """«Школа», «7А класс»."""
        return "Школа" if self.place is None else f"{self.place.name} класс"

    @property
    def school_class(self) -> int | None:
        """The class's key."""
        return None if self.place is None else self.place.school_class


def numbers_of(school: School) -> AlarmNumbers:
    """The school's numbers as the rules take them."""
    return AlarmNumbers(school.settings.twos_percent, school.settings.twos_procedures)


def read_parts(school: School, work: int | None = None) -> list[Part]:
    """Every work of every year by class, or one of them; one query. Whoever shows it asks `scope_of` first."""
    params: dict[str, Any] = {"school": school.pk, "today": school.today(), "work": work}
    params["gap"] = school.settings.external_gap
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [
        Part(work, year, place, grade, letter or "", Shares(*counts), kind not in OWN_KINDS)
        for work, year, place, grade, letter, kind, *counts in rows
    ]


def works_table(user: User, school: School, year: AcademicYear, *, school_class: int | None = None) -> list[WorkRow]:
    """The year's works that the person may see, by day and grade; two queries."""
    scope = scope_of(user)
    numbers = numbers_of(school)
    by_work: dict[int, list[Part]] = defaultdict(list)
    for part in read_parts(school):
        by_work[part.work].append(part)
    works = Procedure.objects.standing().filter(year=year).select_related("subject", "school_class")
    works = works.order_by("date", "grade", "subject__sort_key", "pk")
    found = []
    for work in works:
        row = _work_row(work, by_work.get(work.pk, []), scope, school_class, numbers)
        if row.parts:
            found.append(row)
    return found


def work_row(user: User, school: School, work: Procedure) -> WorkRow | None:
    """One work as the person sees it, also before it is written; None when none of its classes is theirs."""
    scope = scope_of(user)
    row = _work_row(work, read_parts(school, work.pk), scope, None, numbers_of(school))
    if row.parts or scope.whole or any(scope.sees(place.pk, work.subject_id) for place in classes_of(work)):
        return row
    return None


def classes_of(work: Procedure) -> list[SchoolClass]:
    """Those who write it: the class, or all of the grade."""
    places = SchoolClass.objects.filter(year=work.year_id, grade=work.grade).order_by("letter")
    return list(places if work.school_class_id is None else places.filter(pk=work.school_class_id))


def _work_row(
    work: Procedure, parts: list[Part], scope: Scope, school_class: int | None, numbers: AlarmNumbers
) -> WorkRow:
    total = sum((part.shares for part in parts), Shares())
    seen = [part for part in parts if scope.sees(part.school_class, work.subject_id)]
    shown = [part for part in seen if school_class in (None, part.school_class)]
    bad: set[int | None] = {part.school_class for part in shown if is_alarming(part.shares, numbers)}
    if is_alarming(total, numbers):
        bad.add(None)
    shown.sort(key=lambda part: (part.grade or 0, part.letter))
    whole = total if scope.whole and school_class is None else None
    return WorkRow(work, tuple(shown), whole, frozenset(bad))


def written_rows(
    user: User, school: School, work: Procedure, *, school_class: int | None = None, show: str = ""
) -> list[WrittenRow]:
    """Who wrote the work and how, of the pupils whom the person sees, by class and name; two queries.

    `show`: "twos", "lowered" or "raised" leave the others out.
    """
    params: dict[str, Any] = {"school": school.pk, "today": school.today(), "work": work.pk}
    with connection.cursor() as cursor:
        cursor.execute(_PUPILS, params)
        told = {row[0]: row[1:] for row in cursor.fetchall()}
    people = pupils_for(user).filter(pk__in=list(told))
    names = {one.pk: one for one in SchoolClass.objects.filter(year=work.year_id)}
    rows = []
    for pupil in people:
        place, mark, score, points, internal = told[pupil.pk]
        if school_class in (None, place):
            words = f"{score.normalize():f}".replace(".", ",") if score is not None else ""
            by_task = tuple(points) if points is not None else None
            name = str(names[place]) if place in names else "—"
            rows.append(WrittenRow(pupil, name, mark, words, internal, by_task))
    rows.sort(key=lambda row: (len(row.school_class), row.school_class))
    return [row for row in rows if is_shown(row, show, school.settings.external_gap)]


def is_shown(row: WrittenRow, show: str, gap: int) -> bool:
    """Whether the row is one of those asked for: "twos", "lowered", "raised", or all."""
    if show == "twos":
        return row.mark <= 2
    if show in ("lowered", "raised"):
        by = row.gap or 0
        return by <= -gap if show == "lowered" else by >= gap
    return True


def works_alarms(user: User, school: School, years: Sequence[AcademicYear], year: AcademicYear) -> list[Alarm]:
    """The alarms of a year that the person may see, the school's first; a fixed number of queries.

    `years`: those with works (`works_years`), for the trend.
    """
    scope = scope_of(user)
    parts = read_parts(school)
    numbers = numbers_of(school)
    parts = [part for part in parts if part.is_external]
    works = {work.pk: work for work in Procedure.objects.filter(year=year).select_related("subject")}
    until = sorted((one for one in years if one.start <= year.start), key=lambda one: one.start)
    reviews = _reviews(school, year)
    found = []
    for place in _scopes(parts, year, scope):
        key = None if place is None else place.school_class
        mine = _shares_of(parts, year.pk, key)
        keys = alarming(sorted(mine.items()), numbers)
        if keys:
            told = tuple(sorted(((works[one], mine[one]) for one in keys), key=lambda pair: _order(pair[0])))
            review = reviews.get(key)
            settled = review is not None and is_reviewed(keys, review.procedures)
            found.append(Alarm(place, told, review, settled, tuple(works_trend(parts, until, place, numbers))))
    return found


def _scopes(parts: Sequence[Part], year: AcademicYear, scope: Scope) -> list[Part | None]:
    """The school and the classes of which the person is told: None, then a part of each class in order."""
    mine = {part.school_class: part for part in parts if part.year == year.pk}
    classes = [part for key, part in mine.items() if key is not None and scope.alarms_of(key)]
    return [*([None] if scope.alarms else []), *sorted(classes, key=lambda part: (part.grade or 0, part.letter))]


def _order(work: Procedure) -> tuple[date, int, str]:
    return (work.date or date.min, work.grade, work.subject.sort_key)


def _shares_of(parts: Iterable[Part], year: int, school_class: int | None) -> dict[int, Shares]:
    """By work: of one class, or of all who wrote it."""
    found: dict[int, Shares] = {}
    for part in parts:
        if part.year == year and school_class in (None, part.school_class):
            found[part.work] = found.get(part.work, Shares()) + part.shares
    return found


def _reviews(school: School, year: AcademicYear) -> dict[int | None, WorksReview]:
    """The last review of each scope."""
    rows = WorksReview.objects.filter(school=school, year=year).select_related("by__staff").order_by("on", "pk")
    return {row.school_class_id: row for row in rows}


def works_trend(
    parts: Sequence[Part], years: Sequence[AcademicYear], place: Part | None, numbers: AlarmNumbers
) -> list[Point]:
    """A point for each year with works, the oldest first; of a class by what it was called then (6А of this 7А)."""
    found = []
    newest = years[-1].start if years else 0
    for year in years:
        name, mine = "школа", [part for part in parts if part.year == year.pk]
        if place is not None:
            grade = (place.grade or 0) - (newest - year.start)
            name = f"{grade}{place.letter}"
            mine = [part for part in mine if (part.grade, part.letter) == (grade, place.letter)]
        by_work: dict[int, Shares] = {}
        for part in mine:
            by_work[part.work] = by_work.get(part.work, Shares()) + part.shares
        percent = sum(by_work.values(), Shares()).twos_percent
        if percent is not None:
            bad = sum(is_alarming(shares, numbers) for shares in by_work.values())
            found.append(Point(year.title, name, round(float(percent), 1), bad, len(by_work)))
    return found


def works_years(user: User) -> list[AcademicYear]:
    """Years of the person's school in which there are works, the newest first."""
    school = access_of(user).school
    if school is None:
        return []
    return list(AcademicYear.objects.filter(school=school, procedures__isnull=False).distinct().order_by("-start"))


@dataclass(frozen=True)
class Choices:
    """What a list of works can be filtered by: keys and their words."""

    kinds: Mapping[str, str]
    grades: Mapping[int, str]
    classes: Mapping[int, str]
    subjects: Mapping[int, str]


def choices_of(rows: Sequence[WorkRow]) -> Choices:
    """What stands in these rows."""
    classes: dict[int, Any] = {}
    subjects: dict[int, str] = {}
    for row in rows:
        subjects[row.work.subject_id] = row.work.subject.name
        classes |= {part.school_class: (part.grade, part.name) for part in row.parts if part.school_class is not None}
    ordered = sorted(classes.items(), key=lambda pair: pair[1])
    kinds = {row.work.kind: str(row.work.get_kind_display()) for row in rows}
    return Choices(
        kinds={kind: kinds[kind] for kind in ProcedureKind.values if kind in kinds},
        grades={grade: f"{grade} классы" for grade in sorted({row.work.grade for row in rows})},
        classes={key: name for key, (_, name) in ordered},
        subjects=dict(sorted(subjects.items(), key=lambda pair: pair[1])),
    )

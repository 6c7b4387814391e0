"""What a period comes to before it ends: preliminary twos and «н/а» by class and subject, and what is missing to each.

Twos are those of the classification, which every change of marks renews; «н/а» are subjects that are taught and have
too few marks to foretell a result by.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from common.russian import counted, decimal
from risk_registry.facts import thresholds_of
from risk_registry.permissions import Scope, scope_of
from risk_registry.rules.categories import NOT_ATTESTED, Thresholds
from risk_registry.rules.distance import lessons_left, marks_missing, school_days_left, toward_three
from school.access import pupils_for
from school.models import Period, Pupil, SchoolClass, User

# The class's own period, as the classification counts it (risk_registry/spans.py).
_OWN = """own AS (
    SELECT class.id AS class_id, class.grade, class.letter, period.id AS period_id, period.system, period.number,
           period.starts, period.ends
    FROM school_schoolclass AS class JOIN LATERAL (
        SELECT * FROM school_period AS one
        WHERE one.year_id = class.year_id AND one.system = class.period_system AND one.starts <= %(ends)s
        ORDER BY one.starts DESC LIMIT 1
    ) AS period ON true
    WHERE class.year_id = %(year)s
)"""
_HOURS = """(SELECT max(duty.weekly_hours) FROM school_teachingassignment AS duty
    WHERE duty.school_class_id = own.class_id AND duty.subject_id = {subject}
      AND (duty.starts IS NULL OR duty.starts <= %(today)s) AND (duty.ends IS NULL OR duty.ends >= %(today)s)
      AND (duty.subgroup_id IS NULL OR EXISTS (
          SELECT FROM school_subgroup_pupils AS member
          WHERE member.subgroup_id = duty.subgroup_id AND member.pupil_id = {pupil})))"""
_TWOS = f"""WITH {_OWN}
SELECT own.class_id, own.grade, own.letter, own.system, own.number, own.ends, judged.pupil_id, subject.id, subject.name,
       {_HOURS.format(subject="subject.id", pupil="judged.pupil_id")},
       coalesce(marks.number, 0), coalesce(marks.total, 0), told ->> 'result', told ->> 'mean',
       (told ->> 'weighted')::boolean
FROM risk_registry_pupilcategory AS judged
JOIN own ON own.class_id = judged.school_class_id
CROSS JOIN LATERAL jsonb_array_elements(judged.evidence) AS told
JOIN school_subject AS subject ON subject.id = (told ->> 'subject')::bigint
LEFT JOIN LATERAL (
    SELECT count(*) AS number, sum(value) AS total FROM gradebook_mark AS mark
    WHERE mark.pupil_id = judged.pupil_id AND mark.subject_id = subject.id
      AND mark.date BETWEEN own.starts AND least(own.ends, %(ends)s)
) AS marks ON true
WHERE judged.period_id = %(period)s AND judged.category = 'failing'
"""  # noqa: S608 — all parts are ours
_FEW = f"""WITH {_OWN}, seats AS (
    SELECT seat.pupil_id, own.* FROM own JOIN school_enrolment AS seat ON seat.school_class_id = own.class_id
    WHERE seat.starts <= %(day)s AND (seat.ends IS NULL OR seat.ends >= %(day)s)
), marks AS (
    SELECT seats.pupil_id, seats.class_id, mark.subject_id, count(*) AS number, sum(mark.value) AS total
    FROM seats JOIN gradebook_mark AS mark ON mark.pupil_id = seats.pupil_id
         AND mark.date BETWEEN seats.starts AND least(seats.ends, %(ends)s)
    WHERE mark.school_id = %(school)s
    GROUP BY 1, 2, 3
), held AS (
    SELECT DISTINCT class_id, subject_id FROM marks
), taught AS (
    SELECT seats.pupil_id, duty.subject_id, max(duty.weekly_hours) AS hours
    FROM seats JOIN school_teachingassignment AS duty ON duty.school_class_id = seats.class_id
    WHERE (duty.starts IS NULL OR duty.starts <= %(today)s) AND (duty.ends IS NULL OR duty.ends >= %(today)s)
      AND (duty.subgroup_id IS NULL OR EXISTS (
          SELECT FROM school_subgroup_pupils AS member
          WHERE member.subgroup_id = duty.subgroup_id AND member.pupil_id = seats.pupil_id))
    GROUP BY 1, 2
)
SELECT own.class_id, own.grade, own.letter, own.system, own.number, own.ends, own.pupil_id, subject.id, subject.name,
       taught.hours, coalesce(marks.number, 0), coalesce(marks.total, 0), NULL, NULL, false
FROM taught JOIN seats AS own USING (pupil_id)
JOIN held ON held.class_id = own.class_id AND held.subject_id = taught.subject_id
JOIN school_subject AS subject ON subject.id = taught.subject_id
LEFT JOIN marks ON marks.pupil_id = own.pupil_id AND marks.subject_id = subject.id
WHERE coalesce(marks.number, 0) < %(least)s AND NOT EXISTS (
    SELECT FROM gradebook_periodresult AS result
    WHERE result.pupil_id = own.pupil_id AND result.subject_id = subject.id AND result.period_id = own.period_id)
"""  # noqa: S608 — all parts are ours


class _Found(NamedTuple):
    """A row of either query."""

    class_id: int
    grade: int
    letter: str
    system: str
    period_number: int
    period_ends: date
    pupil_id: int
    subject_id: int
    subject: str
    hours: Decimal | None
    marks: int
    total: int
    result: str | None
    mean: str | None
    weighted: bool


@dataclass(frozen=True)
class EndingRow:
    """A pupil's subject that comes to a 2 or to «н/а». `known`: the result stands already."""

    pupil: Pupil
    subject: int
    subject_name: str
    marks: int
    mean: str
    verdict: str
    known: bool
    missing: str

    @property
    def not_attested(self) -> bool:
        """Whether it comes to «н/а»."""
        return self.verdict == NOT_ATTESTED


@dataclass(frozen=True)
class EndingClass:
    """A class with what its own period comes to; rows by pupil and subject."""

    key: int
    name: str
    period: Period
    days_left: int
    rows: tuple[EndingRow, ...]

    @property
    def words(self) -> str:
        """«5 учеников: двоек 7, н/а 2»."""
        pupils = len({row.pupil.pk for row in self.rows})
        few = sum(row.not_attested for row in self.rows)
        told = [f"двоек {len(self.rows) - few}"] if len(self.rows) > few else []
        told += [f"н/а {few}"] if few else []
        return f"{counted(pupils, 'ученик', 'ученика', 'учеников')}: {', '.join(told)}"

    @property
    def left_words(self) -> str:
        """«до конца 2-й четверти 8 учебных дней» (today is one of them), «2-я четверть закончилась»."""
        if not self.days_left:
            return f"{self.period.title}: учебных дней больше нет"
        days = counted(self.days_left, "учебный день", "учебных дня", "учебных дней")
        return f"до конца {self.period.title_genitive} {days}"


@dataclass(frozen=True)
class Ending:
    """The page: classes in order, and how many there are in each subject: (key, name, twos, «н/а»)."""

    classes: tuple[EndingClass, ...]
    subjects: tuple[tuple[int, str, int, int], ...]

    @property
    def twos(self) -> int:
        """All preliminary twos."""
        return sum(number for _, _, number, _ in self.subjects)

    @property
    def few(self) -> int:
        """All preliminary «н/а»."""
        return sum(number for _, _, _, number in self.subjects)


def ending_of(
    user: User,
    period: Period,
    holidays: Sequence[tuple[date, date]],
    *,
    school_class: int | None = None,
    subject: int | None = None,
    few: bool = True,
) -> Ending:
    """What a period of the main system comes to, of the classes and subjects that are the person's; three queries.

    Without `few` the «н/а» are left out: weeks before the end nearly every subject has too few marks yet.

    `period` comes with its year, school and settings; `holidays` are first and last days.
    """
    school = period.year.school
    thresholds, today = thresholds_of(school.settings), school.today()
    scope = scope_of(user)
    found = [row for row in _read(period, thresholds, today, few=few) if scope.sees(row.class_id, row.subject_id)]
    people = {one.pk: one for one in pupils_for(user).filter(pk__in={row.pupil_id for row in found})}
    found = [row for row in found if row.pupil_id in people]
    wanted = [row for row in found if school_class in (None, row.class_id) and subject in (None, row.subject_id)]
    judge = _Judge(people, thresholds, today, holidays)
    classes = tuple(judge.classes(period, wanted))
    return Ending(classes, tuple(_by_subject(classes)))


def _read(period: Period, thresholds: Thresholds, today: date, *, few: bool) -> list[_Found]:
    params: dict[str, Any] = {
        "year": period.year_id,
        "period": period.pk,
        "ends": period.ends,
        "day": min(max(today, period.starts), period.ends),
        "today": today,
        "school": period.year.school_id,
        "least": thresholds.forecast_min_marks,
    }
    rows: list[_Found] = []
    with connection.cursor() as cursor:
        for query in (_TWOS, _FEW) if few else (_TWOS,):
            cursor.execute(query, params)
            rows += [_Found(*row) for row in cursor.fetchall()]
    return rows


@dataclass(frozen=True)
class _Judge:
    """Turns rows into words."""

    people: dict[int, Pupil]
    thresholds: Thresholds
    today: date
    holidays: Sequence[tuple[date, date]]

    def classes(self, period: Period, found: Iterable[_Found]) -> Iterable[EndingClass]:
        """By class, in order."""
        by_class: dict[tuple[int, str, int], dict[tuple[int, int], _Found]] = {}
        for row in found:
            mine = by_class.setdefault((row.grade, row.letter, row.class_id), {})
            mine.setdefault((row.pupil_id, row.subject_id), row)
        for (grade, letter, key), rows in sorted(by_class.items()):
            first = next(iter(rows.values()))
            days = school_days_left(self.today, first.period_ends, self.holidays)
            own = Period(year=period.year, system=first.system, number=first.period_number, ends=first.period_ends)
            told = sorted(
                (self._row(row, days) for row in rows.values()),
                key=lambda one: (one.pupil.sort_key, one.pupil.pk, one.subject_name),
            )
            yield EndingClass(key, f"{grade}{letter}", own, days, tuple(told))

    def _row(self, row: _Found, days: int) -> EndingRow:
        few = row.result is None and row.marks < self.thresholds.forecast_min_marks and not row.weighted
        mean = row.mean or (f"{Decimal(row.total) / row.marks:.4f}" if row.marks else None)
        return EndingRow(
            pupil=self.people[row.pupil_id],
            subject=row.subject_id,
            subject_name=row.subject,
            marks=row.marks,
            mean="—" if mean is None else decimal(Decimal(mean), 2),
            verdict=row.result or (NOT_ATTESTED if few else "2"),
            known=row.result is not None,
            missing=self._missing(row, lessons_left(row.hours, days), few=few),
        )

    def _missing(self, row: _Found, left: int | None, *, few: bool) -> str:
        if row.result is not None:
            return "итог выставлен"
        if few:
            return marks_missing(row.marks, self.thresholds, left)
        if row.weighted:
            return "средняя взвешенная: зависит от веса новых отметок"
        return toward_three(row.total, row.marks, self.thresholds, left).in_words


def _by_subject(classes: Iterable[EndingClass]) -> Iterable[tuple[int, str, int, int]]:
    twos: Counter[tuple[str, int]] = Counter()
    few: Counter[tuple[str, int]] = Counter()
    for one in classes:
        for row in one.rows:
            (few if row.not_attested else twos)[(row.subject_name, row.subject)] += 1
    for name, key in sorted({*twos, *few}):
        yield key, name, twos[name, key], few[name, key]


def class_choices(user: User, period: Period) -> list[SchoolClass]:
    """The classes that the person may choose; one query."""
    scope: Scope = scope_of(user)
    rows = SchoolClass.objects.filter(year=period.year_id).order_by("grade", "letter")
    if scope.whole:
        return list(rows)
    return list(rows.filter(pk__in={*scope.led, *(key for key, _ in scope.taught)}))

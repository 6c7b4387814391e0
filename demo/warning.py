"""External works of the autumn, reasons of absence, what was looked into: pages of early warning have them to show."""

import random
from collections.abc import Iterator
from datetime import date

from demo import cast
from gradebook.grounds import GroundKind
from gradebook.models import AssessmentResult, PeriodResult, Procedure
from gradebook.selectors_grounds import Waiting, current_period, waiting_list
from gradebook.services.grounds import GroundDraft, ground_add
from risk_registry.selectors.works import works_alarms, works_years
from risk_registry.services.works import works_review_add
from school.models import AcademicYear, School, SchoolClass, User

_TITLE = "Входная диагностическая работа"
_WORKS = (
    (5, "Математика", date(2026, 9, 22)),
    (5, "Русский язык", date(2026, 9, 24)),
    (7, "Алгебра", date(2026, 9, 22)),
    (7, "Русский язык", date(2026, 9, 24)),
    (8, "Алгебра", date(2026, 9, 23)),
    (8, "Физика", date(2026, 9, 25)),
)
_WEAK_CLASS = "8Б"  # a fifth of twos and more in both of its works
_SHIFTS = (-1, 0, 0, 0, 0, 1)
_MOST_ENTERED = 6
_WEAK_SHARE = 0.6


def write_works(year: AcademicYear) -> None:
    """Works of three grades, a mark above or below the quarter's result here and there. Needs the first results."""
    rng = random.Random(year.start)  # noqa: S311 — play data, not secrets
    for grade, subject, day in _WORKS:
        given = PeriodResult.objects.filter(
            year=year, subject__name=subject, period__number=1, pupil__enrolments__school_class__grade=grade
        )
        told = given.values_list("pupil", "value", "subject", "pupil__enrolments__school_class").order_by("pupil")
        rows = {row[0]: row for row in told if row[1].isdigit()}  # whoever moved stands once
        if not rows:
            continue
        weak = set(SchoolClass.objects.filter(year=year, name=_WEAK_CLASS).values_list("pk", flat=True))
        work = Procedure.objects.create(
            school=year.school, year=year, title=_TITLE, grade=grade, subject_id=next(iter(rows.values()))[2], date=day
        )
        AssessmentResult.objects.bulk_create(
            AssessmentResult(
                school=year.school,
                year=year,
                pupil_id=pupil,
                procedure=work,
                mark=_mark(rng, int(value), weak=place in weak),
                journal_mark=int(value),
            )
            for pupil, value, _, place in rows.values()
        )


def _mark(rng: random.Random, result: int, *, weak: bool) -> int:
    if weak and result <= 4 and rng.random() < _WEAK_SHARE:
        return 2
    return min(max(result + rng.choice(_SHIFTS), 2), 5)


def explain_absences(school: School) -> None:
    """The class teacher of 7А and the social pedagogue entered some reasons; a paper is awaited, the rest waits."""
    for login in ("klass", "socped"):
        user = User.objects.filter(username=login, school=school).first()
        period = current_period(user) if user is not None else None
        if user is None or period is None:
            continue
        rows = [row for row in waiting_list(user, period) if row.ground is None]
        for row, kind, seen in _answers(rows[:_MOST_ENTERED]):
            draft = GroundDraft(kind, row.first, row.last, on_paper=seen)
            ground_add(by=user, pupil=row.pupil, draft=draft)


def _answers(rows: list[Waiting]) -> Iterator[tuple[Waiting, GroundKind, bool]]:
    """A note, a certificate that is promised, truancy found out, an order; every fifth still waits."""
    kinds = (
        (GroundKind.NOTE, True),
        (GroundKind.CERTIFICATE, False),
        (GroundKind.TRUANCY, True),
        (GroundKind.EVENT, True),
    )
    for number, row in enumerate(rows):
        if number % 5 < len(kinds):
            kind, seen = kinds[number % 5]
            yield row, kind, seen


def look_into_works(school: School) -> None:
    """The deputy has looked into the class's alarm, not yet into the school's."""
    deputy = User.objects.get(username="zavuch")
    years = works_years(deputy)
    for alarm in works_alarms(deputy, school, years, years[0]) if years else []:
        if alarm.school_class is not None:
            works_review_add(
                by=deputy,
                year=years[0],
                school_class=SchoolClass.objects.get(pk=alarm.school_class),
                procedures=[work.pk for work, _ in alarm.works],
                text="Совещание при завуче, протокол № 4: повторение тем, повторная работа в декабре.",
                on=date(cast.TODAY.year, 11, 12),
            )

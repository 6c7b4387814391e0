"""Assessment procedures of the demo: this autumn's, those of two springs before, and the timetable with one clash."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from gradebook.models import AssessmentResult, PeriodResult, Procedure, ProcedureKind, ProcedureState
from gradebook.services.procedures import ProcedureDraft, procedure_plan, procedure_repeat
from risk_registry.services.works import work_note_set
from school.models import AcademicYear, Enrolment, Pupil, School, SchoolClass, Subject, User
from school.services.organisation import year_create

_REGIONAL, _START = "Региональная диагностическая работа", "Стартовая диагностика"
_WORKS = (
    (_START, ProcedureKind.DIAGNOSTIC, 5, "Математика", date(2026, 9, 22)),
    (_START, ProcedureKind.DIAGNOSTIC, 5, "Русский язык", date(2026, 9, 24)),
    (_START, ProcedureKind.DIAGNOSTIC, 7, "Алгебра", date(2026, 9, 22)),
    (_START, ProcedureKind.DIAGNOSTIC, 7, "Русский язык", date(2026, 9, 24)),
    (_REGIONAL, ProcedureKind.REGIONAL, 8, "Алгебра", date(2026, 9, 23)),
    (_REGIONAL, ProcedureKind.REGIONAL, 8, "Физика", date(2026, 9, 25)),
)
_WEAK_CLASS, _WEAK_GRADE = "8Б", 8  # a fifth of twos and more in both of its works
_SHIFTS = (-1, 0, 0, 0, 0, 1)
_WEAK_SHARE = 0.6
_MAXIMA = (1, 1, 1, 2, 2, 2, 3, 3)
_DIFFICULTY = (0.0, 0.05, 0.1, 0.1, 0.25, 0.35, 0.3, 0.55)  # of the tasks: the more, the fewer of its points are got
_EARLIER = ((2024, 6, 0.1), (2025, 7, 0.17))  # years, the grade of today's eighth, the share of twos
_VPR = (("Математика", 8), ("Русский язык", 15))  # subjects and days of April


def write_works(year: AcademicYear) -> None:
    """Works of three grades, a mark above or below the quarter's result here and there. Needs the first results."""
    rng = random.Random(year.start)  # noqa: S311 — play data, not secrets
    weak = set(_seats(year, _WEAK_CLASS))
    for title, kind, grade, subject, day in _WORKS:
        given = PeriodResult.objects.filter(
            year=year, subject__name=subject, period__number=1, pupil__enrolments__school_class__grade=grade
        )
        marks = {pupil: int(value) for pupil, value in given.values_list("pupil", "value") if value.isdigit()}
        if marks:
            work = _work(year, title, kind, grade, subject, day)
            written = {pupil: _mark(rng, marks[pupil], weak=pupil in weak) for pupil in sorted(marks)}
            _write(rng, work, written, marks)


def _seats(year: AcademicYear, name: str) -> list[int]:
    rows = Enrolment.objects.filter(school_class__year=year, school_class__name=name)
    return list(rows.order_by("pupil").values_list("pupil", flat=True))


def _work(year: AcademicYear, title: str, kind: str, grade: int, subject: str, day: date) -> Procedure:
    return Procedure.objects.create(
        school=year.school,
        year=year,
        title=title,
        kind=kind,
        grade=grade,
        subject=Subject.objects.get(school=year.school, name=subject),
        date=day,
        max_score=sum(_MAXIMA),
        tasks=[str(number) for number in range(1, len(_MAXIMA) + 1)],
        maxima=[Decimal(most) for most in _MAXIMA],
    )


def _mark(rng: random.Random, result: int, *, weak: bool) -> int:
    if weak and result <= 4 and rng.random() < _WEAK_SHARE:
        return 2
    return min(max(result + rng.choice(_SHIFTS), 2), 5)


def _write(rng: random.Random, work: Procedure, marks: Mapping[int, int], journal: Mapping[int, int]) -> None:
    rows = []
    for pupil, mark in marks.items():
        points = [_points(rng, mark, most, hard) for most, hard in zip(_MAXIMA, _DIFFICULTY, strict=True)]
        rows.append(
            AssessmentResult(
                school=work.school,
                year=work.year,
                pupil_id=pupil,
                procedure=work,
                mark=mark,
                journal_mark=journal.get(pupil),
                points=points,
                score=sum(points, Decimal()),
            )
        )
    AssessmentResult.objects.bulk_create(rows)


def _points(rng: random.Random, mark: int, most: int, hard: float) -> Decimal:
    return Decimal(round(most * min(max(mark / 5 + 0.1 - hard + rng.uniform(-0.25, 0.25), 0), 1)))


def write_earlier_works(school: School) -> None:
    """ВПР of two springs, of today's eighth classes only: the alarm's trend begins there, and so do their old years."""
    rng = random.Random(school.pk)  # noqa: S311 — play data, not secrets
    for start, grade, share in _EARLIER:
        year = year_create(school=school, start=start, main="quarters", upper="halfyears")
        pupils = [pupil for place in _eighth(school) for pupil in _sit(year, place, grade)]
        for subject, day in _VPR:
            work = _work(year, "ВПР", ProcedureKind.VPR, grade, subject, date(start + 1, 4, day))
            journal = {pupil: rng.choice((3, 3, 4, 4, 5)) for pupil in pupils}
            marks = {
                pupil: 2 if rng.random() < share else _mark(rng, max(given, 3), weak=False)
                for pupil, given in journal.items()
            }
            _write(rng, work, marks, journal)


def _eighth(school: School) -> Iterable[SchoolClass]:
    return SchoolClass.objects.filter(school=school, year__start=2026, grade=_WEAK_GRADE).order_by("letter")


def _sit(year: AcademicYear, now: SchoolClass, grade: int) -> list[int]:
    """The class as it was called then, with those who are in it since this year's first day."""
    since = {"enrolments__starts": now.year.starts, "enrolments__ends__isnull": True}
    pupils = Pupil.objects.filter(enrolments__school_class=now, **since).order_by("pk")
    then = SchoolClass.objects.create(
        school=year.school, year=year, grade=grade, letter=now.letter, period_system=year.main_system
    )
    Enrolment.objects.bulk_create(
        Enrolment(pupil=pupil, school_class=then, starts=year.starts, ends=year.ends) for pupil in pupils
    )
    return [pupil.pk for pupil in pupils]


def plan_works(school: School) -> None:
    """The deputy's timetable until spring, with one clash; why the eighth classes wrote so badly; a repeated work."""
    deputy = User.objects.get(username="zavuch")
    year = school.years.get(start=2026)
    classes = {str(place): place for place in SchoolClass.objects.filter(year=year)}
    planned = (
        ("Контрольная работа № 3", ProcedureKind.CONTROL, 7, "7А", "Алгебра", date(2026, 12, 9), 3),
        ("Административная работа", ProcedureKind.ADMINISTRATIVE, 7, "", "Русский язык", date(2026, 12, 9), 4),
        ("Контрольная работа № 2", ProcedureKind.CONTROL, 8, "8А", "Физика", date(2026, 12, 16), 2),
        ("ВПР", ProcedureKind.VPR, 5, "", "Математика", date(2027, 4, 14), 2),
        ("ВПР", ProcedureKind.VPR, 7, "", "Алгебра", date(2027, 4, 15), 2),
        ("ВПР", ProcedureKind.VPR, 8, "", "Русский язык", date(2027, 4, 20), 2),
    )
    for title, kind, grade, name, subject, day, lesson in planned:
        about = Subject.objects.filter(school=school, name=subject).first()
        if about is not None and (not name or name in classes):
            draft = ProcedureDraft(title, kind, grade, classes.get(name), about, day, lesson)
            procedure_plan(by=deputy, year=year, draft=draft)
    work = Procedure.objects.filter(year=year, title=_REGIONAL, subject__name="Алгебра").first()
    if work is not None and _WEAK_CLASS in classes:
        text = "Слабо усвоены действия с дробями и текстовые задачи: задания 6 и 8."
        work_note_set(by=deputy, procedure=work, causes=["PED03", "CT05"], text=text)
        _repeat(deputy, work, classes[_WEAK_CLASS])


def _repeat(deputy: User, work: Procedure, place: SchoolClass) -> None:
    """Most of those with a two have written it once more, a week ago."""
    again = procedure_repeat(by=deputy, procedure=work, school_class=place, day=date(2026, 11, 17))
    seats = Enrolment.objects.on(date(2026, 11, 17)).filter(school_class=place)
    low = AssessmentResult.objects.filter(procedure=work, mark=2, pupil__in=seats.values("pupil"))
    pupils = list(low.order_by("pupil").values_list("pupil", flat=True))
    rng = random.Random(work.pk)  # noqa: S311 — play data, not secrets
    marks = {pupil: 2 if number % 4 == 3 else 3 + number % 2 for number, pupil in enumerate(pupils[:-1])}
    _write(rng, again, marks, {})
    again.state = ProcedureState.HELD
    again.save(update_fields=["state"])

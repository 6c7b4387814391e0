"""A small school for the reports of a class and of a teacher: every figure can be counted by hand."""

from datetime import date, timedelta

from gradebook.models import Absence, AbsenceReason
from iom.models import PupilTalk, Route, WorkEntry, WorkEntryPupil
from iom.words import RouteKind, RouteState
from parents.models import Conversation
from parents.words import Channel
from risk_registry.services.classification import period_classify
from school.models import Enrolment, Pupil, School, SchoolClass, Staff, TeachingAssignment, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, period_of

EXCELLENT, FOUR, THREE, TWO = "Отличников Глеб", "Хорошев Илья", "Тройкин Пётр", "Двойкин Егор"
CAME, LEFT, ELSEWHERE = "Новичков Олег", "Ушедших Иван", "Соседов Лев"
FIRST = {EXCELLENT: ("5", "5"), FOUR: ("5", "4"), THREE: ("4", "3"), TWO: ("4", "2")}
SECOND = {EXCELLENT: ("5", "5"), FOUR: ("5", "5"), THREE: ("4", "4"), TWO: ("4", "3")}
SUBJECTS = ("Физика", "Алгебра")


def make_own_school(code: str = "S1") -> School:
    """7А led by «led», where «taught» teaches algebra; 7Б is led by «else». Results of two quarters."""
    school = make_school(code)
    first = 7 if code == "S1" else 8
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login=_login(code, "zavuch"))
    led = make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login=_login(code, "led"))
    other = make_staff(school, "Иной Иван Иванович", Position.TEACHER, login=_login(code, "else"))
    taught = make_staff(school, "Гречко Павел Семёнович", Position.TEACHER, login=_login(code, "taught"))
    main, near = make_class(school, f"{first}А", teacher=led), make_class(school, f"{first}Б", teacher=other)
    _teach(taught, "Алгебра", main)
    _teach(other, "Физика", main)
    pupils = {name: make_pupil(main, name) for name in FIRST}
    make_pupil(near, ELSEWHERE)
    _move(make_pupil(near, CAME), main, date(2026, 10, 5))
    gone = make_pupil(main, LEFT)
    Enrolment.objects.filter(pupil=gone).update(ends=date(2026, 9, 20))
    for number, told in ((1, FIRST), (2, SECOND)):
        for name, values in told.items():
            for subject, value in zip(SUBJECTS, values, strict=True):
                give_result(pupils[name], subject, value, period=period_of(school, number))
    give_marks(pupils[TWO], "Алгебра", 2, 2)
    for number in (1, 2):
        period_classify(period=period_of(school, number))
    return school


def _login(code: str, name: str) -> str:
    return name if code == "S1" else f"{name}-{code}"


def _teach(staff: Staff, subject: str, school_class: SchoolClass) -> None:
    TeachingAssignment.objects.create(
        staff=staff, subject=make_subject(school_class.school, subject), school_class=school_class
    )


def _move(pupil: Pupil, to: SchoolClass, on: date) -> None:
    Enrolment.objects.filter(pupil=pupil).update(ends=on - timedelta(days=1))
    Enrolment.objects.create(pupil=pupil, school_class=to, starts=on)


def pupil_of(school: School, name: str) -> Pupil:
    """By surname and name."""
    last, first = name.split()
    return Pupil.objects.get(school=school, last_name=last, first_name=first)


def record_help(school: School) -> None:
    """For Двойкин: two works in algebra, one in physics, a talk, a talk with the mother, a route for special needs."""
    pupil, year, by = pupil_of(school, TWO), school.years.get(), User.objects.get(username="taught")
    at, day = school.now(), date(2026, 10, 12)
    for subject in ("Алгебра", "Алгебра", "Физика"):
        entry = WorkEntry.objects.create(
            school=school, year=year, subject=make_subject(school, subject), on=day, topic="Уравнения", by=by, at=at
        )
        WorkEntryPupil.objects.create(entry=entry, pupil=pupil)
    PupilTalk.objects.create(school=school, year=year, pupil=pupil, on=day, occasion="двойки", by=by, at=at)
    Conversation.objects.create(
        school=school, year=year, pupil=pupil, who="мать", on=day, channel=Channel.PHONE, occasion="двойки",
        said="тайна разговора", by=by, at=at,
    )  # fmt: skip
    Route.objects.create(
        school=school, year=year, kind=RouteKind.NEEDS, pupil=pupil, state=RouteState.ACTIVE, number=1,
        begins=date(2026, 9, 1), ends=date(2026, 12, 30), created_at=at, changed_at=at,
    )  # fmt: skip


def record_absences(school: School) -> None:
    """Двойкин missed two lessons of one day without a reason, Хорошев one through illness."""
    year, subject, day = school.years.get(), make_subject(school, "Алгебра"), date(2026, 9, 15)
    told = ((TWO, 0, AbsenceReason.UNEXCUSED), (TWO, 1, AbsenceReason.UNEXCUSED), (FOUR, 0, AbsenceReason.ILLNESS))
    for name, ordinal, reason in told:
        Absence.objects.create(
            school=school, year=year, pupil=pupil_of(school, name), subject=subject, date=day, ordinal=ordinal,
            reason=reason,
        )  # fmt: skip

"""Small pieces of a school for tests that need no whole demo."""

from datetime import date

from school.models import Enrolment, Pupil, School, SchoolClass, Staff, StaffPosition, Subject, User
from school.rules import period_system_of
from school.services.organisation import school_create

PASSWORD = "Опора-2026-проверка"
TODAY = date(2026, 11, 21)


def make_school(code: str = "S1", *, today: date | None = TODAY, periods: str = "quarters") -> School:
    """A school of 2026/27 whose day stands still."""
    school = school_create(by=None, code=code, name=f"Школа {code}", start=2026, periods=periods)
    school.demo_today = today
    school.save()
    return school


def make_class(school: School, name: str, *, teacher: Staff | None = None) -> SchoolClass:
    """A class by its name, «7А», in the school's newest year."""
    year = school.years.first()
    assert year is not None
    grade = int("".join(c for c in name if c.isdigit()))
    letter = name[len(str(grade)) :]
    system = period_system_of(grade, year.main_system, year.upper_system)
    return SchoolClass.objects.create(
        school=school, year=year, grade=grade, letter=letter, period_system=system, class_teacher=teacher
    )


def make_pupil(
    school_class: SchoolClass,
    name: str,
    *,
    external_id: str = "",
    starts: date | None = None,
    birth: date | None = None,
) -> Pupil:
    """A pupil who sits in the class since the year's first day."""
    last, first, *middle = name.split()
    pupil = Pupil.objects.create(
        school=school_class.school,
        last_name=last,
        first_name=first,
        middle_name=" ".join(middle),
        external_id=external_id,
        birth_date=birth,
    )
    Enrolment.objects.create(pupil=pupil, school_class=school_class, starts=starts or school_class.year.starts)
    return pupil


def make_staff(school: School, name: str, *positions: str, login: str = "") -> Staff:
    """A person of the school, with a login when one is named."""
    last, first, *middle = name.split()
    staff = Staff.objects.create(school=school, last_name=last, first_name=first, middle_name=" ".join(middle))
    for position in positions:
        StaffPosition.objects.create(staff=staff, position=position)
    if login:
        User.objects.create_user(login, PASSWORD, school=school, staff=staff)
    return staff


def make_subject(school: School, name: str) -> Subject:
    """A subject by its name; the same one when asked twice."""
    return Subject.objects.get_or_create(school=school, name=name)[0]

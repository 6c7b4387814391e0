"""The demo school's day: bells of two shifts, a week of lessons for each class, two buses and who rides on them."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from demo import cast, curriculum
from school.models import (
    AcademicYear,
    Enrolment,
    School,
    SchoolClass,
    Subject,
    TeachingAssignment,
    User,
)
from school.services.day import BellDraft, LessonDraft, bells_write, bus_save, lessons_write, riders_add

_FIRST = ("08:30", "09:20", "10:10", "11:05", "11:55", "12:45", "13:35")
_SECOND = ("13:40", "14:30", "15:20", "16:15", "17:05", "17:55")
_LENGTH = timedelta(minutes=40)
SECOND_SHIFT = (6,)  # grades
EVERY_DAY = (1, 2, 3, 4, 5, 6)


def fill_days(school: School) -> None:
    """Everything that extra lessons are compared with."""
    deputy = User.objects.get(username="zavuch")
    for shift, begins in ((1, _FIRST), (2, _SECOND)):
        bells_write(by=deputy, school=school, shift=shift, bells=[_bell(n, at) for n, at in enumerate(begins, 1)])
    year = AcademicYear.objects.select_related("school").get(school=school, start=cast.START)
    for school_class in SchoolClass.objects.filter(year=year).select_related("year", "school"):
        _fill_week(deputy, school_class)
    _fill_buses(deputy, school, year)


def _bell(number: int, at: str) -> BellDraft:
    begins = datetime.combine(date.min, time.fromisoformat(at))
    return BellDraft(number, begins.time(), (begins + _LENGTH).time())


def _fill_week(deputy: User, school_class: SchoolClass) -> None:
    """Each subject on the days on which marks are drawn; a room for each teacher."""
    rows = TeachingAssignment.objects.filter(school_class=school_class).select_related("subject").order_by("pk")
    days: dict[int, list[tuple[Subject, str]]] = defaultdict(list)
    for row in rows:
        room = str(10 + row.staff_id % 30)
        for day in curriculum.weekdays_of(row.subject.name, int(row.weekly_hours or 1), school_class.grade):
            days[day].append((row.subject, room))
    lessons = [
        LessonDraft(day + 1, number, subject, None, room)
        for day, taught in sorted(days.items())
        for number, (subject, room) in enumerate(taught[: len(_SECOND)], 1)
    ]
    if lessons:
        shift = 2 if school_class.grade in SECOND_SHIFT else 1
        starts = school_class.year.starts
        lessons_write(by=deputy, school_class=school_class, shift=shift, lessons=lessons, starts=starts)


def _fill_buses(deputy: User, school: School, year: AcademicYear) -> None:
    """The first bus takes home those of the first shift who live in Липовка, the second the others."""
    seats = Enrolment.objects.filter(school_class__year=year, ends__isnull=True, school_class__grade__range=(5, 9))
    riders = [seat for seat in seats.select_related("pupil", "school_class").order_by("pk") if _rides(seat)]
    for title, leaves, second in (("Липовка", time(14, 10), False), ("Липовка, вечерний", time(18, 50), True)):
        bus = bus_save(by=deputy, school=school, bus=None, title=title, weekdays=EVERY_DAY, leaves=leaves, walk=0)
        own = [seat.pupil for seat in riders if (seat.school_class.grade in SECOND_SHIFT) == second]
        riders_add(by=deputy, bus=bus, pupils=own, starts=year.starts)


def _rides(seat: Enrolment) -> bool:
    return seat.pupil.last_name == "Рябов" or seat.pk % 9 == 0

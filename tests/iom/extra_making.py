"""A school's day for tests of extra lessons: bells, a class with lessons until 13:30, a bus at 14:10."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from iom.services.extra import GroupDraft
from school.models import (
    Bell,
    BusRider,
    BusRun,
    LessonSlot,
    Pupil,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
)
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

BELLS = ("08:30", "09:20", "10:15", "11:10", "12:00", "12:50")  # 40 minutes each: the sixth ends at 13:30
TUESDAY = 2


@dataclass
class Day:
    """Who and what a test asks for."""

    school: School
    school_class: SchoolClass
    rider: Pupil
    walker: Pupil
    teacher: Staff
    other: Staff
    user: User
    deputy: User

    def draft(self, time_from: str = "14:00", time_to: str = "14:40", **told: object) -> GroupDraft:
        """Tuesday, from today to the end of December, in room 12."""
        known: dict[str, object] = {
            "title": "Алгебра, 7А",
            "subject": make_subject(self.school, "Алгебра"),
            "teacher": self.teacher,
            "room": "12",
            "weekday": TUESDAY,
            "time_from": time.fromisoformat(time_from),
            "time_to": time.fromisoformat(time_to),
            "begins": date(2026, 11, 3),
            "ends": date(2026, 12, 29),
        }
        return GroupDraft(**(known | told))  # type: ignore[arg-type]


def make_day() -> Day:
    """7А has six lessons on Tuesdays, the sixth is algebra; one of two pupils goes by bus."""
    school = make_school("X1")
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="grechko")
    other = make_staff(school, "Ильина Марина Фёдоровна", "teacher", login="ilina")
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="ermolaeva")
    school_class = make_class(school, "7А")
    algebra = make_subject(school, "Алгебра")
    TeachingAssignment.objects.create(staff=teacher, subject=algebra, school_class=school_class)
    for number, starts in enumerate(BELLS, 1):
        begins = datetime.combine(date.min, time.fromisoformat(starts))
        Bell.objects.create(
            school=school, number=number, starts=begins.time(), ends=(begins + timedelta(minutes=40)).time()
        )
        slot = LessonSlot(school=school, school_class=school_class, weekday=TUESDAY, number=number)
        if number == 6:
            slot.subject, slot.staff, slot.room = algebra, teacher, "12"
        slot.save()
    rider = make_pupil(school_class, "Ковтун Матвей Андреевич", external_id="p1")
    bus = BusRun.objects.create(school=school, title="Липовка", weekdays=[1, 2, 3, 4, 5], leaves=time(14, 10))
    BusRider.objects.create(run=bus, pupil=rider)
    users = {user.username: user for user in User.objects.select_related("staff", "school")}
    return Day(
        school,
        school_class,
        rider,
        make_pupil(school_class, "Рябов Денис Игоревич", external_id="p2"),
        teacher,
        other,
        users["grechko"],
        users["ermolaeva"],
    )

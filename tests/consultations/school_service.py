"""A school's service for tests: a psychologist with hours, its head, a class with pupils and a class teacher."""

from dataclasses import dataclass
from datetime import date, time

from consultations.models import ServiceHours
from school.models import Guardian, Guardianship, Pupil, School, SchoolClass, Staff, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff

BEGINS, ENDS = date(2026, 9, 1), date(2027, 5, 31)
TUESDAY = 2


@dataclass
class Service:
    """Who and what a test asks for. `school.today()` is Saturday, 21 November 2026."""

    school: School
    school_class: SchoolClass
    pupil: Pupil
    mother: Guardian
    psychologist: User
    head: User
    teacher: User
    deputy: User
    director: User

    @property
    def specialist(self) -> Staff:
        """The psychologist as one of the staff."""
        assert self.psychologist.staff is not None
        return self.psychologist.staff

    def hours(self, weekday: int = TUESDAY, begins: str = "14:00", ends: str = "16:00", **told: object) -> ServiceHours:
        """Hours of the psychologist in room 12, for the year."""
        known = {"specialist": self.specialist, "room": "12", "begins": BEGINS, "ends": ENDS} | told
        times = {"time_from": time.fromisoformat(begins), "time_to": time.fromisoformat(ends)}
        return ServiceHours.objects.create(
            school=self.school, year=self.school_class.year, weekday=weekday, **times, **known
        )


def make_service() -> Service:
    """7А with one pupil, whose mother is known."""
    school = make_school("U1")
    people = (
        ("Орлова Мария Ильинична", Position.PSYCHOLOGIST, "orlova"),
        ("Лебедева Анна Сергеевна", Position.PSYCH_HEAD, "lebedeva"),
        ("Тихонова Ольга Петровна", Position.TEACHER, "tihonova"),
        ("Ермолаева Софья Викторовна", Position.DEPUTY, "ermolaeva"),
        ("Самойлова Нина Павловна", Position.DIRECTOR, "samoylova"),
    )
    for name, position, login in people:
        make_staff(school, name, position, login=login)
    users = {user.username: user for user in User.objects.select_related("staff", "school").filter(school=school)}
    school_class = make_class(school, "7А", teacher=users["tihonova"].staff)
    pupil = make_pupil(school_class, "Ковтун Матвей Андреевич", external_id="u1")
    mother = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Елена", middle_name="Юрьевна")
    Guardianship.objects.create(guardian=mother, pupil=pupil, relation=Guardianship.Relation.MOTHER)
    return Service(
        school,
        school_class,
        pupil,
        mother,
        users["orlova"],
        users["lebedeva"],
        users["tihonova"],
        users["ermolaeva"],
        users["samoylova"],
    )

"""A service for tests: a psychologist who receives on Tuesdays and Thursdays, two pupils of 7А, one with a consent."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from consultations.models import Appointment, HoursException, ServiceHours
from consultations.services.booking import Invited, MeetingDraft, appointment_book
from consultations.words import ExceptionKind, MeetingKind
from school.models import Consent, Guardian, Guardianship, Pupil, School, SchoolClass, Staff, User
from school.purposes import Purpose
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff

TUESDAY = date(2026, 11, 24)  # after the school's day, Saturday 21 November


@dataclass
class Service:
    """Who and what a test asks for."""

    school: School
    seventh: SchoolClass
    pupil: Pupil
    without: Pupil
    psychologist: Staff
    other: Staff
    teacher: User
    head: User
    deputy: User
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """The psychologist's login."""
        return User.objects.get(staff=self.psychologist)

    def draft(self, at: str = "14:00", to: str = "14:40", **told: Any) -> MeetingDraft:
        """Tuesday after the school's day, individual, in room 12."""
        known: dict[str, Any] = {
            "specialist": self.psychologist,
            "kind": MeetingKind.INDIVIDUAL,
            "on": TUESDAY,
            "time_from": time.fromisoformat(at),
            "time_to": time.fromisoformat(to),
            "room": "12",
        }
        return MeetingDraft(**(known | told))

    def book(
        self, at: str = "14:00", to: str = "14:40", *pupils: Pupil, by: User | None = None, **told: Any
    ) -> Appointment:
        """By the specialist, of the pupil with a consent unless others are named."""
        rest = {name: told.pop(name) for name in ("urgent", "confirmed", "signal") if name in told}
        draft = self.draft(at, to, **told)
        return appointment_book(
            by=by or User.objects.get(staff=draft.specialist),
            draft=draft,
            invited=[Invited(one) for one in pupils or [self.pupil]],
            **rest,
        )

    def close(self, day: date) -> HoursException:
        """The psychologist does not receive on a day."""
        return HoursException.objects.create(
            specialist=self.psychologist,
            kind=ExceptionKind.OFF,
            begins=day,
            ends=day,
            by=self.user,
            at=self.school.now(),
        )


def make_hours(staff: Staff, weekday: int, at: str = "13:00", to: str = "16:00", **told: Any) -> ServiceHours:
    """Hours of a day of the week through the whole year, meetings of 40 minutes."""
    year = staff.school.years.get()
    return ServiceHours.objects.create(
        school=staff.school,
        year=year,
        specialist=staff,
        weekday=weekday,
        time_from=time.fromisoformat(at),
        time_to=time.fromisoformat(to),
        begins=told.pop("begins", year.starts),
        ends=told.pop("ends", year.ends),
        **({"minutes": 40, "room": "12"} | told),
    )


def make_consent(pupil: Pupil, given_on: date = date(2026, 9, 1), **told: Any) -> Consent:
    """A mother's consent to psychological help."""
    guardian = Guardian.objects.create(school=pupil.school, last_name=pupil.last_name, first_name="Анна")
    Guardianship.objects.create(guardian=guardian, pupil=pupil, relation=Guardianship.Relation.MOTHER)
    return Consent.objects.create(
        pupil=pupil,
        guardian=guardian,
        purpose=Purpose.PSYCHOLOGICAL_HELP,
        given_on=given_on,
        document="папка 3",
        **told,
    )


def make_service() -> Service:
    """Two specialists with hours, a class with its teacher, the head of the service, the deputy."""
    school = make_school()
    teacher = make_staff(school, "Тихонова Анна Петровна", login="teacher")
    seventh = make_class(school, "7А", teacher=teacher)
    psychologist = make_staff(school, "Пилипенко Алла Викторовна", Position.PSYCHOLOGIST, login="psychologist")
    other = make_staff(school, "Соколова Ольга Павловна", Position.SOCIAL_PEDAGOGUE, login="social")
    head = make_staff(school, "Дроздова Вера Ильинична", Position.PSYCH_HEAD, login="head")
    deputy = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy")
    for weekday in (2, 4):
        make_hours(psychologist, weekday)
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    make_consent(pupil)
    return Service(
        school=school,
        seventh=seventh,
        pupil=pupil,
        without=make_pupil(seventh, "Рябов Денис Игоревич"),
        psychologist=psychologist,
        other=other,
        teacher=User.objects.get(staff=teacher),
        head=User.objects.get(staff=head),
        deputy=User.objects.get(staff=deputy),
    )

"""Two schools in which every role has one person: who stands in the columns of the table."""

from dataclasses import dataclass, field
from typing import Any

from school.models import (
    Municipality,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
)
from school.roles import Position, ResponsibilityKind
from tests.factories import PASSWORD, make_class, make_pupil, make_school, make_staff, make_subject

COLUMNS = (
    "anon",  # a visitor
    "other",  # the deputy of another school
    "dir",
    "dep",
    "cls",  # class teacher of 7А
    "sub",  # teaches algebra in 7А
    "psy",
    "psyh",  # head of the psychological service
    "soc",
    "spe",  # speech therapist
    "met",  # head of a methodical union
    "tut",  # tutor of the pupil
    "men",  # mentor of the pupil
    "mun",  # municipal coordinator
    "adm",  # administrator of the school
    "none",  # works in the school, has no duties
)
_POSITIONS = {
    "dir": Position.DIRECTOR,
    "dep": Position.DEPUTY,
    "cls": Position.TEACHER,
    "sub": Position.TEACHER,
    "psy": Position.PSYCHOLOGIST,
    "psyh": Position.PSYCH_HEAD,
    "soc": Position.SOCIAL_PEDAGOGUE,
    "spe": Position.SPEECH_THERAPIST,
    "met": Position.METHODICAL_HEAD,
    "tut": Position.TUTOR,
    "men": Position.MENTOR,
    "none": Position.TEACHER,
}


@dataclass
class World:
    """What addresses may name. Apps add theirs to `things` in `add(world)` of their `rows_*.py`."""

    school: School
    school_class: SchoolClass
    pupil: Pupil
    users: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def person(self, column: str) -> Staff:
        """Who stands in a column."""
        staff = self.users[column].staff
        assert staff is not None
        return staff


def make_world() -> World:
    """One pupil of 7А, and around it the people of all columns."""
    district = Municipality.objects.create(name="Ясногорский округ")
    school = make_school("S1")
    other = make_school("S2")
    School.objects.update(municipality=district)
    users = {column: _person(school, column, position) for column, position in _POSITIONS.items()}
    users["other"] = _person(other, "other", Position.DEPUTY)
    users["adm"] = User.objects.create_user("adm", PASSWORD, school=school, is_administrator=True)
    users["mun"] = User.objects.create_user("mun", PASSWORD, municipality=district)
    school_class = make_class(school, "7А", teacher=users["cls"].staff)
    world = World(school, school_class, make_pupil(school_class, "Ковтун Матвей Андреевич", external_id="p1"), users)
    _give_duties(world)
    return world


def _person(school: School, column: str, position: Position) -> User:
    staff = make_staff(school, f"Иванова {column.title()}", position, login=column)
    return User.objects.select_related("staff").get(staff=staff)


def _give_duties(world: World) -> None:
    TeachingAssignment.objects.create(
        staff=world.person("sub"), subject=make_subject(world.school, "Алгебра"), school_class=world.school_class
    )
    for column, kind in (("tut", ResponsibilityKind.TUTOR), ("men", ResponsibilityKind.MENTOR)):
        Responsibility.objects.create(person=world.person(column), pupil=world.pupil, kind=kind)

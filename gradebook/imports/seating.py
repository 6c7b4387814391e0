"""Who sat where in a year that is known from files alone, and the classes that they name."""

from datetime import date
from functools import cached_property

from gradebook.imports.yearbook import Yearbook, class_name_key
from gradebook.matching import Known
from school.models import Enrolment, PeriodSystem, SchoolClass
from school.naming import class_parts
from school.rules import period_system_of


class Seating:
    """Classes and enrolments that the files of one call add to such a year."""

    def __init__(self, book: Yearbook) -> None:
        self._book = book
        self.classes: list[SchoolClass] = []
        self.seats: list[Enrolment] = []
        self._waiting: list[Enrolment] = []

    def class_for(self, name: str) -> SchoolClass | None:
        """The class of that name, made at its first pupil; None when it is no class's name."""
        key, parts = class_name_key(name), class_parts(name)
        if key in self._book.classes or parts is None:
            return self._book.classes.get(key)
        year, (grade, letter) = self._book.year, parts
        system = PeriodSystem(period_system_of(grade, year.main_system, year.upper_system))
        made = SchoolClass.objects.create(
            school=year.school, year=year, grade=grade, letter=letter, period_system=system
        )
        self._book.classes[key] = made
        self.classes.append(made)
        return made

    @cached_property
    def _sits(self) -> dict[int, SchoolClass | None]:
        """Pupils with a place on some day of the year already, None for a place in another year's class."""
        year = self._book.year
        rows = Enrolment.objects.filter(pupil__school=year.school_id, starts__lte=year.ends).select_related(
            "school_class"
        )
        there = [row for row in rows if row.ends is None or row.ends >= year.starts]
        return {row.pupil_id: row.school_class if row.school_class.year_id == year.pk else None for row in there}

    def elsewhere(self, pupil: int, name: str) -> SchoolClass | None:
        """The other class in which the files place the pupil already."""
        sits = self._sits.get(pupil)
        return sits if sits is not None and class_name_key(str(sits)) != class_name_key(name) else None

    def seat(self, pupil: int, school_class: SchoolClass) -> None:
        """The pupil sat in the class for the whole year, unless something else is known."""
        if pupil not in self._sits:
            year = self._book.year
            self._sits[pupil] = school_class
            row = Enrolment(pupil_id=pupil, school_class=school_class, starts=year.starts, ends=year.ends)
            self._waiting.append(row)

    def write(self) -> None:
        """Keep the new places; the year's book knows them from then on."""
        if self._waiting:
            self.seats += Enrolment.objects.bulk_create(self._waiting)
            self._waiting = []
            self._book.forget_seats()


def grade_gap(before: tuple[int, int], after: tuple[int, int]) -> int:
    """By how many grades two (year, grade) of one person differ from a class a year."""
    return abs((after[1] - before[1]) - (after[0] - before[0]))


def always(pupil: int, last: str, first: str, middle: str, birth: date | None) -> Known:
    """A pupil of the school, whenever."""
    return Known(pupil, last, first, middle, birth, date.min, None)

"""What the school knows of a year, read once an import: classes, who sat where, periods, from when marks are given."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from common.names import name_key
from gradebook.matching import Known, Roster
from gradebook.models import NameMatch
from school.models import AcademicYear, Enrolment, MarksStart, Period, SchoolClass
from school.naming import class_parts

NEVER = date.max.toordinal()
ALWAYS = 0


def class_name_key(name: str) -> str:
    """«7А» for each of its writings; other names folded."""
    parts = class_parts(name)
    return f"{parts[0]}{parts[1]}" if parts else name_key(name)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One enrolment, with the class it is in."""

    school_class: SchoolClass
    known: Known


class Yearbook:
    """One academic year of the school."""

    def __init__(self, year: AcademicYear, marks_from_grade: int) -> None:
        self.year = year
        self._marks_from_grade = marks_from_grade
        self._rosters: dict[tuple[int, date, date], Roster] = {}
        self._allowed: dict[tuple[int, int], int] = {}

    @cached_property
    def classes(self) -> dict[str, SchoolClass]:
        """By the folded name."""
        return {class_name_key(str(item)): item for item in self.year.classes.all()}

    @cached_property
    def sittings(self) -> dict[int, list[Sitting]]:
        """By the class's key."""
        rows = Enrolment.objects.filter(school_class__year=self.year).select_related("pupil", "school_class")
        found: dict[int, list[Sitting]] = defaultdict(list)
        for row in rows:
            pupil = row.pupil
            names = (pupil.last_name, pupil.first_name, pupil.middle_name)
            known = Known(pupil.pk, *names, pupil.birth_date, row.starts, row.ends)
            found[row.school_class_id].append(Sitting(row.school_class, known))
        return dict(found)

    @cached_property
    def everybody(self) -> Roster:
        """All pupils of the year."""
        return Roster("школе", (s.known for sittings in self.sittings.values() for s in sittings))

    @cached_property
    def sat_in(self) -> dict[int, list[Sitting]]:
        """Where each pupil sat, by the pupil's key."""
        found: dict[int, list[Sitting]] = defaultdict(list)
        for sittings in self.sittings.values():
            for sitting in sittings:
                found[sitting.known.pupil].append(sitting)
        return dict(found)

    @cached_property
    def movers(self) -> set[int]:
        """Those who sat in more than one class."""
        return {pupil for pupil, sat in self.sat_in.items() if len({s.school_class.pk for s in sat}) > 1}

    def forget_seats(self) -> None:
        """Places were added: they are read anew."""
        self._rosters.clear()
        for name in ("sittings", "everybody", "sat_in", "movers"):
            self.__dict__.pop(name, None)

    def class_of(self, pupil: int, day: date) -> SchoolClass | None:
        """Where the pupil sat on that day, else where they sit at all."""
        sat = self.sat_in.get(pupil, [])
        there = [s.school_class for s in sat if s.known.sat(day, day)] or [s.school_class for s in sat]
        return there[-1] if there else None

    def roster(self, school_class: SchoolClass, since: date, until: date) -> Roster:
        """Those who sat in the class on some of these days; see `roster_of_year` for when a name is not among them."""
        key = (school_class.pk, since, until)
        if key not in self._rosters:
            sat = [s.known for s in self.sittings.get(school_class.pk, []) if s.known.sat(since, until)]
            self._rosters[key] = Roster(str(school_class), sat)
        return self._rosters[key]

    def roster_of_year(self, school_class: SchoolClass) -> Roster:
        """All who ever sat in the class."""
        return self.roster(school_class, date.min, date.max)

    @cached_property
    def periods(self) -> dict[str, list[Period]]:
        """By the system, in order."""
        found: dict[str, list[Period]] = defaultdict(list)
        for period in self.year.periods.order_by("number"):
            found[period.system].append(period)
        return dict(found)

    @cached_property
    def settled(self) -> dict[tuple[str, str, date | None], int]:
        """(class, name, birth date) → the pupil that a person chose."""
        rows = NameMatch.objects.filter(year=self.year)
        return {(row.class_name, row.name, row.birth_date): row.pupil_id for row in rows}

    def settled_pupil(self, class_name: str, name: str, birth: date | None) -> int | None:
        """Whom a person chose for this name."""
        return self.settled.get((class_name_key(class_name), name_key(name), birth))

    @cached_property
    def _starts(self) -> dict[tuple[int, int | None], int | None]:
        rows = MarksStart.objects.filter(school_class__year=self.year)
        return {(row.school_class_id, row.subject_id): row.from_period for row in rows}

    def marks_from(self, school_class: SchoolClass, subject: int) -> int:
        """The ordinal of the first day on which marks are given: 0 for always, `NEVER` for not this year."""
        key = (school_class.pk, subject)
        if key not in self._allowed:
            self._allowed[key] = self._read_marks_from(school_class, subject)
        return self._allowed[key]

    def _read_marks_from(self, school_class: SchoolClass, subject: int) -> int:
        for key in ((school_class.pk, subject), (school_class.pk, None)):
            if key in self._starts:
                return self._first_day(school_class, self._starts[key])
        return ALWAYS if school_class.grade >= self._marks_from_grade else NEVER

    def _first_day(self, school_class: SchoolClass, number: int | None) -> int:
        if number is None:
            return NEVER
        period = next((p for p in self.periods.get(school_class.period_system, []) if p.number == number), None)
        return NEVER if period is None else ALWAYS if number == 1 else period.starts.toordinal()

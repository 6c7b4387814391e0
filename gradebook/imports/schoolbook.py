"""What the school knows beyond a single year: its years, pupils' identifiers, subjects and their other headings."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from common.errors import Refused
from common.names import name_key
from gradebook.imports.earlier import can_be_opened, known_from_files, year_open_by_files
from gradebook.imports.seating import Seating, always
from gradebook.imports.yearbook import Yearbook
from gradebook.matching import Roster
from gradebook.models import ParticipantCode
from gradebook.parsed import ParsedFile
from school.models import AcademicYear, Enrolment, Period, Pupil, School, Subject, SubjectAlias
from school.naming import tidy


class Schoolbook:
    """Read once an import, a constant number of queries a year. `year_start` and `period` are what the call says.

    `parsed`: the call's files; those of years before the school's own open them.
    """

    def __init__(
        self,
        school: School,
        *,
        year_start: int | None = None,
        period: int | None = None,
        parsed: Sequence[ParsedFile] = (),
    ) -> None:
        self.school = school
        self._parsed, self._told_start = parsed, year_start
        self.opened: list[AcademicYear] = []
        self._seatings: dict[int, Seating | None] = {}
        self.years = {year.start: year for year in school.years.all()}
        self._books: dict[int, Yearbook] = {}
        self._year_of_day: dict[int, AcademicYear | None] = {}
        self.default_year = self._default_year(year_start)
        self.told_period = self._told_period(period)

    def _default_year(self, start: int | None) -> AcademicYear:
        if start is not None:
            return self.years[start] if start in self.years else self._open(start)
        today = self.school.today()
        known = sorted(self.years.values(), key=lambda year: year.starts)
        if not known:
            raise Refused("В школе не заведён ни один учебный год.")
        return next((year for year in known if year.ends >= today), known[-1])

    def _open(self, start: int) -> AcademicYear:
        """A year before the school's own, opened by its files; raises `Refused` for another."""
        year = year_open_by_files(self.school, start, self._parsed, unnamed=start == self._told_start)
        self.years[start] = year
        self.opened.append(year)
        self._year_of_day.clear()
        return year

    def year_named(self, start: int) -> AcademicYear | None:
        """The year of a heading; None when the school has no such year and files may not open it."""
        if start not in self.years and can_be_opened(start, self.school.today()):
            return self._open(start)
        return self.years.get(start)

    def seating(self, year: AcademicYear) -> Seating | None:
        """Where files may place pupils in the year: only when it is known from files alone."""
        if year.pk not in self._seatings:
            told = known_from_files(year, self.school.today())
            self._seatings[year.pk] = Seating(self.yearbook(year)) if told else None
        return self._seatings[year.pk]

    @property
    def seatings(self) -> list[tuple[AcademicYear, Seating]]:
        """Of the years that files added to, in order."""
        years = sorted(self.years.values(), key=lambda year: year.start)
        return [(year, found) for year in years if (found := self._seatings.get(year.pk)) is not None]

    def _told_period(self, number: int | None) -> Period | None:
        """The period of the school's main system that the call names."""
        if number is None:
            return None
        year = self.default_year
        periods = self.yearbook(year).periods.get(year.main_system, [])
        found = next((period for period in periods if period.number == number), None)
        if found is None:
            raise Refused(f"В {year.title} учебном году нет периода с номером {number}: их {len(periods)}.")
        return found

    def yearbook(self, year: AcademicYear) -> Yearbook:
        """Made at its first use."""
        if year.pk not in self._books:
            self._books[year.pk] = Yearbook(year, self.school.settings.marks_from_grade)
        return self._books[year.pk]

    @property
    def yearbooks(self) -> list[Yearbook]:
        """Those that were used."""
        return list(self._books.values())

    def year_on(self, day: int) -> AcademicYear | None:
        """The academic year of a day, given as an ordinal."""
        if day not in self._year_of_day:
            span = (y for y in self.years.values() if y.starts.toordinal() <= day <= y.ends.toordinal())
            self._year_of_day[day] = next(span, None)
        return self._year_of_day[day]

    @cached_property
    def _pupils(self) -> list[tuple[int, str, str, str, str]]:
        rows = Pupil.objects.filter(school=self.school)
        return list(rows.values_list("pk", "external_id", "last_name", "first_name", "middle_name"))

    @cached_property
    def everybody(self) -> Roster:
        """All pupils whom the school ever had."""
        births = dict(Pupil.objects.filter(school=self.school).values_list("pk", "birth_date"))
        return Roster("школе", (always(row[0], *row[2:], births[row[0]]) for row in self._pupils))

    @cached_property
    def grades(self) -> dict[int, tuple[int, int]]:
        """(year, grade) of each pupil's latest class, by the pupil's key."""
        rows = Enrolment.objects.filter(pupil__school=self.school).order_by("starts")
        told = rows.values_list("pupil", "school_class__year__start", "school_class__grade")
        return {pupil: (start, grade) for pupil, start, grade in told}

    @cached_property
    def _by_external_id(self) -> dict[str, int]:
        return {row[1]: row[0] for row in self._pupils if row[1]}

    @cached_property
    def _by_bare_id(self) -> dict[str, list[int]]:
        """Spreadsheets strip leading zeros of identifiers that look like numbers."""
        found: dict[str, list[int]] = defaultdict(list)
        for external_id, pupil in self._by_external_id.items():
            found[external_id.lstrip("0")].append(pupil)
        return found

    def pupil_by_id(self, external_id: str) -> int | None:
        """The pupil with this identifier of the e-journal."""
        exact = self._by_external_id.get(external_id)
        bare = self._by_bare_id.get(external_id.lstrip("0"), [])
        return exact if exact is not None else bare[0] if len(bare) == 1 else None

    @cached_property
    def _by_code(self) -> dict[tuple[int, int, str], int]:
        rows = ParticipantCode.objects.filter(school=self.school)
        return {row[:3]: row[3] for row in rows.values_list("year", "grade", "code", "pupil")}

    def pupil_by_code(self, year: int, grade: int, code: str) -> int | None:
        """Who has this participant's code in the grade."""
        return self._by_code.get((year, grade, code))

    @cached_property
    def names(self) -> dict[int, str]:
        """Full names by the pupil's key."""
        return {row[0]: " ".join(part for part in row[2:] if part) for row in self._pupils}

    @cached_property
    def external_ids(self) -> dict[int, str]:
        """Identifiers by the pupil's key."""
        return {row[0]: row[1] for row in self._pupils}

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        return {subject.name: subject for subject in Subject.objects.filter(school=self.school)}

    @cached_property
    def _headings(self) -> dict[str, Subject]:
        """Folded headings. What a person mapped goes before a subject's own name."""
        aliases = SubjectAlias.objects.filter(school=self.school).select_related("subject")
        own = {name_key(name): subject for name, subject in self._subjects.items()}
        return own | {name_key(alias.name): alias.subject for alias in aliases}

    @cached_property
    def created_subjects(self) -> list[Subject]:
        """Those that the files named and the school lacked."""
        return []

    def subject(self, heading: str) -> Subject:
        """The subject of a heading; one that the school lacks is created."""
        name = tidy(heading)[:200]
        key = name_key(name)
        known = self._headings.get(key)
        if known is None:
            known = Subject.objects.create(school=self.school, name=name)
            self._subjects[name] = self._headings[key] = known
            self.created_subjects.append(known)
        return known

    def subject_names(self) -> dict[int, str]:
        """Names by the subject's key."""
        return {subject.pk: subject.name for subject in self._subjects.values()}


def years_told(book: Schoolbook) -> list[dict[str, Any]]:
    """Earlier years that the files open or add to, as JSON; "classes" are new ones, "pupils" how many new places."""
    opened = {year.pk for year in book.opened}
    return [
        {
            "year": year.start,
            "title": year.title,
            "new": year.pk in opened,
            "main": year.main_system,
            "upper": year.upper_system,
            "classes": [str(made) for made in sorted(seating.classes, key=lambda one: (one.grade, one.letter))],
            "pupils": len(seating.seats),
        }
        for year, seating in book.seatings
        if year.pk in opened or seating.classes or seating.seats
    ]

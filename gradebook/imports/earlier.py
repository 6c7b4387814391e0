"""Years before those that a school keeps: files that speak of them open the year, with its periods and classes.

Such a year is known from files alone: its classes are those that they name, and a pupil sits where they place them.
Years that the school itself has kept are not added to (docs/decisions/0025-files-of-earlier-years.md).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from common.errors import Refused
from gradebook.parsed import ANNUAL, ParsedBlock, ParsedFile, PeriodKind, StatedPeriod
from school.models import AcademicYear, ImportBatch, ImportChange, PeriodSystem, School, SchoolClass
from school.naming import class_parts
from school.rules import FIRST_UPPER_GRADE, academic_year_of
from school.services.organisation import year_create

# A school career; an older year in a heading is a slip of the pen.
OLDEST = 11
SYSTEMS = {
    PeriodKind.QUARTER: PeriodSystem.QUARTERS,
    PeriodKind.TRIMESTER: PeriodSystem.TRIMESTERS,
    PeriodKind.HALFYEAR: PeriodSystem.HALFYEARS,
}


def can_be_opened(start: int, today: date) -> bool:
    """Whether files may open the year that began in `start`: it is over, and today's pupils may have sat in it."""
    now = academic_year_of(today)
    return now - OLDEST <= start < now


def year_open_by_files(school: School, start: int, parsed: Sequence[ParsedFile], *, unnamed: bool) -> AcademicYear:
    """The year with the periods that the files state; what they leave open is as in the school's nearest year.

    `unnamed`: blocks that name no year mean this one too. Raises `Refused` for a year that files may not open.
    """
    if not can_be_opened(start, school.today()):
        raise Refused(f"В школе нет учебного года {start}/{(start + 1) % 100:02d}.")
    near = min(school.years.all(), key=lambda year: abs(year.start - start))
    stated = list(_stated(parsed, start, unnamed=unnamed))
    lower = Counter(system for grade, system in stated if grade < FIRST_UPPER_GRADE)
    upper = Counter(system for grade, system in stated if grade >= FIRST_UPPER_GRADE)
    main = lower.most_common(1)[0][0] if lower else near.main_system
    return year_create(
        school=school, start=start, main=main, upper=upper.most_common(1)[0][0] if upper else near.upper_system
    )


def _stated(parsed: Sequence[ParsedFile], start: int, *, unnamed: bool) -> Iterator[tuple[int, str]]:
    """(grade, system) of every period that the files name for the year."""
    for block in (block for file in parsed for block in file.blocks):
        if block.year_start == start or (unnamed and block.year_start is None):
            grade = _grade_of(block)
            for stated in _periods_of(block):
                if stated.kind is not None and stated.kind not in ANNUAL:
                    yield grade, SYSTEMS[stated.kind]


def _grade_of(block: ParsedBlock) -> int:
    names: Iterable[str | None] = (block.class_name, *(ref.class_name for ref in block.pupils))
    return next((parts[0] for name in names if name and (parts := class_parts(name))), 1)


def _periods_of(block: ParsedBlock) -> Iterator[StatedPeriod]:
    told = (block.period, *(result.period for result in block.results), *(mean.period for mean in block.means))
    return (stated for stated in told if stated is not None)


def known_from_files(year: AcademicYear, today: date) -> bool:
    """Whether the year is over and every class of it was made by files of a gradebook."""
    if year.ends >= today:
        return False
    classes = set(SchoolClass.objects.filter(year=year).values_list("pk", flat=True))
    made = ImportChange.objects.filter(
        batch__school=year.school_id,
        batch__kind=ImportBatch.Kind.GRADEBOOK,
        table=SchoolClass._meta.db_table,
        before__isnull=True,
    )
    return classes <= set(made.filter(row__in=classes).values_list("row", flat=True))

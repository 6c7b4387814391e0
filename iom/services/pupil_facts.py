"""Short facts about pupils: courses, competitions, metasubject results; of several pupils at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from documents.models import StoredFile
from documents.services.attachments import attachment_keep
from iom.models import Achievement, CourseSeat, MetaResult, Program
from iom.programs import MetaArea, MetaLevel, Place, Reach
from iom.services.removing import standing_row
from school.models import AcademicYear, Pupil, School, Subject, User

DIPLOMA = "iom.diploma"


@dataclass(frozen=True)
class Won:
    """Taking part in a competition. `scan` holds the bytes of its paper, None without one."""

    title: str
    reach: Reach
    place: Place
    on: date
    subject: Subject | None = None
    scan: bytes | None = None


@dataclass(frozen=True)
class Meta:
    """A metasubject result in a few words."""

    area: MetaArea
    level: MetaLevel
    on: date
    what: str = ""
    how: str = ""


@deed
def seats_add(*, by: User, program: Program, pupils: Sequence[Pupil], starts: date) -> int:
    """Put pupils on a course; who goes already is left as they are. Returns how many were put."""
    _check_program(program, starts, None)
    gone = CourseSeat.objects.standing().filter(program=program, ends__isnull=True)
    there = set(gone.values_list("pupil", flat=True))
    new = [pupil for pupil in pupils if pupil.pk not in there]
    for pupil in new:
        CourseSeat.objects.create(
            school=program.school, pupil=pupil, program=program, starts=starts, by=by, at=program.school.now()
        )
    return len(new)


@deed
def seat_change(*, by: User, seat: CourseSeat, starts: date, ends: date | None) -> CourseSeat:
    """Correct the days, or write the last one. Raises `Refused` for days out of order or of the program's term."""
    row = standing_row(seat)
    if ends is not None and ends < starts:
        raise Refused("Последний день раньше первого. Проверьте даты.")
    _check_program(seat.program, starts, ends)
    row.starts, row.ends = starts, ends
    row.save()
    return row


@deed
def achievements_add(*, by: User, pupils: Sequence[Pupil], won: Won) -> int:
    """Write a competition down for each of the pupils. Raises `Refused` for a day to come or out of known years."""
    for pupil in pupils:
        school = pupil.school
        row = Achievement(school=school, pupil=pupil, by=by, at=school.now(), year=year_of_day(school, won.on))
        _fill(by, row, won)
    return len(pupils)


@deed
def achievement_change(*, by: User, achievement: Achievement, won: Won) -> Achievement:
    """Correct what was written; without a new paper the attached one stays."""
    row = standing_row(achievement)
    row.year = year_of_day(row.school, won.on)
    _fill(by, row, won)
    return row


@deed
def meta_add(*, by: User, pupils: Sequence[Pupil], meta: Meta) -> int:
    """Write a metasubject result down for each of the pupils. Raises as `achievements_add`."""
    for pupil in pupils:
        school = pupil.school
        row = MetaResult(school=school, pupil=pupil, by=by, at=school.now(), year=year_of_day(school, meta.on))
        _fill_meta(row, meta)
    return len(pupils)


@deed
def meta_change(*, by: User, result: MetaResult, meta: Meta) -> MetaResult:
    """Correct a metasubject result."""
    row = standing_row(result)
    row.year = year_of_day(row.school, meta.on)
    _fill_meta(row, meta)
    return row


def _fill(by: User, row: Achievement, won: Won) -> None:
    row.title, row.reach, row.place = won.title, won.reach, won.place
    row.on, row.subject = won.on, won.subject
    row.save()
    if won.scan is not None:
        row.scan = _paper(by, row, won.scan)
        row.save(update_fields=["scan"])


def _paper(by: User, row: Achievement, content: bytes) -> StoredFile:
    return attachment_keep(
        by=by,
        school=row.school,
        kind=DIPLOMA,
        params={"achievement": row.pk, "school": row.school_id},
        title="Документ о конкурсе",
        content=content,
    )


def _fill_meta(row: MetaResult, meta: Meta) -> None:
    row.area, row.level, row.on, row.what, row.how = meta.area, meta.level, meta.on, meta.what, meta.how
    row.save()


def year_of_day(school: School, on: date) -> AcademicYear:
    """The year of the day, in summer the one before. Raises `Refused` for a day to come or before the first year."""
    if on > school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    found = school.years.filter(starts__lte=on).order_by("-starts").first()
    if found is None:
        raise Refused("Такого учебного года в школе нет. Проверьте дату.")
    return found


def _check_program(program: Program, starts: date, ends: date | None) -> None:
    if program.removed_at is not None:
        raise Refused("Программу отозвали: записать на неё нельзя.")
    late = program.ends is not None and (starts > program.ends or (ends is not None and ends > program.ends))
    if starts < program.starts or late:
        raise Refused("Эти дни вне срока программы. Проверьте даты или срок программы.")

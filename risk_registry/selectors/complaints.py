"""Complaints about homework as their pages show them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from risk_registry.interviews import Complainant, ComplaintState
from risk_registry.models import HomeworkComplaint
from risk_registry.permissions import complaints_for
from risk_registry.rules.homework import NORM_SOURCE, homework_norm
from school.models import AcademicYear, SchoolClass, User

# Nobody is there to be answered when it came without a signature: the check ends it.
_WAITS = Q(state=ComplaintState.RECORDED) | Q(state=ComplaintState.CHECKED) & ~Q(who=Complainant.UNKNOWN)


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint with what is asked about it: `late` when the term of an answer is over."""

    complaint: HomeworkComplaint
    waits: bool
    late: bool
    norm: str


def norm_words(grade: int) -> str:
    """«не больше 150 минут в день (СанПиН 1.2.3685-21, табл. 6.6)»."""
    return f"не больше {homework_norm(grade)} минут в день по всем предметам ({NORM_SOURCE})"


def complaint_list(
    user: User, year: AcademicYear, *, school_class: int | None = None, state: str = "", waits: bool = False
) -> QuerySet[HomeworkComplaint]:
    """Those of a year that the person may see, the newest first, with their subjects; two queries when read."""
    rows = complaints_for(user).filter(year=year)
    if school_class is not None:
        rows = rows.filter(school_class=school_class)
    if state:
        rows = rows.filter(state=state)
    if waits:
        rows = rows.filter(_WAITS)
    return rows.select_related("school_class", "by__staff", "school").prefetch_related("subjects")


def complaint_row(complaint: HomeworkComplaint, today: date) -> ComplaintRow:
    """No further query."""
    unsigned = complaint.who == Complainant.UNKNOWN
    waits = complaint.state == ComplaintState.RECORDED or (complaint.state == ComplaintState.CHECKED and not unsigned)
    return ComplaintRow(complaint, waits, waits and complaint.due < today, norm_words(complaint.school_class.grade))


def classes_seen(user: User, year: AcademicYear) -> QuerySet[SchoolClass]:
    """Classes of which there are complaints that the person may see."""
    return SchoolClass.objects.filter(pk__in=complaints_for(user).filter(year=year).values("school_class"))

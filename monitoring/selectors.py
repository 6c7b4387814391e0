"""Reads of reports."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from monitoring.models import Measurement, Report, ReportState
from monitoring.permissions import about_own_work, can_open_documents, can_read_reports, is_about_own
from monitoring.reports.kinds import DocumentKind, Of, Wanted, document_kinds
from risk_registry.selectors.periods import main_period, registry_period, start_of, year_of
from school.access import Viewer
from school.models import START, AcademicYear, Period, School, SchoolClass, Staff
from school.selectors import holiday_spans

_LATEST = 12  # periods among which the one told first is looked for


def reports_for(user: Viewer) -> QuerySet[Report]:
    """The reports that this person may open, newest first: all of the school, or those about the own work."""
    if not can_open_documents(user):
        return Report.objects.none()
    rows = Report.objects.visible_to(user).select_related(
        "school", "period__year", "made_by__staff", "approved_by__staff", "school_class", "teacher"
    )
    return rows if can_read_reports(user) else rows.filter(about_own_work(user))


def last_concluded(school: School, kind: str, *, period: Period) -> Report | None:
    """What «since the last report» means: the newest report under a number, of this period or of an earlier one.

    One that was withdrawn counts for its own period only: the school has read it, and asks what is different now.
    """
    own = Q(period=period, state__in=(ReportState.APPROVED, ReportState.WITHDRAWN))
    earlier = Q(period__ends__lt=period.starts, state=ReportState.APPROVED)
    return Report.objects.filter(own | earlier, school=school, kind=kind).order_by("-period__ends", "-number").first()


def periods_of(year: AcademicYear) -> QuerySet[Period]:
    """The periods of the school's main system, in order."""
    return year.periods.filter(system=year.main_system).select_related("year").order_by("number")


def period_by_number(school: School, number: int, start: int | None) -> Period:
    """A period of the school's main system. `start`: the year in which the academic year began, None for the one that
    `year_of` takes. Raises `Refused` when the school has no such year or period.
    """
    return main_period(year_of(school, start), number)


def period_of_kind(kind: DocumentKind, school: School, number: int, start: int | None) -> Period:
    """The same for a document: one about the beginning of the year is of every period of it. Raises `Refused`."""
    if kind.at_start:
        year = year_of(school, start)
        registry_period(year, number)
        return start_of(year)
    return period_by_number(school, number, start)


def last_day_of(period: Period) -> date:
    """The last day that is not a holiday: a quarter that the calendar ends in August is over when the summer begins."""
    spans, day = holiday_spans(period.year), period.ends
    while day > period.starts and any(first <= day <= last for first, last in spans):
        day -= timedelta(days=1)
    return day


def is_over(period: Period, day: date) -> bool:
    """Whether the period's last day has come; the calendar of holidays is asked only before the date of its end."""
    return period.ends <= day or (period.starts <= day and last_day_of(period) <= day)


def periods_on_offer(school: School) -> list[Period]:
    """The classified periods of the school's main systems and beginnings of years, newest first."""
    own = Q(system=F("year__main_system")) | Q(system=START)
    return list(
        Period.objects.filter(own, year__school=school, classification__isnull=False)
        .select_related("year__school")
        .order_by("-starts", "-number")
    )


# The kind, the key of the class, the key of the teacher.
_About = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class DocumentLine:
    """A document that a period can have: about whom, and what there is of it: the approved one, else the draft.

    `newer`: a draft that was made after the approval.
    """

    kind: DocumentKind
    wanted: Wanted
    report: Report | None
    newer: Report | None = None

    @property
    def about(self) -> str:
        """«7А», a teacher's name; empty of the school."""
        if self.wanted.school_class is not None:
            return str(self.wanted.school_class)
        return self.wanted.teacher.short_name if self.wanted.teacher is not None else ""

    @property
    def of(self) -> int:
        """The key of the class or the teacher; 0 of the school."""
        one = self.wanted.school_class or self.wanted.teacher
        return 0 if one is None else one.pk


def document_lines(user: Viewer, period: Period) -> list[DocumentLine]:
    """Every document that the person may have of the period; a constant number of queries."""
    approved: dict[_About, Report] = {}
    drafts: dict[_About, Report] = {}
    for row in reports_for(user).filter(period=period).exclude(state=ReportState.WITHDRAWN).defer("data"):
        kept = approved if row.state == ReportState.APPROVED else drafts
        kept[row.kind, row.school_class_id, row.teacher_id] = row
    offered = [kind for kind in document_kinds() if kind.at_start == period.is_start]
    subjects = {of: _wanted(user, period, of) for of in {kind.of for kind in offered}}
    return [
        _line(kind, one, approved.get(_about(kind, one)), drafts.get(_about(kind, one)))
        for kind in offered
        for one in subjects[kind.of]
    ]


def _about(kind: DocumentKind, wanted: Wanted) -> _About:
    return kind.code, _key(wanted.school_class), _key(wanted.teacher)


def _line(kind: DocumentKind, wanted: Wanted, approved: Report | None, draft: Report | None) -> DocumentLine:
    if approved is None:
        return DocumentLine(kind, wanted, draft)
    return DocumentLine(kind, wanted, approved, draft)


def _key(one: SchoolClass | Staff | None) -> int | None:
    return None if one is None else one.pk


def _wanted(user: Viewer, period: Period, of: Of) -> list[Wanted]:
    every = everyone(period, of)
    return every if can_read_reports(user) else [one for one in every if _is_own(user, one)]


def _is_own(user: Viewer, wanted: Wanted) -> bool:
    led = wanted.school_class.class_teacher_id if wanted.school_class is not None else None
    return is_about_own(user, class_teacher=led, teacher=wanted.teacher)


def everyone(period: Period, of: Of) -> list[Wanted]:
    """The school, every class of the year, or everybody who teaches in it."""
    school = period.year.school
    if of == Of.CLASS:
        classes = SchoolClass.objects.filter(year=period.year).select_related("class_teacher", "year")
        return [Wanted(school, period, school_class=one) for one in classes]
    if of == Of.TEACHER:
        people = Staff.objects.filter(school=school, assignments__school_class__year=period.year).distinct()
        return [Wanted(school, period, teacher=one) for one in people]
    return [Wanted(school, period)]


def document_wanted(user: Viewer, period: Period, code: str, of: int) -> DocumentLine | None:
    """One of `document_lines`; None when the person has no such document."""
    return next((line for line in document_lines(user, period) if line.kind.code == code and line.of == of), None)


def period_measured(school: School) -> Period | None:
    """The period of which the school's indicators are told first: the last that is over in the year under way.

    While none is, the newest frozen one, of another year too: a year that has just begun would be below every plan.
    Else the period that goes on; None without a year, and before the first begins.
    """
    today = school.today()
    mains = Period.objects.filter(year__school=school, system=F("year__main_system"), number__gt=0, starts__lte=today)
    frozen = Measurement.objects.filter(period=OuterRef("pk"))
    rows = mains.annotate(is_frozen=Exists(frozen)).select_related("year__school__settings").order_by("-starts")
    begun = list(rows[:_LATEST])
    if not begun:
        return None
    over = (one for one in begun if one.ends < today and one.year_id == begun[0].year_id)
    kept = (one for one in begun if one.is_frozen)
    return next(over, None) or next(kept, begun[0])

"""Whose sheet of progress holds what: every pupil has one, some of it may be empty."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.names import name_key
from gradebook.models import Mark, PeriodResult
from iom.models import Achievement, CourseSeat, Gap, MetaResult
from iom.words import GapState
from school.access import Viewer, access_of, pupils_for
from school.models import AcademicYear, Enrolment

# What a sheet may lack: the code of the filter, its words.
LACKS = (
    ("marks", "Без отметок и итогов"),
    ("won", "Без конкурсов"),
    ("courses", "Без курсов"),
    ("meta", "Без метапредметных"),
)


@dataclass(frozen=True)
class SheetCount:
    """How many sheets lack something."""

    code: str
    title: str
    number: int


@dataclass(frozen=True)
class SheetQuery:
    """Of which class, whose name, what it lacks; empty means any."""

    school_class: int | None = None
    text: str = ""
    lack: str = ""


def _number(rows: QuerySet[Achievement] | QuerySet[MetaResult] | QuerySet[CourseSeat] | QuerySet[Gap]) -> Coalesce:
    counted = rows.order_by().values("pupil").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def sheet_rows(user: Viewer, year: AcademicYear, query: SheetQuery) -> QuerySet[Enrolment]:
    """Seats of today of visible pupils, by class and name, with what their sheets hold; one query."""
    today = access_of(user).today or year.starts
    same = {"pupil": OuterRef("pupil")}
    gaps = Gap.objects.visible_to(user).filter(**same, route__year=year)
    kept = {**same, "removed_at__isnull": True}
    rows = (
        Enrolment.objects.on(today)
        .filter(pupil__in=pupils_for(user).order_by().values("pk"))
        .annotate(
            marks=Exists(Mark.objects.filter(**same, year=year))
            | Exists(PeriodResult.objects.filter(**same, year=year)),
            won=_number(Achievement.objects.filter(**kept, year=year)),
            courses=_number(CourseSeat.objects.filter(**kept).exclude(ends__lt=year.starts)),
            meta=_number(MetaResult.objects.filter(**kept, year=year)),
            gaps_open=_number(gaps.filter(state=GapState.OPEN)),
            gaps_closed=_number(gaps.filter(state=GapState.CLOSED)),
        )
        .select_related("pupil", "school_class")
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")
    )
    if query.school_class is not None:
        rows = rows.filter(school_class=query.school_class)
    if query.text:
        rows = rows.filter(pupil__sort_key__contains=name_key(query.text)[:100])
    return rows.filter(_lacking(query.lack)) if query.lack else rows


def _lacking(code: str) -> Q:
    return Q(marks=False) if code == "marks" else Q(**{code: 0})


def sheet_counts(rows: QuerySet[Enrolment]) -> tuple[int, list[SheetCount]]:
    """How many sheets there are, and how many lack what; one query."""
    numbers = {f"without_{code}": Count("pk", filter=_lacking(code)) for code, _ in LACKS}
    told = rows.order_by().aggregate(whole=Count("pk"), **numbers)
    return told["whole"], [SheetCount(code, title, told[f"without_{code}"]) for code, title in LACKS]

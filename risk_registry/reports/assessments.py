"""The report of assessment procedures: how each was written, beside the journal. Names nobody.

Source: 003, rule of ФИОКО (share of twos); role duties: «анализ результатов оценочных процедур».
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from documents.registry import ReportQuery
from gradebook.models import Procedure
from risk_registry.rules.works import Shares, is_alarming
from risk_registry.selectors.periods import main_period, year_of
from risk_registry.selectors.works import numbers_of, read_parts
from school.models import AcademicYear, Period, School
from school.selectors_staff import school_heads


@dataclass(frozen=True)
class ProcedureLine:
    """One procedure. `classes`: (name, shares) of each class that wrote it, in order. `date` may be unknown."""

    key: int
    title: str
    kind: str
    grade: int
    subject: str
    date: date | None
    shares: Shares
    classes: tuple[tuple[str, Shares], ...]
    alarming: bool


@dataclass(frozen=True)
class AssessmentsReport:
    """Procedures of a year, or of one of its periods, that were written. `percent`: from which share twos alarm."""

    school: str
    founder: str
    year: str
    period: str
    made_on: date
    deputy: str
    percent: int
    lines: tuple[ProcedureLine, ...]

    @property
    def total(self) -> Shares:
        """All together: works, not pupils."""
        return sum((line.shares for line in self.lines), Shares())

    @property
    def span(self) -> str:
        """«за 1-ю четверть 2026/27 учебного года»."""
        return f"за {self.period} {self.year} учебного года" if self.period else f"за {self.year} учебный год"


def build_assessments(*, school: School, year: AcademicYear, period: Period | None = None) -> AssessmentsReport:
    """What was written in the year; with `period` on its days, and what has no day. Five queries."""
    by_work: dict[int, list[tuple[tuple[int, str], str, Shares]]] = defaultdict(list)
    for part in read_parts(school):
        if part.year == year.pk:
            by_work[part.work].append(((part.grade or 0, part.letter), part.name, part.shares))
    works = Procedure.objects.standing().filter(year=year, pk__in=by_work).select_related("subject")
    if period is not None:
        works = works.filter(Q(date__isnull=True) | Q(date__range=(period.starts, period.ends)))
    works = works.order_by("date", "grade", "subject__sort_key", "title", "pk")
    numbers = numbers_of(school)
    lines = []
    for work in works:
        parts = sorted(by_work[work.pk])
        total = sum((shares for *_, shares in parts), Shares())
        lines.append(
            ProcedureLine(
                key=work.pk,
                title=work.title,
                kind=work.get_kind_display(),
                grade=work.grade,
                subject=work.subject.name,
                date=work.date,
                shares=total,
                classes=tuple((name, shares) for _, name, shares in parts),
                alarming=work.is_external and is_alarming(total, numbers),
            )
        )
    return AssessmentsReport(
        school=school.official_name,
        founder=school.founder,
        year=year.title,
        period=period.title_accusative if period is not None else "",
        made_on=school.today(),
        deputy=school_heads(school).deputy,
        percent=numbers.percent,
        lines=tuple(lines),
    )


def build_for_query(query: ReportQuery) -> AssessmentsReport:
    """Of the command line and of the page; period 0 is the whole year. Raises `Refused` for one that is not there."""
    year = year_of(query.school, query.year)
    return build_assessments(
        school=query.school, year=year, period=main_period(year, query.period) if query.period else None
    )

"""The analytical report of a period: one frozen value, which page, PDF, XLSX and JSON show."""

from collections import Counter, defaultdict
from datetime import date

from gradebook.models import AbsenceReason
from monitoring.reports import quarterly_reads as reads
from monitoring.reports.quarterly_reads import Judged
from monitoring.reports.quarterly_shapes import (
    AbsenceLine,
    Cause,
    ChangeLine,
    Changes,
    Line,
    PupilLine,
    QuarterReport,
)
from risk_registry.categories import Category
from school.models import Level, Period, School
from school.selectors_staff import school_heads


def build_quarterly(*, school: School, period: Period, last: QuarterReport | None = None) -> QuarterReport:
    """The report of a period of the school's main system, from what is in the database now.

    `last` is the last approved report, against which changes are told; without one they are told against the previous
    period. A constant number of queries, whatever the number of pupils. Source of the document: the school's program,
    «анализ результатов по итогам четверти» (reference: role duties of the administration).
    """
    judged = reads.judged_in(period)
    previous = reads.previous_period(period)
    before = reads.judged_in(previous) if previous is not None else []
    classes = reads.classes_of(judged, before)
    classified = reads.classified(period)
    as_of = reads.data_days(list(classes.values()))
    heads = school_heads(school)
    lines = _class_lines(judged, before if previous else None, classes, as_of)
    return QuarterReport(
        school=school.official_name,
        school_code=school.code,
        founder=school.founder,
        locality=school.locality,
        director=heads.director,
        deputy=heads.deputy,
        year=period.year.title,
        period=period.number,
        period_title=period.title,
        period_accusative=period.title_accusative,
        previous_title=previous.title_genitive if previous is not None else "",
        starts=period.starts,
        ends=period.ends,
        made_at=school.now().replace(microsecond=0),
        classified_at=classified,
        provisional=any(row.provisional for row in judged),
        totals=_total("Итого", lines),
        levels=_levels(lines, classes),
        classes=tuple(lines),
        subjects=tuple(reads.subject_lines(period)),
        pupils=tuple(_pupil_lines(judged, classes, reads.names(judged, before), period)),
        signals=tuple(reads.signal_lines(period)),
        absences=tuple(_absence_lines(period, classes, lines)),
        changes=_changes(judged, before, classes, previous, last),
        stale=tuple(reads.stale_classes(school, period, lines)),
    )


def _count(rows: list[Judged]) -> Counter[str]:
    return Counter(row.category for row in rows)


def _class_lines(
    judged: list[Judged],
    before: list[Judged] | None,
    classes: dict[int, reads.ClassRef],
    as_of: dict[int, date | None],
) -> list[Line]:
    here, there = _by_class(judged), _by_class(before or [])
    lines = []
    for pk, school_class in classes.items():
        rows = here.get(pk, [])
        if not rows:
            continue
        change = None if before is None else _at_risk(rows) - _at_risk(there.get(pk, []))
        lines.append(_line(school_class.name, rows, change, as_of.get(pk), pk))
    return lines


def _by_class(rows: list[Judged]) -> dict[int, list[Judged]]:
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        found[row.school_class].append(row)
    return found


def _at_risk(rows: list[Judged]) -> int:
    return sum(row.category in (Category.FAILING, Category.WEAK) for row in rows)


def _line(name: str, rows: list[Judged], change: int | None, as_of: date | None, key: int | None) -> Line:
    count = _count(rows)
    return Line(
        name=name,
        pupils=len(rows),
        failing=count[Category.FAILING],
        weak=count[Category.WEAK],
        reserve=count[Category.RESERVE],
        none=count[Category.NONE],
        unrated=sum(row.unrated for row in rows),
        change=change,
        data_as_of=as_of,
        key=key,
    )


def _total(name: str, lines: list[Line]) -> Line:
    changes = [line.change for line in lines if line.change is not None]
    return Line(
        name=name,
        pupils=sum(line.pupils for line in lines),
        failing=sum(line.failing for line in lines),
        weak=sum(line.weak for line in lines),
        reserve=sum(line.reserve for line in lines),
        none=sum(line.none for line in lines),
        unrated=sum(line.unrated for line in lines),
        change=sum(changes) if changes else None,
    )


def _levels(lines: list[Line], classes: dict[int, reads.ClassRef]) -> tuple[Line, ...]:
    of_level: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.key is not None:
            of_level[classes[line.key].level].append(line)
    return tuple(_total(Level(code).label, of_level[code]) for code in Level.values if of_level[code])


def _pupil_lines(
    judged: list[Judged], classes: dict[int, reads.ClassRef], names: reads.Names, period: Period
) -> list[PupilLine]:
    states = reads.entry_states(period)
    return [
        PupilLine(
            pupil=row.pupil,
            name=names.pupils[row.pupil],
            school_class=classes[row.school_class].name,
            category=row.category,
            causes=tuple(_cause(evidence, names) for evidence in row.evidence),
            provisional=row.provisional,
            state=states.get(row.pupil, ""),
        )
        for row in judged
        if row.category != Category.NONE
    ]


def _cause(evidence: dict[str, object], names: reads.Names) -> Cause:
    days, result, forecast = evidence.get("unsatisfactory"), evidence.get("result"), evidence.get("forecast")
    return Cause(
        subject=names.subjects.get(int(str(evidence["subject"])), ""),
        unsatisfactory=len(days) if isinstance(days, list) else 0,
        result=None if result is None else str(result),
        forecast=None if forecast is None else int(str(forecast)),
    )


def _absence_lines(period: Period, classes: dict[int, reads.ClassRef], lines: list[Line]) -> list[AbsenceLine]:
    counts = reads.absence_counts(period)
    return [
        AbsenceLine(
            school_class=line.name,
            unexcused=counts[line.key, AbsenceReason.UNEXCUSED],
            illness=counts[line.key, AbsenceReason.ILLNESS],
            excused=counts[line.key, AbsenceReason.EXCUSED],
        )
        for line in lines
        if line.key is not None
    ]


def _changes(
    judged: list[Judged],
    before: list[Judged],
    classes: dict[int, reads.ClassRef],
    previous: Period | None,
    last: QuarterReport | None,
) -> Changes | None:
    if last is not None:
        was = {line.pupil: (line.category, line.name, line.school_class) for line in last.pupils}
        since = f"отчёта за {last.period_accusative} {last.year}, составленного {last.made_at:%d.%m.%Y}"
    elif previous is not None:
        names = reads.names(judged, before)
        was = {
            row.pupil: (row.category, names.pupils[row.pupil], classes[row.school_class].name)
            for row in before
            if row.category != Category.NONE
        }
        since = previous.title_genitive
    else:
        return None
    return Changes(since, tuple(_change_lines(judged, classes, was)))


def _change_lines(
    judged: list[Judged], classes: dict[int, reads.ClassRef], was: dict[int, tuple[str, str, str]]
) -> list[ChangeLine]:
    names = reads.names(judged, [])
    here = {row.pupil for row in judged}
    lines = [
        ChangeLine(names.pupils[row.pupil], classes[row.school_class].name, old, row.category)
        for row in judged
        if (old := was.get(row.pupil, (str(Category.NONE), "", ""))[0]) != row.category
    ]
    gone = [
        ChangeLine(name, school_class, category, str(Category.NONE), left=True)
        for pupil, (category, name, school_class) in was.items()
        if pupil not in here
    ]
    return lines + gone

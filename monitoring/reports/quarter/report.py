"""The analytical report of a period: one frozen value, which page, PDF, XLSX and JSON show."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gradebook.models import AbsenceReason
from monitoring.reports.quarter import reads
from monitoring.reports.quarter.known import Core
from monitoring.reports.quarter.reads import Entry, Judged
from monitoring.reports.quarter.sections import sections_of
from monitoring.reports.quarter.shapes import (
    AbsenceLine,
    Cause,
    ChangeLine,
    Changes,
    Line,
    PupilLine,
    QuarterReport,
)
from monitoring.reports.quarter.words import BY_DECISION, MARKS_CHANGED, state_words
from risk_registry.categories import Category
from school.models import Level, Period, School
from school.selectors_staff import school_heads


@dataclass(frozen=True)
class LastReport:
    """The report against which changes are told, with the number under which it was approved."""

    report: QuarterReport
    number: int | None = None
    is_withdrawn: bool = False

    @property
    def title(self) -> str:
        """«(после) отчёта № 3 за 1-ю четверть 2026/27 от 05.11.2026 (отозван)»."""
        told = self.report
        number = f" № {self.number}" if self.number else ""
        note = " (отозван)" if self.is_withdrawn else ""
        return f"отчёта{number} за {told.period_accusative} {told.year} от {told.made_at:%d.%m.%Y}{note}"


def _read(period: Period) -> Core:
    judged, previous = reads.judged_in(period), reads.previous_period(period)
    was = reads.judged_in(previous) if previous is not None else None
    registry = reads.entries(period)
    subjects = [key for entry in registry.values() for key in entry.subjects]
    names = reads.names(judged, was or [], subjects)
    classes = reads.classes_of(judged, was or [])
    return Core(period, reads.year_periods(period), judged, previous, was, classes, registry, names)


def build_quarterly(*, school: School, period: Period, last: LastReport | None = None) -> QuarterReport:
    """The report of a period of the school's main system, from what is in the database now.

    `last` is the last report under a number, against which changes are told; without one they are told against the
    previous period. A constant number of queries, whatever the number of pupils. Source of the document: the school's
    program, «анализ результатов по итогам четверти» (reference: role duties of the administration).
    """
    facts, heads = _read(period), school_heads(school)
    judged, was, classes, names = facts.judged, facts.was, facts.classes, facts.names
    lines = _class_lines(judged, was, classes, reads.data_days(classes.values(), period))
    report = QuarterReport(
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
        previous_title=facts.previous.title_genitive if facts.previous is not None else "",
        starts=period.starts,
        ends=period.ends,
        made_at=school.now().replace(microsecond=0),
        classified_at=reads.classified(period),
        provisional=any(row.provisional for row in judged),
        totals=_line("Итого", judged, was),
        levels=_levels(judged, was, classes),
        classes=tuple(lines),
        subjects=tuple(reads.subject_lines(period, facts.periods)),
        pupils=tuple(_pupil_lines(judged, classes, names, facts.registry)),
        signals=tuple(reads.signal_lines(period)),
        absences=tuple(_absence_lines(reads.absence_counts(period, facts.periods), lines)),
        changes=_changes(judged, was or [], classes, names, facts.previous, last),
        stale=tuple(reads.stale_classes(school, period, lines, classes)),
        included=tuple(_included_lines(judged, classes, names, facts.registry)),
    )
    more, appendices = sections_of(facts, report) if judged else ((), ())
    return replace(report, more=more, appendices=appendices)


_AT_RISK_AND_RESERVE = (Category.FAILING, Category.WEAK, Category.RESERVE)


def _count(rows: Sequence[Judged]) -> Counter[str]:
    return Counter(row.category for row in rows)


def _class_lines(
    judged: Sequence[Judged],
    before: Sequence[Judged] | None,
    classes: Mapping[int, reads.ClassRef],
    as_of: dict[int, date | None],
) -> list[Line]:
    """A class of which nothing was known in the previous period (a new one, another year) has nothing to compare."""
    here, there = _by_class(judged), _by_class(before or [])
    return [
        _line(school_class.name, here[pk], there.get(pk), as_of.get(pk), pk)
        for pk, school_class in classes.items()
        if pk in here
    ]


def _by_class(rows: Sequence[Judged]) -> dict[int, list[Judged]]:
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        found[row.school_class].append(row)
    return found


def _line(
    name: str,
    rows: Sequence[Judged],
    before: Sequence[Judged] | None,
    as_of: date | None = None,
    key: int | None = None,
) -> Line:
    now, was = _count(rows), None if before is None else _count(before)
    change = {code: None if was is None else now[code] - was[code] for code in _AT_RISK_AND_RESERVE}
    failing, weak = change[Category.FAILING], change[Category.WEAK]
    return Line(
        name=name,
        pupils=len(rows),
        failing=now[Category.FAILING],
        weak=now[Category.WEAK],
        reserve=now[Category.RESERVE],
        none=now[Category.NONE],
        unrated=sum(row.unrated for row in rows),
        change=None if failing is None or weak is None else failing + weak,
        data_as_of=as_of,
        key=key,
        change_failing=failing,
        change_weak=weak,
        change_reserve=change[Category.RESERVE],
    )


def _levels(
    judged: Sequence[Judged], before: Sequence[Judged] | None, classes: Mapping[int, reads.ClassRef]
) -> tuple[Line, ...]:
    here, there = _by_level(judged, classes), _by_level(before or [], classes)
    return tuple(
        _line(Level(code).label, here[code], None if before is None else there[code])
        for code in Level.values
        if here[code]
    )


def _by_level(rows: Sequence[Judged], classes: Mapping[int, reads.ClassRef]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        found[classes[row.school_class].level].append(row)
    return found


def _pupil_lines(
    judged: Sequence[Judged], classes: Mapping[int, reads.ClassRef], names: reads.Names, registry: Mapping[int, Entry]
) -> list[PupilLine]:
    return [
        PupilLine(
            pupil=row.pupil,
            name=names.pupils[row.pupil],
            school_class=classes[row.school_class].name,
            category=row.category,
            causes=tuple(_cause(evidence, names) for evidence in row.evidence),
            provisional=row.provisional,
            state=state_words(registry.get(row.pupil), row.category),
        )
        for row in judged
        if row.category != Category.NONE
    ]


def _included_lines(
    judged: Sequence[Judged], classes: Mapping[int, reads.ClassRef], names: reads.Names, registry: Mapping[int, Entry]
) -> Iterator[PupilLine]:
    """Pupils whom the school keeps in the registry though their marks put them into no category."""
    for row in judged:
        entry = registry.get(row.pupil)
        if entry is None or not entry.stands or row.category != Category.NONE:
            continue
        yield PupilLine(
            pupil=row.pupil,
            name=names.pupils[row.pupil],
            school_class=classes[row.school_class].name,
            category=entry.category,
            causes=tuple(Cause(names.subjects.get(key, ""), 0, None, None) for key in entry.subjects),
            provisional=False,
            state=state_words(entry, entry.category),
            remark=BY_DECISION if entry.by_hand else MARKS_CHANGED,
        )


def _cause(evidence: dict[str, object], names: reads.Names) -> Cause:
    days, result, forecast = evidence.get("unsatisfactory"), evidence.get("result"), evidence.get("forecast")
    return Cause(
        subject=names.subjects.get(int(str(evidence["subject"])), ""),
        unsatisfactory=len(days) if isinstance(days, list) else 0,
        result=None if result is None else str(result),
        forecast=None if forecast is None else int(str(forecast)),
    )


def _absence_lines(counts: Counter[tuple[int, str]], lines: list[Line]) -> list[AbsenceLine]:
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
    judged: Sequence[Judged],
    before: Sequence[Judged],
    classes: Mapping[int, reads.ClassRef],
    names: reads.Names,
    previous: Period | None,
    last: LastReport | None,
) -> Changes | None:
    if last is not None:
        was = {line.pupil: (line.category, line.name, line.school_class) for line in last.report.pupils}
        since = last.title
    elif previous is not None:
        was = {
            row.pupil: (row.category, names.pupils[row.pupil], classes[row.school_class].name)
            for row in before
            if row.category != Category.NONE
        }
        since = previous.title_genitive
    else:
        return None
    return Changes(since, tuple(_change_lines(judged, classes, names, was)))


def _change_lines(
    judged: Sequence[Judged],
    classes: Mapping[int, reads.ClassRef],
    names: reads.Names,
    was: dict[int, tuple[str, str, str]],
) -> list[ChangeLine]:
    here = {row.pupil for row in judged}
    lines = [
        ChangeLine(names.pupils[row.pupil], classes[row.school_class].name, old, row.category, pupil=row.pupil)
        for row in judged
        if (old := was.get(row.pupil, (str(Category.NONE), "", ""))[0]) != row.category
    ]
    gone = [
        ChangeLine(name, school_class, category, str(Category.NONE), left=True, pupil=pupil)
        for pupil, (category, name, school_class) in was.items()
        if pupil not in here
    ]
    return lines + gone

"""The figures of the report equal figures computed apart, from the raw rows."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.services import Plan, school_load
from gradebook.models import Absence, Mark, PeriodResult
from monitoring.reports.freezing import digest, freeze, thaw
from monitoring.reports.quarter.as_json import quarterly_json
from monitoring.reports.quarter.report import LastReport, build_quarterly
from monitoring.reports.quarter.shapes import QuarterReport
from risk_registry.services.classification import period_classify
from school.models import Enrolment, Period, School

pytestmark = pytest.mark.django_db


def _period(school: School, number: int) -> Period:
    return Period.objects.select_related("year__school__settings").get(
        year__school=school, system="quarters", number=number
    )


def _report(school: School, number: int = 1) -> QuarterReport:
    for each in range(1, number + 1):
        period_classify(period=_period(school, each))
    return build_quarterly(school=school, period=_period(school, number))


def _rows(school: School, period: Period) -> dict[int, tuple[str, bool]]:
    """Pupil → (class name, whether the class has quarters) on the period's last day, row by row."""
    seated = Enrolment.objects.filter(school_class__school=school).select_related("school_class")
    return {
        e.pupil_id: (str(e.school_class), e.school_class.period_system == "quarters")
        for e in seated
        if e.starts <= period.ends and (e.ends is None or e.ends >= period.ends)
    }


def _worst(results: list[str], lows: int, *, forecast: bool) -> str:
    if any(result in ("1", "2", "н/а", "незач") for result in results):
        return "failing"
    if lows:
        return "weak"
    return "reserve" if 1 <= results.count("3") <= 2 else "none"


def test_classes_with_quarters_equal_a_count_by_hand(school: School) -> None:
    report, period = _report(school), _period(school, 1)
    results: dict[int, list[str]] = {}
    for row in PeriodResult.objects.filter(period=period):
        results.setdefault(row.pupil_id, []).append(row.value)
    lows = Counter(
        m.pupil_id for m in Mark.objects.filter(school=school, date__range=(period.starts, period.ends)) if m.value <= 2
    )
    expected: dict[str, Counter[str]] = {}
    for pupil, (name, quarters) in _rows(school, period).items():
        if quarters:
            worst = _worst(results.get(pupil, []), lows[pupil], forecast=False)
            expected.setdefault(name, Counter())[worst] += 1
    shown = {line.name: line for line in report.classes}
    for name, count in expected.items():
        line = shown[name]
        assert (line.failing, line.weak, line.reserve, line.none) == (
            count["failing"], count["weak"], count["reserve"], count["none"],
        )  # fmt: skip
    assert sum(sum(c.values()) for c in expected.values()) > 100


def test_subjects_equal_a_count_by_hand(school: School) -> None:
    report, period = _report(school), _period(school, 1)
    own = _rows(school, period)
    rows = [r for r in PeriodResult.objects.filter(period=period).select_related("subject") if own[r.pupil_id][1]]
    for line in report.subjects:
        values = [r.value for r in rows if r.subject.name == line.subject]
        numbers = [int(v) for v in values if v.isdigit()]
        assert line.results == len(values)
        assert line.unsatisfactory_results == sum(v in ("1", "2", "незач") for v in values)
        assert line.not_attested == values.count("н/а")
        if numbers:
            exact = Decimal(sum(numbers)) / len(numbers)
            assert line.mean == float(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
        else:
            assert line.mean is None
    assert {r.subject.name for r in rows} <= {line.subject for line in report.subjects}
    assert any(line.not_attested for line in report.subjects)


def test_missed_lessons_equal_a_count_by_hand(school: School) -> None:
    report, period = _report(school), _period(school, 1)
    own = _rows(school, period)
    counts = Counter(
        (own[a.pupil_id][0], a.reason)
        for a in Absence.objects.filter(school=school, date__range=(period.starts, period.ends))
        if a.pupil_id in own
    )
    for line in report.absences:
        assert line.unexcused == counts[line.school_class, "unexcused"]
        assert line.illness == counts[line.school_class, "illness"]
        assert line.excused == counts[line.school_class, "excused"]
    assert sum(line.total for line in report.absences) == sum(counts.values()) > 0


def test_totals_are_the_sums_of_the_classes_and_of_the_levels(school: School) -> None:
    report = _report(school)
    for lines in (report.classes, report.levels):
        for name in ("pupils", "failing", "weak", "reserve", "none", "unrated"):
            assert sum(getattr(line, name) for line in lines) == getattr(report.totals, name)
    assert report.totals.pupils == len(_rows(school, _period(school, 1)))


def test_every_pupil_in_a_category_is_named_in_full_with_subjects(school: School) -> None:
    report = _report(school)
    assert len(report.in_category("failing")) == report.totals.failing > 0
    assert len(report.in_category("weak")) == report.totals.weak > 0
    kovtun = next(line for line in report.pupils if line.name == "Ковтун Матвей Андреевич")
    assert [(c.subject, c.unsatisfactory, c.result) for c in kovtun.causes] == [
        ("Алгебра", 5, "2"), ("Геометрия", 4, "2"),
    ]  # fmt: skip


def test_class_one_is_in_the_denominator_and_unrated(school: School) -> None:
    report = _report(school)
    first = [line for line in report.classes if line.name.startswith("1") and line.name[1] in "АБ"]
    assert first
    assert all(line.unrated == line.pupils == line.none for line in first)


def test_the_first_period_has_nothing_to_compare_with_and_the_second_has(school: School) -> None:
    assert _report(school, 1).changes is None
    second = _report(school, 2)
    assert second.changes is not None
    assert second.totals.change is not None
    assert second.provisional
    first = _report(school, 1)
    moved = {line.name: (line.was, line.now) for line in second.changes.lines}
    was = {line.name: line.category for line in first.pupils}
    now = {line.name: line.category for line in second.pupils}
    for name, (before, after) in moved.items():
        assert was.get(name, "none") == before
        assert now.get(name, "none") == after
    assert second.totals.change == second.totals.at_risk - first.totals.at_risk


def test_changes_are_told_against_the_last_report_when_there_is_one(school: School) -> None:
    first = _report(school, 1)
    period_classify(period=_period(school, 2))
    second = build_quarterly(school=school, period=_period(school, 2), last=LastReport(first, 3))
    assert second.changes is not None
    assert second.changes.since.startswith("отчёта № 3 за 1-ю четверть 2026/27 от ")


def test_a_frozen_report_is_the_same_value_again(school: School) -> None:
    report = _report(school)
    data = freeze(report)
    assert thaw(data) == report
    assert digest(data) == digest(freeze(thaw(data)))
    assert digest(data) != digest(data | {"year": "2027/28"})


def test_the_json_has_what_the_contract_names(school: School) -> None:
    told = quarterly_json(_report(school))
    names = {"pupils", "failing", "weak", "reserve", "none"}
    assert names <= told["totals"].keys()
    assert all(names | {"class"} <= line.keys() for line in told["classes"])
    assert all(
        {"subject", "unsatisfactory_results", "not_attested", "mean"} <= line.keys() for line in told["subjects"]
    )


def test_queries_do_not_grow_with_the_school(db: None) -> None:
    counts = []
    for number, pupils in enumerate((100, 700), 1):
        school = school_load(Plan(pupils=pupils), number)
        period_classify(period=_period(school, 1))
        period = _period(school, 1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            build_quarterly(school=school, period=period)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40

"""The quarter's report as the JSON of the headless contract."""

from typing import Any

from monitoring.reports.freezing import freeze
from monitoring.reports.quarter.shapes import COUNTED, Line, QuarterReport

_COUNTS = ("pupils", "failing", "weak", "reserve", "none", "unrated")


def quarterly_json(report: QuarterReport) -> dict[str, Any]:
    """`totals`, `levels`, `classes`, `subjects` as the contract names them, then everything else of the report."""
    frozen = freeze(report)
    return {
        "school": report.school_code,
        "year": report.year,
        "period": report.period,
        "provisional": report.provisional,
        "totals": _counts(report.totals),
        "levels": [{"level": line.name, **_counts(line)} for line in report.levels],
        "classes": [{"class": line.name, **_counts(line), "data_as_of": _day(line)} for line in report.classes],
        "subjects": frozen["subjects"],
        "pupils": [_renamed(line) for line in frozen["pupils"]],
        "included": [_renamed(line) for line in frozen["included"]],
        "three_unsatisfactory": [_renamed(line) for line in frozen["signals"]],
        "absences": [_renamed(line) for line in frozen["absences"]],
        "changes": frozen["changes"],
        "stale": frozen["stale"],
    }


def _counts(line: Line) -> dict[str, Any]:
    counts: dict[str, Any] = {name: getattr(line, name) for name in _COUNTS}
    shares = {name: line.share(name) for name in COUNTED}
    changes = {"failing": line.change_failing, "weak": line.change_weak, "reserve": line.change_reserve}
    return counts | {"at_risk": line.at_risk, "change": line.change, "shares": shares, "changes": changes}


def _day(line: Line) -> str | None:
    return None if line.data_as_of is None else line.data_as_of.isoformat()


def _renamed(line: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in line.items() if key not in ("pupil", "school_class")}
    return {"class": line["school_class"], **shown}

"""A report as JSON and back: what is approved is kept whole and read again as the same value."""

import hashlib
import json
from typing import Any

from documents.papers.keeping import converter
from monitoring.reports.quarter.shapes import QuarterReport


def freeze(report: QuarterReport) -> dict[str, Any]:
    """Plain JSON values: dates as ISO text, tuples as lists."""
    frozen: dict[str, Any] = json.loads(converter.dumps(report))
    return frozen


def thaw(data: dict[str, Any]) -> QuarterReport:
    """The value that was frozen."""
    return converter.loads(json.dumps(data), QuarterReport)


def digest(data: dict[str, Any]) -> str:
    """SHA-256 of the content, independent of the order of keys."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

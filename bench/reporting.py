"""The quarter's report: queries of its build by the school's size, its PDF against WeasyPrint alone, growth of PDFs."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from bench.apart import apart
from bench.data import autumn_school, periods_of
from bench.figures import Figure, cpu_seconds, exponent, in_turns
from bench.papers import made_apart, pages_of, weasyprint_alone
from monitoring.reports.quarter.printing import Printed, body_context, paper_context
from monitoring.reports.quarter.shapes import QuarterReport
from monitoring.services import quarterly_build
from school.models import School

SIZES = (100, 2000)
SHARES = (16, 4, 1)  # of the report's long lists every so-many-th line


def run(sizes: Sequence[int] = SIZES, shares: Sequence[int] = SHARES, times: int = 3) -> list[Figure]:
    """Five figures. Shortened reports of the largest school are the documents that are printed."""
    schools = [autumn_school(size) for size in sizes]
    counts = [_queries(school) for school in schools]
    report = _build(schools[-1])
    told = ", ".join(f"{size} pupils: {count}" for size, count in zip(sizes, counts, strict=True))
    return [
        Figure("report.queries", max(counts), 40, "lower", "queries", told),
        Figure(
            "report.queries_growing", max(counts) - min(counts), 0, "lower", "queries", "the same, most less fewest"
        ),
        _against_weasyprint(shortened(report, shares[0]), times),
        *_growth(report, shares),
    ]


def _build(school: School) -> QuarterReport:
    return quarterly_build(school=school, period=periods_of(school)[1])


def _queries(school: School) -> int:
    period = periods_of(school)[1]
    with CaptureQueriesContext(connection) as caught:
        quarterly_build(school=school, period=period)
    return len(caught)


def _html(report: QuarterReport) -> str:
    printed = Printed(report)
    return render_to_string(
        "monitoring/quarterly_print.html", body_context(printed, links=None) | paper_context(printed)
    )


def _against_weasyprint(report: QuarterReport, times: int) -> Figure:
    """Our way from the frozen report to the PDF, against WeasyPrint called by itself on the very HTML."""
    html, made = _html(report), list[bytes]()
    ours, theirs, ratio = in_turns(
        partial(cpu_seconds, lambda: made.append(made_apart(_html(report))), times=1),
        partial(cpu_seconds, partial(weasyprint_alone, html), times=1),
        times,
    )
    told = f"{pages_of(made[0])} pages: {ours:.2f} s against {theirs:.2f} s"
    return Figure("report.pdf", ratio, 1.2, "lower", "×", told)


def _growth(report: QuarterReport, shares: Sequence[int]) -> list[Figure]:
    """Longer and longer documents, each in a process of its own, which tells its time and its largest memory."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as folder:
        made = [_paper(Path(folder, f"{share}.html"), shortened(report, share)) for share in shares]
    growth = exponent([each["pages"] for each in made], [each["seconds"] for each in made])
    told = ", ".join(f"{each['pages']} pages: {each['seconds']:.1f} s, {each['peak']:.0f} MiB" for each in made)
    beyond = max(each["peak"] - 5 * each["pages"] for each in made)
    return [
        Figure("report.pdf_growth", growth, 1.15, "lower", "", told),
        Figure(
            "report.pdf_memory",
            beyond,
            120,
            "lower",
            "MiB",
            f"peak less 5 MiB a page, the worst of these; {made[0]['empty']:.0f} MiB before the first page",
        ),
    ]


def shortened(report: QuarterReport, share: int) -> QuarterReport:
    """The report with every `share`-th of its long lists."""
    changes = report.changes
    return replace(
        report,
        pupils=report.pupils[::share],
        signals=report.signals[::share],
        appendices=report.appendices[::share],
        changes=changes and replace(changes, lines=changes.lines[::share]),
    )


def _paper(path: Path, report: QuarterReport) -> dict[str, float]:
    path.write_text(_html(report), encoding="utf-8")
    told: dict[str, float] = apart("bench.papers:pdf_peak", str(path))
    return told

"""The roadmap on the axis of the year, as SVG: the same on the page, where names stand beside it, and in the PDF.

A row an activity, a bar a deed between its first and last day. What a colour says, a sign says too: ✓ held, ! late,
→ moved, × cancelled; a standing line goes through the whole year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement

from documents.rendering.svg import AXIS, GUIDE, INK, Svg, svg_of
from roadmaps.reports.paper import Line, Mark, RoadmapPaper
from roadmaps.rules.checks import empty_months
from roadmaps.rules.terms import MONTHS, month_span
from roadmaps.words import OccurrenceState

_SHEET = 156 / 257  # height to width of what a landscape sheet has room for under a caption
_LABEL, _MONTH, _ROW, _HEAD = 300, 58, 24, 34
_SHORT = 41
_QUIET = "#5b6770"
_TODAY = "#9c2b23"


@dataclass(frozen=True)
class _Look:
    fill: str
    stroke: str
    sign: str = ""
    ink: str = "#fff"
    dash: str = ""


_LOOKS = {
    OccurrenceState.PLANNED: _Look("#d6e6f1", "#1d5f8a"),
    OccurrenceState.MOVED: _Look("#fff4d9", "#7a5200", "→", "#7a5200", "4 2"),
    OccurrenceState.HELD: _Look("#1e6b3a", "#1e6b3a", "✓"),
    OccurrenceState.CANCELLED: _Look("#f1f4f6", "#52606d", "×", "#52606d"),
}
_LATE = _Look("#9c2b23", "#9c2b23", "!")
LEGEND = (
    "запланировано",
    "→ перенесено",
    "✓ проведено",
    "! просрочено",
    "× отменено",
    "линия — постоянно, по мере надобности",
)


def rows_on_sheet(paper: RoadmapPaper) -> int:
    """How many rows of this roadmap's axis fit on a landscape sheet."""
    return int((_SHEET * (_LABEL + _MONTH * len(_months(paper))) - _HEAD) // _ROW)


def axis_pictures(paper: RoadmapPaper, rows: int = 0) -> list[Svg]:
    """Pictures of at most so many rows each (0: as many as a sheet holds), every one with its own months.

    None of a roadmap without activities.
    """
    lines, rows = paper.lines, rows or rows_on_sheet(paper)
    return [_picture(paper, lines[first : first + rows]) for first in range(0, len(lines), rows)]


def axis_of_days(paper: RoadmapPaper) -> Svg | None:
    """The days of all rows without their names, a unit a pixel: the page has the names in a column that stays.

    None of a roadmap without activities.
    """
    return _picture(paper, paper.lines, named=False) if paper.lines else None


def _picture(paper: RoadmapPaper, lines: Sequence[Line], *, named: bool = True) -> Svg:
    months = _months(paper)
    width, height = _LABEL + _MONTH * len(months), _HEAD + _ROW * len(lines) + 2
    root = Element("svg", {"viewBox": f"0 0 {width} {height}", "font-size": "11"})
    if not named:
        root.set("viewBox", f"{_LABEL} 0 {width - _LABEL} {height}")
        root.set("width", str(width - _LABEL))
        root.set("height", str(height))
    _head(root, paper, months, height)
    for place, line in enumerate(lines):
        top = _HEAD + _ROW * place
        if named:
            _name(root, line, top + _ROW / 2)
        _row(root, paper, line, months, top)
    if paper.day is not None and _x(paper, months, paper.day) is not None:
        at = str(_x(paper, months, paper.day))
        _draw(root, "line", x1=at, x2=at, y1=str(_HEAD - 6), y2=str(height), stroke=_TODAY, stroke_width="1.5")
    return svg_of(root, f"Ось времени: {paper.title}, {paper.year}")


def _months(paper: RoadmapPaper) -> list[int]:
    """September to May, and what lies around them when something stands there."""
    days = [day for mark in paper.marks for day in (mark.starts, mark.ends)]
    found = [(day.year - paper.start) * 12 + day.month for day in days]
    return list(range(max(8, min([9, *found])), min(20, max([17, *found])) + 1))


def _head(root: Element, paper: RoadmapPaper, months: Sequence[int], height: int) -> None:
    empty = set(empty_months(((one.starts, one.ends) for one in paper.marks), paper.start))
    for place, month in enumerate(months):
        x = _LABEL + _MONTH * place
        first, _ = month_span(month, paper.start)
        name = MONTHS[first.month - 1]
        nothing = f"{name} {first.year}" in empty
        if nothing:
            box = {"x": str(x), "y": "0", "width": str(_MONTH), "height": str(height)}
            _draw(root, "rect", **box, fill="#f6f7f9")
        _draw(root, "line", x1=str(x), x2=str(x), y1="0", y2=str(height), stroke=GUIDE)
        _text(root, x + _MONTH / 2, 13, name if len(name) < 8 else f"{name[:4]}.", anchor="middle")
        told = "ничего" if nothing else str(first.year)
        _text(root, x + _MONTH / 2, 27, told, anchor="middle", fill=_TODAY if nothing else _QUIET)
    _draw(root, "line", x1="0", x2=str(_LABEL + _MONTH * len(months)), y1=str(_HEAD), y2=str(_HEAD), stroke=AXIS)


def _name(root: Element, line: Line, middle: float) -> None:
    title = line.title if len(line.title) <= _SHORT else f"{line.title[: _SHORT - 1].rstrip(' ,.:;')}…"
    _text(root, 22, middle + 4, str(line.number), anchor="end", fill=_QUIET)
    _text(root, 30, middle + 4, title)


def _row(root: Element, paper: RoadmapPaper, line: Line, months: Sequence[int], top: int) -> None:
    middle, right = top + _ROW / 2, _LABEL + _MONTH * len(months)
    _draw(root, "line", x1="0", x2=str(right), y1=str(top + _ROW), y2=str(top + _ROW), stroke=GUIDE)
    if line.standing:
        ends = {"x1": str(_LABEL + 4), "x2": str(right - 4), "y1": str(middle), "y2": str(middle)}
        _draw(root, "line", **ends, stroke="#1d5f8a", stroke_width="2", stroke_dasharray="1 4", stroke_linecap="round")
    for mark in line.marks:
        _bar(root, paper, mark, months, middle)


def _bar(root: Element, paper: RoadmapPaper, mark: Mark, months: Sequence[int], middle: float) -> None:
    first, last = _x(paper, months, mark.starts), _x(paper, months, mark.ends + timedelta(days=1))
    if first is None or last is None:
        return
    look = _LATE if mark.late else _LOOKS[OccurrenceState(mark.state)]
    width = max(last - first - 2, 12)
    x = min(first + 1, _LABEL + _MONTH * len(months) - width)
    box = {"x": f"{x:.1f}", "y": str(middle - 7), "width": f"{width:.1f}", "height": "14", "rx": "3"}
    bar = _draw(root, "rect", **box, fill=look.fill, stroke=look.stroke)
    if look.dash:
        bar.set("stroke-dasharray", look.dash)
    if look.sign:
        _text(root, x + width / 2, middle + 4, look.sign, anchor="middle", fill=look.ink)


def _x(paper: RoadmapPaper, months: Sequence[int], day: date) -> float | None:
    """Where a day begins; the day after the last month is its end; None outside."""
    month = (day.year - paper.start) * 12 + day.month
    if month == months[-1] + 1 and day.day == 1:
        return float(_LABEL + _MONTH * len(months))
    if month not in months:
        return None
    first, last = month_span(month, paper.start)
    return _LABEL + _MONTH * (months.index(month) + (day - first).days / ((last - first).days + 1))


def _draw(root: Element, tag: str, **attributes: str) -> Element:
    return SubElement(root, tag, {name.replace("_", "-"): value for name, value in attributes.items()})


def _text(root: Element, x: float, y: float, text: str, *, anchor: str = "start", fill: str = INK) -> None:
    node = _draw(root, "text", x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, fill=fill)
    node.text = text

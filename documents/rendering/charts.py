"""Charts as SVG: the same on a page and in a document. pygal computes them, `svg.py` dresses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pygal
from pygal.style import Style

from common.pictures import SPARK_HEIGHT, SPARK_LOW, SPARK_WIDTH, spark_of
from common.russian import decimal
from documents.rendering.svg import AXIS, GUIDE, INK, Attributes, Svg, dressed, svg_of, tag_of

WIDTH = 640
BARS_HEIGHT = 190
LINES_HEIGHT = 200
CATEGORY_NAMES = ("неуспевающие", "слабоуспевающие", "группа резерва")
_MOST_STEPS = 5
_MOST_LEVEL = 24  # names that find room side by side


@dataclass(frozen=True)
class Bar:
    """One column: its name below, and the parts from the bottom upwards, in pupils."""

    name: str
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Series:
    """One line: values from left to right, None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class _Fill:
    """A colour and the ink that is read on it."""

    ground: str
    ink: str = INK


_CATEGORY_FILLS = (_Fill("#9c2b23", "#fff"), _Fill("#e0b04a"), _Fill("#d6e6f1"))
# Marks from two to five; ones stand with the twos.
_MARK_FILLS = (_Fill("#9c2b23", "#fff"), _Fill("#e0b04a"), _Fill("#d6e6f1"), _Fill("#1e6b3a", "#fff"))
MARK_NAMES = ("«2»", "«3»", "«4»", "«5»")
_LINES = ("#1d5f8a", "#9c2b23", "#1e6b3a", "#7a5200", "#52606d")
_DASHES = ("none", "6 3", "2 3", "8 3 2 3", "4 2")


class _Columns(pygal.StackedBar):  # type: ignore[misc]  # pygal has no types
    """Columns with air between them."""

    _series_margin = 0.22
    _serie_margin = 0.0


def stacked_bars(
    bars: Sequence[Bar], names: Sequence[str] = CATEGORY_NAMES, title: str = "Обучающиеся по категориям и классам"
) -> Svg:
    """Columns of parts, by class: «7А: 3 неуспевающих, 4 слабоуспевающих, 2 в резерве».

    `names` of the parts stand in the legend. `title` is for those who do not see the picture; the figures themselves
    belong into a table beside it. Many names are written upwards.
    """
    return svg_of(dressed(_drawn(bars, names), partial(_look_of_bars, _CATEGORY_FILLS)), title)


def mark_bars(bars: Sequence[Bar], title: str) -> Svg:
    """Columns of marks: parts are the numbers of twos, threes, fours and fives."""
    return svg_of(dressed(_drawn(bars, MARK_NAMES), partial(_look_of_bars, _MARK_FILLS)), title)


def _drawn(bars: Sequence[Bar], names: Sequence[str]) -> str:
    top = max((sum(bar.parts) for bar in bars), default=0)
    upwards = 90 if len(bars) > _MOST_LEVEL else 0
    chart = _Columns(
        **_common(BARS_HEIGHT, len(names)), print_values=True, print_zeroes=False, x_label_rotation=upwards
    )
    chart.x_labels = [bar.name for bar in bars]
    _scale(chart, top)
    for index, name in enumerate(names):
        chart.add(name, [bar.parts[index] for bar in bars])
    drawn: str = chart.render(is_unicode=True)
    return drawn


def line_chart(labels: Sequence[str], series: Sequence[Series], title: str) -> Svg:
    """Up to five lines over the same labels (periods, weeks); gaps stay gaps."""
    values = [value for line in series for value in line.values if value is not None]
    chart = pygal.Line(**_common(LINES_HEIGHT, len(series)), margin_right=40, dots_size=3, allow_interruptions=True)
    chart.x_labels = list(labels)
    _scale(chart, max(values, default=0))
    for line in series[: len(_LINES)]:
        chart.add(line.name, list(line.values))
    return svg_of(dressed(chart.render(is_unicode=True), _look_of_lines), title)


def sparkline(marks: Sequence[int], title: str, before: int = 0) -> Svg:
    """Marks 1–5 in time, low ones as squares; the same picture as on the pages."""
    spark = spark_of(marks, before)
    root = Element("svg", viewBox=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}", width=str(SPARK_WIDTH), height=str(SPARK_HEIGHT))
    ends = {"x1": "0", "x2": str(SPARK_WIDTH), "y1": str(spark.three), "y2": str(spark.three)}
    SubElement(root, "line", {**ends, "stroke": GUIDE, "stroke-dasharray": "2 2"})
    SubElement(root, "polyline", {"points": spark.line, "fill": "none", "stroke": _LINES[0], "stroke-width": "1.5"})
    side = str(SPARK_LOW)
    for x, y in spark.lows:
        SubElement(root, "rect", x=str(x), y=str(y), width=side, height=side, fill=_CATEGORY_FILLS[0].ground)
    return svg_of(root, title)


def _common(height: int, lines: int) -> dict[str, Any]:
    # pygal counts the room for words from the sizes told in its style.
    style = Style(label_font_size=12, major_label_font_size=12, legend_font_size=12, value_font_size=11)
    return {
        "width": WIDTH,
        "height": height,
        "style": style,
        "js": (),
        "margin": 4,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": min(lines, 4) or 1,
        "legend_box_size": 11,
        "show_y_guides": True,
        "truncate_legend": -1,
        "truncate_label": -1,
        "formatter": _number,
        "value_formatter": _number,
        "no_data_text": "Нет данных",
    }


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else decimal(value, 1)


def _scale(chart: Any, top: float) -> None:
    """Whole steps from nought, five at most."""
    step = next(
        size for power in range(7) for size in (10**power, 2 * 10**power, 5 * 10**power) if top <= size * _MOST_STEPS
    )
    ticks = list(range(0, int(-(-top // step) * step) + step, step)) if top else [0, 1]
    chart.y_labels = ticks
    chart.range = (0, ticks[-1])


def _look_of_bars(fills: Sequence[_Fill], element: Element, classes: frozenset[str]) -> Attributes | None:
    tag, fill = tag_of(element), fills[_number_of(classes) % len(fills)]
    if tag == "rect" and classes & {"bar", "legend"} and element.get("height") != "0.0":
        return {"fill": fill.ground, "stroke": AXIS, "stroke-width": "0.7"}
    if tag == "text" and "text-overlay" in classes:
        return {"fill": fill.ink, "font-size": "11", "text-anchor": "middle"}
    return _look_of_frame(tag, element, classes)


def _look_of_lines(element: Element, classes: frozenset[str]) -> Attributes | None:
    tag, number = tag_of(element), _number_of(classes)
    colour = _LINES[number % len(_LINES)]
    if tag == "path" and "series" in classes:
        return {"fill": "none", "stroke": colour, "stroke-width": "1.8", "stroke-dasharray": _DASHES[number % 5]}
    if (tag == "circle" and "series" in classes) or (tag == "rect" and "legend" in classes):
        return {"fill": colour}
    return _look_of_frame(tag, element, classes)


def _look_of_frame(tag: str, element: Element, classes: frozenset[str]) -> Attributes | None:
    """What all charts share: groups, axes and words; the rest of pygal's drawing is left out."""
    if tag == "g":
        return None if "tooltip" in classes else {}
    if tag == "text":
        level = "transform" not in element.attrib
        anchor = "middle" if {"x", "no_data"} & classes and level else "end" if "y" in classes else "start"
        return {"fill": INK, "font-size": "12", "text-anchor": anchor}
    if tag == "path" and "y" in classes and "guides" in classes:
        axis = "axis" in element.get("class", "").split()
        return {"stroke": AXIS if axis else GUIDE, "stroke-width": "1" if axis else "0.7", "fill": "none"}
    return None


def _number_of(classes: frozenset[str]) -> int:
    """Which series an element belongs to, from 0."""
    for name in classes:
        kind, _, number = name.rpartition("-")
        if kind in ("serie", "color") and number.isdigit():
            return int(number)
    return 0

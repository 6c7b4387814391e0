"""SVG that needs no stylesheet: what a chart looks like stands in its own attributes.

Pages allow no inline style (docs/trust.md, 9) and WeasyPrint reads no page's stylesheet inside an svg, so pygal's
classes are turned into attributes here, and its script, styles and tooltips are left out. Text stays text.
"""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

FONT = "PT Serif, Liberation Serif, DejaVu Serif, serif"
INK = "#000"
AXIS = "#333"
GUIDE = "#cfd6dc"

Attributes = Mapping[str, str]
Look = Callable[[Element, frozenset[str]], Attributes | None]

_GEOMETRY = frozenset(
    {"x", "y", "width", "height", "d", "transform", "cx", "cy", "r", "x1", "x2", "y1", "y2", "points"}
)


class Svg(str):
    """Markup of a finished chart. Templates print it as it is: a serializer wrote it, and escaped every text in it."""

    def __html__(self) -> str:
        return self


def svg_of(root: Element, title: str) -> Svg:
    """The element as markup for a page or a document, named for those who do not see it."""
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("role", "img")
    root.set("aria-label", title)
    root.set("font-family", FONT)
    return Svg(tostring(root, encoding="unicode"))


def dressed(chart: str, look: Look) -> Element:
    """A chart of pygal with geometry and text only, everything else given by `look`.

    `look` is called with each element and the classes of it and of all it stands in; None leaves the element out with
    all in it.
    """
    try:
        root = fromstring(chart)  # noqa: S314 — our own chart, not somebody's file
    except ParseError as error:
        raise ValueError("the chart is no SVG") from error
    clean = Element("svg", {"viewBox": root.get("viewBox", "")})
    _copy(root, clean, frozenset(), look)
    return clean


def _copy(source: Element, target: Element, above: frozenset[str], look: Look) -> None:
    for child in source:
        classes = above | frozenset(child.get("class", "").split())
        attributes = look(child, classes)
        if attributes is None:
            continue
        geometry = {name: _short(value) for name, value in child.attrib.items() if name in _GEOMETRY}
        clean = Element(tag_of(child), {**geometry, **attributes})
        clean.text = child.text
        _copy(child, clean, classes, look)
        if clean.tag != "g" or len(clean):
            target.append(clean)


def tag_of(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def _short(value: str) -> str:
    """Plain numbers with two decimals at most; anything else as it is."""
    try:
        return f"{float(value):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        return value

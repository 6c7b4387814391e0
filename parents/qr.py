"""QR codes as drawings of our own: the same on a page and on paper; nothing is fetched."""

from xml.etree.ElementTree import Element, SubElement

import segno

from documents.rendering.svg import Svg, svg_of

_QUIET = 4  # light modules around the code, as readers expect them


def qr_svg(address: str, title: str = "QR-код: откройте камерой телефона") -> Svg:
    """The address as a QR code that survives a fold: a quarter of it may be lost. Its size is given by css."""
    rows = [bytes(row) for row in segno.make_qr(address, error="q", boost_error=False).matrix]
    side = len(rows) + 2 * _QUIET
    root = Element("svg", {"viewBox": f"0 0 {side} {side}", "shape-rendering": "crispEdges"})
    SubElement(root, "rect", {"width": str(side), "height": str(side), "fill": "#fff"})
    SubElement(root, "path", {"d": "".join(map(_line, range(len(rows)), rows)), "fill": "#000"})
    return svg_of(root, title)


def _line(number: int, row: bytes) -> str:
    """Dark modules of a row, those that stand side by side as one rectangle."""
    found, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append(f"M{start + _QUIET} {number + _QUIET}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(found)

"""Formulas in XLSX whose value nobody has computed yet: a fast reader takes their cells for empty.

Programs that write workbooks leave the computing to the office program that opens them next.
"""

import re
import zipfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path, PurePosixPath

from lxml import etree

from common.tabular.address import column_number
from common.tabular.errors import Problem

SIGNS = (b"</f></c>", b"</f><v></v></c>", b"/></c>")
SEAM = 16 * 1024
CHUNK = 1024 * 1024
CELL = re.compile(
    rb'<c\s(?=[^>]*?\br="([A-Z]{1,3})(\d{1,7})")(?![^>]*?\bt="str")[^>]*>'
    rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LONGEST = 60

Formulas = dict[tuple[int, int], str]


def may_be_uncomputed(xml: bytes) -> bool:
    """Whether a piece of a worksheet's XML may hold such a formula: a quick look at every piece of every file."""
    return b"<f" in xml and any(sign in xml for sign in SIGNS)


def uncomputed_formulas(path: Path) -> dict[str, Formulas]:
    """By the sheet's name: the formula, as a person types it, in each cell (row, column from 0) without a value.

    For a package that was inspected. Raises `Problem`.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return {name: found for name, part in _parts(package) if (found := _formulas(package, part))}
    except etree.XMLSyntaxError as error:
        raise Problem("он повреждён или передан не полностью") from error


def _parts(package: zipfile.ZipFile) -> Iterable[tuple[str, str]]:
    """Sheets of the workbook with the parts that hold them; none where the package is made unusually."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {each.get("Id"): each.get("Target") or "" for each in _xml(package, "xl/_rels/workbook.xml.rels")}
    for sheet in _xml(package, "xl/workbook.xml").iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION), "")
        part = target.removeprefix("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in names:
            yield sheet.get("name") or "", part


def _xml(package: zipfile.ZipFile, part: str) -> etree._Element:
    return etree.fromstring(package.read(part), etree.XMLParser(resolve_entities=False, no_network=True))


def _formulas(package: zipfile.ZipFile, part: str) -> Formulas:
    found: Formulas = {}
    seen = b""
    with package.open(part) as xml:
        while chunk := xml.read(CHUNK):
            window = seen + chunk
            if may_be_uncomputed(window):
                for letters, row, formula in CELL.findall(window):
                    found[int(row) - 1, column_number(letters.decode())] = _typed(formula)
            seen = window[-SEAM:]
    return found


def _typed(formula: bytes) -> str:
    return f"={unescape(formula.decode('utf-8', 'replace'))}"[:LONGEST]

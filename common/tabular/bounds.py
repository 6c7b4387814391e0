"""Cell references of a worksheet's XML, looked through before a fast reader sees them.

Fast readers allocate the whole rectangle that the references span: one cell at XFD1048576 makes them abort.
"""

import re

from common.tabular.address import column_number
from common.tabular.errors import Problem
from common.tabular.limits import Limits
from common.tabular.sheets import check_size

ANY = re.compile(rb"""(?<![\w:-])r\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
WIDE = re.compile(rb' r="([A-Za-z]{2,})(\d*)')
FAR = re.compile(rb'r="[A-Za-z](\d{7,})')
LAST = re.compile(rb' r="[A-Za-z]*(\d+)"')
NOTABLE = re.compile(rb'r="[A-Za-z](?:[A-Za-z]|\d{7})')  # what begins one of the two
UNUSUAL = tuple(map(re.compile, (rb'=[^"]', rb" =")))
BROKEN_LINE = re.compile(rb'\n(?:=|r=")')
DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["'][^"':]*:([A-Za-z]*)(\d*)["']""")


class BoundsCheck:
    """Looks at a worksheet piece by piece; raises `Problem` when its references pass the limits.

    Of ordinary XML only what can widen the sheet much is looked at, because files have hundreds of megabytes: columns
    of two letters and more, rows of seven digits, the number of rows and the last reference of each piece. XML that
    is spelled unusually is read whole. What is finer than this the reader itself checks, within the child's memory.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 1
        self.columns = 26
        self.counted = 0

    def look(self, seen: bytes, window: bytes) -> None:
        """One piece of XML that begins with the end of the piece before it, so that nothing hides on the seam."""
        starts = (b"<row", b":row") if b":" in window else (b"<row",)
        self.counted += sum(window.count(start) - seen.count(start) for start in starts)
        if not seen:  # it stands before the cells
            for letters, digits in DIMENSION.findall(window):
                self._meet(letters, digits)
        self._look_quickly(window)
        if _spelled_unusually(window):
            for letters, digits in ANY.findall(window):
                self._meet(letters, digits)
        check_size(max(self.rows, self.counted), self.columns, self.limits)

    def _look_quickly(self, window: bytes) -> None:
        if NOTABLE.search(window):
            wide = [(letters, digits) for letters, digits in WIDE.findall(window) if digits]
            for letters in {letters for letters, _ in wide}:
                self._meet(letters, b"")
            for digits in [digits for _, digits in wide if len(digits) > 5] + FAR.findall(window):
                self._meet(b"", digits)
        if last := LAST.match(window, max(window.rfind(b' r="'), 0)):
            self._meet(b"", last[1])

    def _meet(self, letters: bytes, digits: bytes) -> None:
        if len(letters) > 4 or len(digits) > 9:
            raise Problem("внутри ссылки на ячейки, которых не бывает")
        if letters:
            self.columns = max(self.columns, column_number(letters.decode("ascii")) + 1)
        if digits:
            self.rows = max(self.rows, int(digits))


def _spelled_unusually(window: bytes) -> bool:
    """Whether attributes may be written otherwise than as ` r="A1"`. A search for one byte costs next to nothing."""
    found = any(spelling.search(window) for spelling in UNUSUAL)
    return found or (b"\n" in window and bool(BROKEN_LINE.search(window)))

"""Cell references of a worksheet's XML, looked through before a fast reader sees them.

Fast readers allocate the whole rectangle that the references span: one cell at XFD1048576 makes them abort.
"""

import re

from common.tabular.address import column_number
from common.tabular.errors import Problem
from common.tabular.limits import Limits
from common.tabular.sheets import check_size

# Only references that can widen the sheet: more than one letter, or a row of six digits and more, or a row's number.
USUAL = re.compile(rb'r="(?:([A-Za-z]{2,})(\d+)|[A-Za-z]?(\d{6,})|(\d+)")')
ANY = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
UNUSUAL_SPELLINGS = (b"='", b"= ", b" =", b"=\t", b"\t=", b"=\n", b"\n=", b"=\r", b"\r=")
DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["'][^"':]*:([A-Za-z]*)(\d*)["']""")
ROW_STARTS = (b"<row ", b"<row>", b"<row/", b"<row\n", b":row ", b":row>", b":row/", b":row\n")


class BoundsCheck:
    """Looks at a worksheet piece by piece; raises `Problem` when its references pass the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 1
        self.columns = 26
        self.counted = 0

    def look(self, seen: bytes, chunk: bytes) -> None:
        """One piece of XML with the end of the piece before it, so that nothing hides on the seam."""
        window = seen + chunk
        self.counted += sum(window.count(start) - seen.count(start) for start in ROW_STARTS)
        if not seen:  # it stands before the cells
            for letters, digits in DIMENSION.findall(window):
                self._meet(letters, digits)
        if any(spelling in window for spelling in UNUSUAL_SPELLINGS):
            for letters, digits in ANY.findall(window):
                self._meet(letters, digits)
        else:
            self._look_quickly(window)
        check_size(max(self.rows, self.counted), self.columns, self.limits)

    def _look_quickly(self, window: bytes) -> None:
        longest = b""
        for letters, digits, long_row, row in USUAL.findall(window):
            if letters:
                self._meet(letters, digits)
            else:
                longest = max(longest, long_row or row, key=_magnitude)
        self._meet(b"", longest)

    def _meet(self, letters: bytes, digits: bytes) -> None:
        if len(letters) > 4 or len(digits) > 9:
            raise Problem("внутри ссылки на ячейки, которых не бывает")
        if letters:
            self.columns = max(self.columns, column_number(letters.decode("ascii")) + 1)
        if digits:
            self.rows = max(self.rows, int(digits))


def _magnitude(digits: bytes) -> tuple[int, bytes]:
    return len(digits), digits

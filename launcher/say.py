"""What a person at the terminal reads. Progress goes to standard error: standard output is a command's own."""

import sys
from collections.abc import Sequence
from typing import TextIO


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """Something that a person has to put right; the message says what and how."""


def speak_utf8() -> None:
    """Let Russian through on a terminal whose locale was never set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def note(text: str) -> None:
    _write(sys.stderr, text)


def tell(text: str) -> None:
    _write(sys.stdout, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        print(text, file=stream, flush=True)
    except (OSError, ValueError):
        # The terminal is gone; what was begun has to be finished all the same.
        return


def table(heading: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, two spaces apart."""
    widths = [max(len(row[i]) for row in [heading, *rows]) for i in range(len(heading))]
    lines = [heading, tuple("─" * width for width in widths), *rows]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(cells).rstrip() for cells in padded)

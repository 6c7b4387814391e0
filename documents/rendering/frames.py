"""What the application and the process that makes a PDF say to each other: a letter, a length, so many bytes."""

import struct
from enum import Enum
from typing import IO

_HEAD = struct.Struct(">cQ")


class Say(Enum):
    """The application says PAGE, or GROUP (a JSON list of pages), then FILE or NO_FILE to each WANT.

    The other side ends with one of the rest; for a group it says SHEETS before PDF: how many each page took, as JSON.
    """

    PAGE = b"h"
    GROUP = b"g"
    FILE = b"f"
    NO_FILE = b"n"
    WANT = b"w"
    SHEETS = b"s"
    PDF = b"p"
    LACKS_FILE = b"l"
    LACKS_PANGO = b"o"
    FAILED = b"e"


def say(stream: IO[bytes], what: Say, content: bytes = b"") -> None:
    """One frame, sent at once."""
    stream.write(_HEAD.pack(what.value, len(content)))
    stream.write(content)
    stream.flush()


def hear(stream: IO[bytes]) -> tuple[Say, bytes]:
    """The next frame. Raises EOFError when the other side has ended."""
    what, size = _HEAD.unpack(_exactly(stream, _HEAD.size))
    return Say(what), _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content

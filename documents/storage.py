"""Where files lie: under MEDIA_ROOT, by random names that say nothing, readable by the application alone."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FOLDER = "files"


@dataclass(frozen=True)
class Blob:
    """What was written: the path below MEDIA_ROOT, the size in bytes, the checksum in hexadecimal."""

    path: str
    size: int
    sha256: str


def blob_write(content: bytes) -> Blob:
    """Write under a new random name; the file appears whole or not at all."""
    name = secrets.token_hex(16)
    path = f"{FOLDER}/{name[:2]}/{name}"
    target = _place(path)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return Blob(path, len(content), hashlib.sha256(content).hexdigest())


def blob_open(path: str) -> BinaryIO:
    """Open for reading. Raises FileNotFoundError."""
    return _place(path).open("rb")


def blob_delete(path: str) -> None:
    """Remove; a file that is already gone is no error."""
    _place(path).unlink(missing_ok=True)


def blobs_before(moment: datetime) -> Iterator[str]:
    """Paths of everything written before the moment, remains of interrupted writing included."""
    root = Path(settings.MEDIA_ROOT)
    for file in (root / FOLDER).glob("*/*"):
        if file.stat().st_mtime < moment.timestamp():
            yield file.relative_to(root).as_posix()


def _place(path: str) -> Path:
    return Path(settings.MEDIA_ROOT, path)

"""Checks of zip packages before anything is parsed: sizes as unpacked, names, entities, cell references."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from common.tabular.bounds import BoundsCheck
from common.tabular.errors import Problem
from common.tabular.formulas import may_be_uncomputed
from common.tabular.kinds import PASSWORD
from common.tabular.limits import Limits

CHUNK = 1024 * 1024
OVERLAP = 128
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BAD_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
BOMB = ("в распакованном виде он слишком велик", "разделите его на части")


def inspect_package(path: Path, limits: Limits) -> bool:
    """Walk through all of a workbook's parts. Raises `Problem`; memory stays constant.

    Returns whether formulas may be in it that nobody has computed.
    """
    suspicious = False
    try:
        with zipfile.ZipFile(path) as package:
            check_entries(package, limits)
            budget = limits.unpacked
            for entry in package.infolist():
                size, found = _inspect_part(package, entry, budget, limits)
                budget -= size
                suspicious = suspicious or found
    except BAD_ZIP as error:
        raise Problem("он повреждён или передан не полностью") from error
    return suspicious


def check_entries(package: zipfile.ZipFile, limits: Limits) -> None:
    """Number, declared sizes, names and kinds of the entries."""
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise Problem(f"внутри больше {limits.entries} файлов", "загрузите их по частям")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Problem(*BOMB)
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise Problem(*PASSWORD)
    if stat.S_ISLNK(entry.external_attr >> 16) or _escapes(entry.filename):
        raise Problem("внутри недопустимые имена файлов", "упакуйте файлы заново")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Problem("он сжат необычным способом", "упакуйте или сохраните его заново")


def _escapes(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or bool(re.match("[A-Za-z]:", name))


def unpacked_chunks(package: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    """The entry's content piece by piece; raises `Problem` as soon as it is larger than `budget` bytes."""
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            budget -= len(chunk)
            if budget < 0:
                raise Problem(*BOMB)
            yield chunk


def _inspect_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, limits: Limits) -> tuple[int, bool]:
    """Returns the size of the part as unpacked and whether it may hold formulas that nobody has computed."""
    size, tail, suspicious = 0, b"", False
    bounds, is_xml = BoundsCheck(limits), False
    for chunk in unpacked_chunks(package, entry, budget):
        if not size:
            is_xml = _looks_like_xml(chunk)
        size += len(chunk)
        if is_xml:
            window = tail + chunk
            if b"!" in window and DECLARATION.search(window):
                raise Problem("внутри есть определения сущностей XML, а это опасно")
            bounds.look(tail, window)
            suspicious = suspicious or may_be_uncomputed(window)
        tail = chunk[-OVERLAP:]
    return size, suspicious


def _looks_like_xml(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
        raise Problem("внутри текст в необычной кодировке")
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")

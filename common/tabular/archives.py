"""A zip that people drop instead of many files. Runs in the child."""

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from common.tabular.errors import Problem
from common.tabular.kinds import Kind, kind_of
from common.tabular.limits import MIB, Limits
from common.tabular.packages import BAD_ZIP, check_entries, unpacked_chunks

UTF8_NAME = 0x800
LITTER = ("__MACOSX/", "~$", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a user: `name` as the user knows it, `path` where its content lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was in an archive: (name, path) of each file."""

    files: tuple[tuple[str, str], ...]


def unpacked(path: Path, limits: Limits, into: str) -> Unpacked | None:
    """Writes the files of a plain zip into the folder `into` under names of its own; None for anything else.

    Raises `Problem`.
    """
    if not _begins_like_a_zip(path):
        return None
    if path.stat().st_size > limits.packed:
        raise Problem(f"он больше {limits.packed // MIB} МБ", "разделите его на части")
    if kind_of(path) is not Kind.ARCHIVE:
        return None
    try:
        with zipfile.ZipFile(path) as package:
            files = _extract(package, Path(tempfile.mkdtemp(dir=into)), limits)
    except BAD_ZIP as error:
        raise Problem("он повреждён или передан не полностью") from error
    if not files:
        raise Problem("в архиве нет файлов", "выгрузите их из журнала ещё раз")
    return Unpacked(tuple(files))


def _begins_like_a_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _extract(package: zipfile.ZipFile, into: Path, limits: Limits) -> list[tuple[str, str]]:
    check_entries(package, limits)
    wanted = [entry for entry in package.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
    if len(wanted) > limits.files:
        raise Problem(f"в архиве больше {limits.files} файлов", "загрузите их по частям")
    budget = limits.unpacked
    files = []
    for number, entry in enumerate(wanted):
        target = into / str(number)
        with target.open("wb") as out:
            for chunk in unpacked_chunks(package, entry, budget):
                budget -= len(chunk)
                out.write(chunk)
        files.append((_readable_name(entry), str(target)))
    return files


def _is_litter(name: str) -> bool:
    """What systems leave in archives beside the files."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(LITTER)


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """Windows writes Russian names in cp866 without saying so; the standard takes them for cp437."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename

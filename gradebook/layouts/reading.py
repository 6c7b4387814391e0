"""Gradebook files as the importer asks for them."""

from collections.abc import Iterator, Mapping, Sequence

from common.tabular import Limits, SourceFile, UnreadableFile, read_files
from gradebook.parsed import ParsedFile
from gradebook.profiles import USUAL, ImportProfile


def read_gradebook(
    files: Sequence[SourceFile],
    *,
    profile: ImportProfile = USUAL,
    chosen: Mapping[str, ImportProfile] | None = None,
    year: int | None = None,
    limits: Limits | None = None,
) -> Iterator[ParsedFile | UnreadableFile]:
    """What the files state, in their order; a zip is replaced by the files in it. Parsed in a child process.

    Files of a layout named in `chosen` are read by that profile, all others by `profile`. `year` is the first of the
    school year's two, for files that do not name it. A refused file is answered by an `UnreadableFile` with a message
    for a person; the others are read all the same.
    """
    yield from read_files(
        "gradebook.layouts.parsing:parse_file",
        files,
        returns=("gradebook.parsed",),
        arguments={"profile": profile, "chosen": dict(chosen or {}), "year": year},
        limits=limits,
    )

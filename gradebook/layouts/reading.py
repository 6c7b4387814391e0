"""Gradebook files as the importer asks for them."""

from collections.abc import Iterator, Sequence

from common.tabular import Limits, SourceFile, UnreadableFile, read_files
from gradebook.parsed import ParsedFile
from gradebook.profiles import USUAL, ImportProfile


def read_gradebook(
    files: Sequence[SourceFile],
    *,
    profile: ImportProfile = USUAL,
    year: int | None = None,
    limits: Limits | None = None,
) -> Iterator[ParsedFile | UnreadableFile]:
    """What the files state, in their order; a zip is replaced by the files in it. Parsed in a child process.

    `year` is the first of the school year's two, for files that do not name it. A refused file is answered by an
    `UnreadableFile` with a message for a person; the others are read all the same.
    """
    yield from read_files(
        "gradebook.layouts.parsing:parse_file",
        files,
        returns=("gradebook.parsed",),
        arguments={"profile": profile, "year": year},
        limits=limits,
    )

"""Contingent and staff files as services ask for them: read in a child process."""

from common.tabular import read_content
from school.imports.parsed import ParsedPupils, ParsedStaff

RETURNS = ("school.imports.parsed",)


def read_pupils(content: bytes, name: str) -> ParsedPupils:
    """Pupils that a contingent file states. Raises `UnreadableFile` with a message for a person."""
    parsed: ParsedPupils = read_content("school.imports.layouts:parse_pupils", content, name, returns=RETURNS)
    return parsed


def read_staff(content: bytes, name: str) -> ParsedStaff:
    """Staff that a file states. Raises `UnreadableFile` with a message for a person."""
    parsed: ParsedStaff = read_content("school.imports.layouts:parse_staff", content, name, returns=RETURNS)
    return parsed

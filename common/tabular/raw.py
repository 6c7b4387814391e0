"""The plainest thing to do with a file: hand over its sheets. Runs in the child."""

from pathlib import Path

from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.sheets import Sheet


def sheets_of(path: Path, name: str, limits: Limits) -> list[Sheet]:
    """All sheets of a file, empty ones too. For small files: layouts are parsed where the cells are."""
    return list(read_sheets(path, name, limits))

"""Users' tables: any container (xlsx, ods, xls, HTML, CSV, a zip of them) becomes sheets of cells.

Files of strangers are parsed in a child process with limits of memory and time, no database and no secrets; nothing
here imports Django. `read_files` and `read_content` are the doors.
"""

from common.tabular.address import address
from common.tabular.archives import SourceFile
from common.tabular.errors import Problem, UnreadableFile
from common.tabular.limits import Limits
from common.tabular.running import read_content, read_files
from common.tabular.sheets import Cell, Merge, Row, Sheet, is_filled

__all__ = [
    "Cell",
    "Limits",
    "Merge",
    "Problem",
    "Row",
    "Sheet",
    "SourceFile",
    "UnreadableFile",
    "address",
    "is_filled",
    "read_content",
    "read_files",
]

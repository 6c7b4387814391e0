"""Users' tables: any container (xlsx, ods, xls, HTML, CSV, a zip of them) becomes sheets of cells.

Nothing here imports Django: files of strangers are parsed in a child process that has no database and no secrets.
"""

from common.tabular.address import address
from common.tabular.errors import UnreadableFile
from common.tabular.limits import Limits

__all__ = ["Limits", "UnreadableFile", "address"]

"""One file → its sheets, whatever the container. Runs in the child: see `common.tabular.child`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from common.tabular.delimited import read_delimited
from common.tabular.errors import Problem
from common.tabular.excel import read_excel
from common.tabular.formulas import uncomputed_formulas
from common.tabular.kinds import Kind, kind_of
from common.tabular.limits import MIB, Limits
from common.tabular.markup import read_markup
from common.tabular.opendocument import read_opendocument
from common.tabular.packages import inspect_package
from common.tabular.sheets import Sheet


def read_sheets(path: Path, name: str, limits: Limits) -> Iterator[Sheet]:
    """Checks the file, then yields its sheets one at a time.

    `name` is the file's name as the user knows it. Raises `Problem` for a file that is refused.
    """
    if path.stat().st_size > limits.packed:
        raise Problem(f"он больше {limits.packed // MIB} МБ", "разделите его на части")
    kind = kind_of(path)
    suspicious = kind in (Kind.XLSX, Kind.ODS) and inspect_package(path, limits)
    formulas = uncomputed_formulas(path) if suspicious and kind is Kind.XLSX else {}
    for sheet in _sheets(kind, path, name, limits):
        yield replace(sheet, formulas=formulas[sheet.name]) if sheet.name in formulas else sheet


def _sheets(kind: Kind, path: Path, name: str, limits: Limits) -> Iterator[Sheet]:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    match kind:
        case Kind.XLSX | Kind.XLS:
            return read_excel(path, limits)
        case Kind.ODS:
            return read_opendocument(path, limits)
        case Kind.HTML:
            return read_markup(path, stem, limits)
        case Kind.TEXT:
            return read_delimited(path, stem, limits)
        case Kind.ARCHIVE:
            raise Problem("это архив внутри архива", "загрузите файлы без вложенных архивов")

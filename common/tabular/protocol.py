"""How the application and the child that reads files talk: one request, then one framed answer a file."""

import io
import pickle
import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import EnumType
from typing import Any

from common.tabular.limits import Limits

FRAME = struct.Struct("<Q")
READY = b"ready"
LARGEST_ANSWER = 512 * 1024 * 1024


def _enum_member(kind: Any, name: Any) -> Any:
    """Pickles of Python 3.11.0–3.11.3 name a member of an enumeration by `getattr`; nothing else is got so."""
    if isinstance(kind, EnumType):
        return kind[name]
    raise pickle.UnpicklingError("an attribute is not expected in an answer")


ARRAYS = {("array", "array"): array, ("array", "_array_reconstructor"): array("B").__reduce_ex__(4)[0]}
PLAIN: dict[tuple[str, str], Any] = {
    **ARRAYS,
    ("datetime", "date"): date,
    ("datetime", "datetime"): datetime,
    ("builtins", "frozenset"): frozenset,
    ("builtins", "getattr"): _enum_member,
}
OWN_MODULES = ("common.tabular.errors", "common.tabular.archives", "common.tabular.sheets")


@dataclass(frozen=True, slots=True)
class Request:
    """`entry` is «package.module:function», called as `function(path, name, limits, **arguments)` for each file.

    A plain zip is answered by what was in it, unpacked into the folder `into`; without one it is a file like others.
    """

    entry: str
    files: tuple[tuple[str, str], ...]
    arguments: Mapping[str, Any]
    limits: Limits
    into: str | None = None


class AnswerReader(pickle.Unpickler):
    """Reads an answer of the child without trusting it: only plain data and classes of the modules named."""

    def __init__(self, payload: bytes, modules: tuple[str, ...]) -> None:
        super().__init__(io.BytesIO(payload))
        self.modules = (*OWN_MODULES, *modules)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return PLAIN[module, name]
        if module in self.modules and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not expected in an answer")

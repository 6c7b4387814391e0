"""Logs say what happened and where, never about whom (docs/trust.md, 24).

What an exception says may quote a row: PostgreSQL names the value that stood there, a parser the text before it.
So of an exception the log keeps its kind and the lines of code; of an address the path; of a task its name and outcome.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

_QUERY = re.compile(r"\?[^\s\"']*")
# What Celery puts into its messages besides the name and the number of the task.
_TELLING = ("exc", "args", "kwargs", "return_value", "traceback")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Formats a record without the words of exceptions, without query strings, without tasks' arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the places in the code when there was an exception."""
        discreet = logging.makeLogRecord(record.__dict__)
        discreet.exc_text = None  # another handler may have written the words there
        discreet.args = _discreet(record.args)
        return _QUERY.sub("?…", super().format(discreet))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 — the name is logging's
        """«ValueError» and its lines of code, causes included; not what it said."""
        told = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            told += [f"{type(error).__module__}.{type(error).__qualname__}"]
            told += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)


def _discreet(args: Any) -> Any:
    """Arguments of a message: exceptions by their kind, Celery's telling ones left out."""
    if isinstance(args, Mapping):
        return {key: "…" if key in _TELLING else _kind(value) for key, value in args.items()}
    return tuple(_kind(value) for value in args) if isinstance(args, tuple) else args


def _kind(value: Any) -> Any:
    return type(value).__name__ if isinstance(value, BaseException) else value

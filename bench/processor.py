"""Processor time of a deed in all the processes that do it: what a busy machine disturbs least."""

import gc
import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from bench.figures import processor_seconds

_TICKS = os.sysconf("SC_CLK_TCK")


def work_seconds(deed: Callable[[], object]) -> float:
    """Seconds of processor of this process, of its children that ended meanwhile, and of its database session.

    The session is that of a server on this machine, and works alone: its helpers would not be seen.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    gc.collect()
    began = _spent()
    deed()
    return _spent() - began


def least_work(deed: Callable[[], object], times: int = 5, repeat: int = 1) -> float:
    """The least seconds of processor that a deed took: the turn that other work of the machine disturbed least.

    The server's clock ticks a hundred times a second: a short deed is repeated within a turn.
    """
    return min(work_seconds(lambda: [deed() for _ in range(repeat)]) for _ in range(times)) / repeat


def _spent() -> float:
    return processor_seconds() + _session()


def _session() -> float:
    """The server's process behind our connection. Raises FileNotFoundError when the server is on another machine."""
    told = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS

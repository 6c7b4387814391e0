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


def least_work(deed: Callable[[], object], times: int = 5) -> float:
    """The least seconds of processor that a deed took: the turn that other work of the machine disturbed least."""
    return min(work_seconds(deed) for _ in range(times))


def _spent() -> float:
    return processor_seconds() + _session()


def _session() -> float:
    """The server's process behind our connection. Raises FileNotFoundError when the server is on another machine."""
    process = Path("/proc", str(connection.connection.info.backend_pid))
    exact = process / "schedstat"  # in nanoseconds; not in every kernel
    if exact.exists():
        return int(exact.read_text().split()[0]) / 1e9
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS

"""Going on without the terminal."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

Detach = Callable[[], None]


def in_background(log: Path, work: Callable[[Detach], int]) -> int:
    """Run `work` in a child with a session of its own, and return once it has called what it is given, or has ended.

    Until then the child speaks to our terminal; afterwards to the log, so that nobody waits for its streams. In the
    child this returns what `work` returns; in the parent 0, or the status with which the child ended too early.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        os.setsid()
        return work(lambda: _detach(log, writer))
    os.close(writer)
    return _wait_for(pid, reader)


def _wait_for(pid: int, reader: int) -> int:
    try:
        ready = os.read(reader, 1)
    except KeyboardInterrupt:
        os.kill(pid, signal.SIGTERM)
        ready = b""
    if ready:
        return 0
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _detach(log: Path, writer: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDONLY)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nowhere, 0), (written, 1), (written, 2)):
        os.dup2(source, target)
    os.write(writer, b"!")
    os.close(writer)

"""The process that reads files of strangers: `python -m common.tabular.child`.

It has limits of memory and time, no database and no secrets in its environment, and does not import Django. A file
that makes a reader abort or grow takes only this process with it.
"""

import gc
import importlib
import math
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from common.tabular.archives import unpacked
from common.tabular.errors import Problem, UnreadableFile, unreadable
from common.tabular.limits import Limits
from common.tabular.protocol import FRAME, READY, Request

GRACE = 10
OUR_CODE = Path(__file__).resolve().parents[2]
TOO_LARGE = Problem("для его разбора не хватает памяти", "разделите его на части")
UNEXPECTED = Problem("он устроен неожиданно")


def main() -> None:
    """Read one request, answer for each of its files in their order, end."""
    gc.disable()  # cells make no cycles, and looking for some among millions costs more than reading them
    request: Request = pickle.load(sys.stdin.buffer)  # noqa: S301 — written by the application itself
    answers = _private_output()
    _limit_process(request.limits)
    module, _, function = request.entry.partition(":")
    entry = getattr(importlib.import_module(module), function)
    answers.write(READY)
    answers.flush()
    for name, path in request.files:
        _limit_time(request.limits)
        answer = _answer(entry, Path(path), name, request)
        answers.write(FRAME.pack(len(answer)))
        answers.write(answer)
        answers.flush()


def _private_output() -> BinaryIO:
    """Standard output for answers alone: what libraries print goes to standard error."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _limit_process(limits: Limits) -> None:
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.unpacked)


def _lower(kind: int, wanted: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (value, hard))


def _limit_time(limits: Limits) -> None:
    """So many seconds for the next file; past them the system ends the process, even without its parent."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(spent.ru_utime + spent.ru_stime) + limits.cpu_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + GRACE)


def _answer(entry: Callable[..., object], path: Path, name: str, request: Request) -> bytes:
    try:
        found = unpacked(path, request.limits, request.into) if request.into else None
        return pickle.dumps(found or entry(path, name, request.limits, **request.arguments), protocol=5)
    except UnreadableFile as refusal:
        told = refusal
    except Problem as problem:
        told = unreadable(name, problem)
    except MemoryError:
        told = unreadable(name, TOO_LARGE)
    except BaseException as error:  # a reader's panic is no Exception; the parent logs the places
        told = unreadable(name, UNEXPECTED, trace=_places(error))
    return pickle.dumps(told, protocol=5)


def _places(error: BaseException) -> str:
    """Where in our code it happened: no values, because values are people's data."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(OUR_CODE)]
    places = [f"{Path(frame.filename).relative_to(OUR_CODE)}:{frame.lineno}" for frame in own[-6:]]
    return f"{type(error).__name__} at {' > '.join(places)}"


if __name__ == "__main__":
    main()

"""Reading files in a child process, as the application sees it."""

import logging
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from common.tabular.archives import SourceFile, Unpacked
from common.tabular.errors import Problem, UnreadableFile, unreadable
from common.tabular.limits import MIB, Limits
from common.tabular.protocol import FRAME, LARGEST_ANSWER, READY, AnswerReader, Request

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
TOO_LONG = Problem("его разбор занял слишком много времени", "разделите его на части")
BROKEN = Problem("он повреждён или слишком велик для чтения")
MISSING = Problem("его нет или нет права его читать", "выберите его ещё раз")
TIME_SIGNALS = {signal.SIGXCPU, signal.SIGALRM}


class ChildLost(Exception):  # noqa: N818 — what happened, not a fault of ours
    """The child ended, or had to be ended, before it answered for a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.cause)
        self.problem = problem


def read_files(
    entry: str,
    files: Sequence[SourceFile],
    *,
    returns: tuple[str, ...],
    arguments: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Iterator[Any]:
    """What `entry` (see `Request`) answers for each file, in their order, or `UnreadableFile` in its place.

    A plain zip is replaced by the files in it. `returns` names the modules whose classes the answers are made of.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="tabular-") as folder:
        ask = Request(entry, (), arguments or {}, limits, into=folder)
        left = deque(files)
        while left:
            yield from _read_some(left, ask, returns)


def read_content(
    entry: str,
    content: bytes,
    name: str,
    *,
    returns: tuple[str, ...],
    arguments: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Any:
    """What `entry` answers for one file that is in memory. Raises `UnreadableFile`, also for a zip of several."""
    with tempfile.NamedTemporaryFile(prefix="tabular-") as file:
        file.write(content)
        file.flush()
        source = SourceFile(name, Path(file.name))
        answers = list(read_files(entry, [source], returns=returns, arguments=arguments, limits=limits))
    if len(answers) != 1:
        raise unreadable(name, Problem("в архиве больше одного файла", "загрузите нужный файл отдельно"))
    if isinstance(answers[0], UnreadableFile):
        raise answers[0]
    return answers[0]


def _read_some(left: deque[SourceFile], ask: Request, returns: tuple[str, ...]) -> Iterator[Any]:
    """Answers for the first of the files that are left, and takes them out: as far as one child goes."""
    run = list(takewhile(_can_be_read, left))
    if not run:
        yield unreadable(left.popleft().name, MISSING)
    with closing(_run_in_child(run, ask, returns)) as answers:
        for answer in answers:
            left.popleft()
            if isinstance(answer, Unpacked):
                break
            yield answer
        else:
            return
    inside = [SourceFile(name, Path(path)) for name, path in answer.files]
    yield from _run_in_child(inside, replace(ask, into=None), returns)


def _can_be_read(file: SourceFile) -> bool:
    """Whether there is such a file, and a right to read it."""
    try:
        with file.path.open("rb"):
            return True
    except OSError:
        return False


def _run_in_child(files: Sequence[SourceFile], ask: Request, returns: tuple[str, ...]) -> Generator[Any]:
    """One answer a file. A child that is lost on a file is replaced; a file that loses a fresh child is refused."""
    left = list(files)
    while left:
        with _Child(replace(ask, files=_plain(left)), returns) as child:
            answered = 0
            try:
                for file in left:
                    answer = child.answer(ask.limits.wall_seconds)
                    answered += 1
                    yield _logged(answer, file)
            except ChildLost as lost:
                if not answered:
                    yield unreadable(left[0].name, lost.problem)
                    answered = 1
        left = left[answered:]


def _plain(files: Sequence[SourceFile]) -> tuple[tuple[str, str], ...]:
    return tuple((file.name, str(file.path.resolve())) for file in files)


def _logged(answer: Any, file: SourceFile) -> Any:
    if isinstance(answer, UnreadableFile) and answer.trace:
        logger.error("A file of %d bytes could not be read: %s", file.path.stat().st_size, answer.trace)
    return answer


def _environment() -> dict[str, str]:
    """What the child needs to find the code; neither secrets nor addresses of the databases."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {"PYTHONPATH": path, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}


class _Child:
    """One process of `common.tabular.child`, ended with the block whatever happens."""

    def __init__(self, request: Request, returns: tuple[str, ...]) -> None:
        self.request = request
        self.returns = returns
        self.ready = False

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(  # our own module, no shell
            [sys.executable, "-s", "-m", "common.tabular.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(),
            start_new_session=True,
        )
        self._ask()
        return self

    def _ask(self) -> None:
        assert self.process.stdin
        try:
            with self.process.stdin as pipe:
                pickle.dump(self.request, pipe)
        except BrokenPipeError:
            logger.error("The child that reads files ended before it was asked")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def answer(self, seconds: float) -> Any:
        """The answer for the next file. Raises `ChildLost`."""
        if not self.ready:
            self._read(len(READY), time.monotonic() + START_SECONDS)
            self.ready = True
        deadline = time.monotonic() + seconds
        (size,) = FRAME.unpack(self._read(FRAME.size, deadline))
        if size > LARGEST_ANSWER:
            raise ChildLost(Problem(f"в нём больше {LARGEST_ANSWER // MIB} МБ данных", "разделите его на части"))
        payload = self._read(size, deadline)
        try:
            return AnswerReader(payload, self.returns).load()
        except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError) as error:
            logger.error("The child that reads files answered strangely: %s", type(error).__name__)
            raise ChildLost(BROKEN) from error

    def _read(self, size: int, deadline: float) -> bytes:
        assert self.process.stdout
        pipe = self.process.stdout.fileno()
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        pieces = bytearray()
        while len(pieces) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise ChildLost(TOO_LONG)
            piece = os.read(pipe, min(size - len(pieces), MIB))
            if not piece:
                raise ChildLost(self._why_it_ended())
            pieces += piece
        return bytes(pieces)

    def _why_it_ended(self) -> Problem:
        code = self.process.wait(timeout=30)
        return TOO_LONG if -code in TIME_SIGNALS else BROKEN

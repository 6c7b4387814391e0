"""HTML to PDF, in a process of its own that holds WeasyPrint alone (it needs Pango, and much memory for a while)."""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Lock
from typing import IO, TypeVar

from common.errors import Refused
from documents.rendering.frames import Say, hear, say
from documents.rendering.own import own_content

PANGO_MISSING = (
    "PDF на этом сервере пока не сделать: не установлена библиотека Pango. Администратору: установите пакеты "
    "libpango-1.0-0, libpangoft2-1.0-0 и libharfbuzz-subset0 (./opora doctor назовёт команду). "
    "Отчёт можно получить в Excel."
)
ToldT = TypeVar("ToldT")
MadeT = TypeVar("MadeT")
SIDE_BY_SIDE = 2  # processes that make one job's PDFs
_MADE_BY_ONE = 50  # what a process has read stays in its memory: it is replaced now and then
_ROOT = Path(__file__).resolve().parents[2]
# What finds libraries and the fonts' cache; neither secrets nor addresses of the databases.
_KEPT = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "TMPDIR")


class PdfUnavailable(Refused):
    """The machine lacks what PDFs are made with."""

    def __init__(self) -> None:
        super().__init__(PANGO_MISSING)


class PdfFailed(Exception):  # noqa: N818 — what happened to the process
    """The process that makes PDFs failed or ended; the text names places of the code, no data."""


class _Ended(PdfFailed):
    """It was killed, or ended by itself, with the answer unsaid."""


@dataclass(frozen=True)
class Group:
    """Pages one after another in one PDF; `sheets`: how many each of them took."""

    content: bytes
    sheets: tuple[int, ...]


def render_pdf(html: str) -> bytes:
    """A whole HTML page (see `templates/documents/base_document.html`) as PDF, the same bytes for the same page.

    Nothing is fetched but the application's own static files, by addresses like `opora:documents/print.css`. Raises
    `PdfUnavailable`, `PdfFailed`, and LookupError for an own address of nothing.
    """
    if not _standing.lock.acquire(blocking=False):  # by another thread of this process
        with PdfProcess() as process:
            return process.render(html)
    try:
        return _standing.process.render(html)
    except BaseException:
        _standing.process.end()  # the rest of an answer that was not heard out must not be taken for the next
        raise
    finally:
        _standing.lock.release()


def render_pdfs(pages: Iterable[str], workers: int = SIDE_BY_SIDE) -> Generator[bytes, None, None]:
    """PDFs of many pages in their order, as `render_pdf` makes them, by so many processes side by side.

    Pages are asked for as they are needed, in the caller's thread: a few wait for a free process, no more.
    """
    return _side_by_side(pages, PdfProcess.render, workers)


def render_groups(groups: Iterable[Sequence[str]], workers: int = SIDE_BY_SIDE) -> Generator[Group, None, None]:
    """As `render_pdfs`, but each group of pages in one PDF: they share their fonts, and are soon joined with others.

    Every page is laid out and numbered as it would be alone. A group has neither structure nor bookmarks to keep.
    """
    return _side_by_side(groups, PdfProcess.render_group, workers)


def _side_by_side(
    told: Iterable[ToldT], deed: "Callable[[PdfProcess, ToldT], MadeT]", workers: int
) -> Generator[MadeT, None, None]:
    free: Queue[PdfProcess] = Queue()
    pool = ThreadPoolExecutor(workers)  # the threads only wait for their processes
    with ExitStack() as stack:
        for _ in range(workers):
            free.put(stack.enter_context(PdfProcess()))
        try:
            waiting: deque[Future[MadeT]] = deque()
            for one in told:
                waiting.append(pool.submit(_by_a_free_one, free, deed, one))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _by_a_free_one(free: "Queue[PdfProcess]", deed: "Callable[[PdfProcess, ToldT], MadeT]", told: ToldT) -> MadeT:
    process = free.get()
    try:
        return deed(process, told)
    finally:
        free.put(process)


class PdfProcess:
    """A process that makes PDFs one after another, begun with the first; after some it is replaced by a new one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._over = False

    def __enter__(self) -> "PdfProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self.end()

    def render(self, html: str) -> bytes:
        """As `render_pdf`."""
        return self._ask(Say.PAGE, html.encode(), 1).content

    def render_group(self, pages: Sequence[str]) -> Group:
        """As `render_groups`."""
        return self._ask(Say.GROUP, json.dumps(pages).encode(), len(pages))

    def _ask(self, what: Say, told: bytes, number: int) -> Group:
        """The answer; where the process was killed on the way, another is asked the same, once."""
        try:
            return self._answer(what, told, number)
        except _Ended:
            if self._over:
                raise
            self.end()
            return self._answer(what, told, number)

    def _answer(self, what: Say, told: bytes, number: int) -> Group:
        if self._made >= _MADE_BY_ONE:
            self.end()
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        self._made += number
        try:
            say(process.stdin, what, told)
            return _made(process.stdin, process.stdout)
        except (EOFError, BrokenPipeError):
            raise _Ended(f"the process ended: {process.wait()}") from None

    def end(self) -> None:
        """End it; the next page begins another."""
        process, self._process, self._made = self._process, None, 0
        if process is not None:
            process.kill()
            process.communicate()


class _Standing:
    """The process for single PDFs: it stays for the next one, as loading WeasyPrint takes longer than most pages."""

    def __init__(self) -> None:
        self.renew()
        os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        """A fork talks with a process of its own, not with its parent's."""
        self.process = PdfProcess()
        self.lock = Lock()


_standing = _Standing()


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # our own module, no shell
        [sys.executable, "-s", "-m", "documents.rendering.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH", ""), str(_ROOT)]))
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}


def _made(questions: IO[bytes], answers: IO[bytes]) -> Group:
    """Hand out the files that are asked for, take the PDF."""
    sheets: tuple[int, ...] = ()
    while True:
        what, content = hear(answers)
        match what:
            case Say.WANT:
                file = own_content(content.decode())
                say(questions, Say.NO_FILE if file is None else Say.FILE, file or b"")
            case Say.SHEETS:
                sheets = tuple(json.loads(content))
            case Say.PDF:
                return Group(content, sheets)
            case Say.LACKS_FILE:
                raise LookupError(content.decode())
            case Say.LACKS_PANGO:
                raise PdfUnavailable
            case _:
                raise PdfFailed(content.decode())

"""HTML to PDF, in a process of its own that holds WeasyPrint alone (it needs Pango, and much memory for a while)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from common.errors import Refused
from documents.rendering.frames import Say, hear, say
from documents.rendering.own import own_content

PANGO_MISSING = (
    "PDF на этом сервере пока не сделать: не установлена библиотека Pango. Администратору: установите пакеты "
    "libpango-1.0-0, libpangoft2-1.0-0 и libharfbuzz-subset0 (./opora doctor назовёт команду). "
    "Отчёт можно получить в Excel."
)
_ROOT = Path(__file__).resolve().parents[2]
# What finds libraries and the fonts' cache; neither secrets nor addresses of the databases.
_KEPT = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "TMPDIR")


class PdfUnavailable(Refused):
    """The machine lacks what PDFs are made with."""

    def __init__(self) -> None:
        super().__init__(PANGO_MISSING)


class PdfFailed(Exception):  # noqa: N818 — what happened to the process
    """The process that makes PDFs failed or ended; the text names places of the code, no data."""


def render_pdf(html: str) -> bytes:
    """A whole HTML page (see `templates/documents/base_document.html`) as PDF, the same bytes for the same page.

    Nothing is fetched but the application's own static files, by addresses like `opora:documents/print.css`. Raises
    `PdfUnavailable`, `PdfFailed`, and LookupError for an own address of nothing.
    """
    process = subprocess.Popen(  # our own module, no shell
        [sys.executable, "-s", "-m", "documents.rendering.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=_environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        return _made(process.stdin, process.stdout, html)
    except (EOFError, BrokenPipeError):
        raise PdfFailed(f"the process ended: {process.wait()}") from None
    finally:
        process.kill()
        process.communicate()


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH", ""), str(_ROOT)]))
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}


def _made(questions: IO[bytes], answers: IO[bytes], html: str) -> bytes:
    """Say the page, hand out the files that are asked for, take the PDF."""
    say(questions, Say.PAGE, html.encode())
    while True:
        what, content = hear(answers)
        match what:
            case Say.WANT:
                file = own_content(content.decode())
                say(questions, Say.NO_FILE if file is None else Say.FILE, file or b"")
            case Say.PDF:
                return content
            case Say.LACKS_FILE:
                raise LookupError(content.decode())
            case Say.LACKS_PANGO:
                raise PdfUnavailable
            case _:
                raise PdfFailed(content.decode())

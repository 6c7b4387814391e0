"""PDFs in a process of their own (see `bench.apart`), which loads nothing beyond what makes them. Memory is in MiB."""

import io
import threading
from pathlib import Path

from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from bench.figures import processor_seconds
from documents.rendering.own import own_content
from documents.rendering.pdf import PdfProcess
from documents.rendering.weasy import SCHEME, OwnFilesOnly

_LOOK_SECONDS = 0.003


def pdf_peak(path: str) -> dict[str, float]:
    """What one PDF of a page kept in a file takes: seconds of processor, the most memory, that of an empty page, pages.

    Memory is that of the process that makes the PDF, and what this one, which asks for it, grew by meanwhile.
    """
    html = Path(path).read_text(encoding="utf-8")
    _, empty = _watched("<html lang=ru><p>")  # fonts' caches are filled
    before, began = peak(), processor_seconds()
    made, most = _watched(html)
    return {
        "seconds": processor_seconds() - began,
        "empty": empty,
        "peak": most + peak() - before,
        "pages": pages_of(made),
    }


def _watched(html: str) -> tuple[bytes, float]:
    """The PDF, and the most memory that the process which makes it has had: its mark only rises."""
    seen, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(seen, done))
    watcher.start()
    try:
        return made_apart(html), seen[0]
    finally:
        done.set()
        watcher.join()


def _watch(seen: list[float], done: threading.Event) -> None:
    while not done.wait(_LOOK_SECONDS):
        for task in Path("/proc/self/task").iterdir():
            for child in (task / "children").read_text().split():
                seen[0] = max(seen[0], _mark(Path("/proc", child, "status")))


def _mark(status: Path) -> float:
    """The most resident memory of a process; 0 of one that has ended."""
    try:
        told = status.read_text().partition("VmHWM:")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(told[0]) / 1024 if told else 0.0


def made_apart(html: str) -> bytes:
    """As the application makes a PDF, by a process that ends with it: what one that stays has taken is not told."""
    with PdfProcess() as process:
        return process.render(html)


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def weasyprint_alone(html: str) -> bytes:
    """WeasyPrint on a page, with the fonts and files of our documents and nothing else of ours."""
    page = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=OwnFilesOnly(own_content))
    made: bytes = page.write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return made


def peak() -> float:
    """Of this process since it began: `ru_maxrss` would count the process that started it."""
    return _mark(Path("/proc/self/status"))

"""PDFs in a process of their own (see `bench.apart`), which loads nothing beyond what makes them. Memory is in MiB."""

import io
import time
from pathlib import Path

from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from documents.rendering.pdf import render_pdf
from documents.rendering.weasy import SCHEME, OwnFilesOnly


def pdf_peak(path: str) -> dict[str, float]:
    """What one PDF of a page kept in a file takes: seconds of processor, the most memory, that before it, pages."""
    html = Path(path).read_text(encoding="utf-8")
    render_pdf("<html lang=ru><p>")  # libraries and fonts are loaded
    empty, began = peak(), time.process_time()
    made = render_pdf(html)
    return {"seconds": time.process_time() - began, "empty": empty, "peak": peak(), "pages": pages_of(made)}


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def weasyprint_alone(html: str) -> bytes:
    """WeasyPrint on a page, with the fonts and files of our documents and nothing else of ours."""
    page = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=OwnFilesOnly())
    made: bytes = page.write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return made


def peak() -> float:
    """Of this process since it began: `ru_maxrss` would count the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

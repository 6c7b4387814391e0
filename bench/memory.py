"""What is measured in a process of its own (see `bench.apart`). All in MiB."""

import gc
import io
import resource
import time
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from bench.data import deputy_of
from bench.lists import stack
from common.tabular import SourceFile, UnreadableFile
from documents.rendering.pdf import render_pdf
from documents.rendering.weasy import SCHEME, OwnFilesOnly
from gradebook.layouts import read_gradebook
from school.models import School

UPLOADS = 3


def parser_peak(path: str) -> dict[str, float]:
    """The most memory of the process that reads a workbook."""
    answers = list(read_gradebook([SourceFile(Path(path).name, Path(path))]))
    if any(isinstance(answer, UnreadableFile) for answer in answers):
        raise AssertionError(answers)
    return {"peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def web_growth(path: str, school: str) -> dict[str, float]:
    """By how much a web process is larger after a workbook was uploaded through the page, and while it was."""
    content = Path(path).read_bytes()
    with override_settings(**stack()):
        client = Client(SERVER_NAME="localhost")
        client.force_login(deputy_of(School.objects.get(pk=school)))
        _upload(client, content[:1000])
        before = _resident()
        for _ in range(UPLOADS):
            _upload(client, content)
        return {"kept": _resident() - before, "peak": _peak() - before}


def _upload(client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("Отметки.xlsx", content)
    status = client.post(reverse("gradebook:imports"), {"chosen": file, "period": ""}).status_code
    if status != 302:
        raise AssertionError(f"upload: {status}")


def pdf_peak(path: str) -> dict[str, float]:
    """The most memory of a process that makes one PDF of a page kept in a file; seconds of processor, pages."""
    html = Path(path).read_text(encoding="utf-8")
    render_pdf("<p>")  # libraries and fonts are loaded
    began = time.process_time()
    made = render_pdf(html)
    return {"seconds": time.process_time() - began, "peak": _peak(), "pages": pages_of(made)}


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def weasyprint_alone(html: str) -> bytes:
    """WeasyPrint on a page, with the fonts and files of our documents and nothing else of ours."""
    page = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=OwnFilesOnly())
    made: bytes = page.write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    return made


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    """Of this process since it began: `ru_maxrss` would count the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

"""What is measured in a process of its own (see `bench.apart`). All in MiB."""

import gc
import resource
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from bench.data import deputy_of
from bench.lists import stack
from bench.papers import peak
from common.tabular import SourceFile, UnreadableFile
from gradebook.layouts import read_gradebook
from school.models import School

UPLOADS = 3


def parser_peak(*paths: str) -> dict[str, float]:
    """The most memory of the process that reads workbooks."""
    answers = list(read_gradebook([SourceFile(Path(path).name, Path(path)) for path in paths]))
    if any(isinstance(answer, UnreadableFile) for answer in answers):
        raise AssertionError(answers)
    return {"peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def web_growth(school: str, *paths: str) -> dict[str, float]:
    """By how much a web process is larger after workbooks were uploaded through the page, and while they were."""
    contents = [Path(path).read_bytes() for path in paths]
    with override_settings(**stack()):
        client = Client(SERVER_NAME="localhost")
        client.force_login(deputy_of(School.objects.get(pk=school)))
        _upload(client, contents[0][:1000])
        before = _resident()
        for _ in range(UPLOADS):
            _upload(client, *contents)
        return {"kept": _resident() - before, "peak": peak() - before}


def _upload(client: Client, *contents: bytes) -> None:
    files = [SimpleUploadedFile(f"Отметки {number}.xlsx", content) for number, content in enumerate(contents)]
    status = client.post(reverse("gradebook:imports"), {"chosen": files, "period": ""}).status_code
    if status != 302:
        raise AssertionError(f"upload: {status}")


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20

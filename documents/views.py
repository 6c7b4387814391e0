"""Background work of a person, and the files that came of it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from documents.models import Job, StoredFile
from documents.selectors import job_by_id, job_line, jobs_of
from documents.services.files import FileGone, file_open_for
from documents.services.jobs import job_cancel
from school.models import User

_PER_PAGE = 30


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """The person's work: what runs, what is done, what failed."""
    page = Paginator(jobs_of(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    lines = [job_line(request.user, job) for job in page.object_list]
    busy = any(not line.job.is_finished for line in lines)
    return render(request, "documents/job_list.html", {"page": page, "lines": lines, "busy": busy})


@require_GET
def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a job is, and what came of it; the page asks again by itself while it is unfinished."""
    job = _own_job(request, pk)
    response = render(request, "documents/job_detail.html", {"line": job_line(request.user, job)})
    if job.is_finished and request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def job_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a job off."""
    job = _own_job(request, pk)
    try:
        job_cancel(by=_person(request), job=job)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Отменено: {job.title}. Ничего не изменено.")
    return redirect("documents:job", pk=pk)


@require_GET
def file_download(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file to the person's disk; the right is asked anew, and what they may not have does not exist."""
    file = StoredFile.objects.filter(pk=pk).first()
    try:
        opened = file_open_for(_person(request), _known(file))
    except FileGone as gone:
        raise Http404(gone.message) from None
    response = FileResponse(
        opened.content, as_attachment=True, filename=opened.file.name, content_type=opened.file.content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _known(file: StoredFile | None) -> StoredFile:
    if file is None:
        raise FileGone
    return file


def _own_job(request: HttpRequest, pk: UUID) -> Job:
    job = job_by_id(request.user, pk)
    if job is None:
        raise Http404("Такой работы у вас нет.")
    return job


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user

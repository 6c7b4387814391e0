"""The background work of imports: reading a batch's files, and writing what was previewed."""

from typing import Any

from django.urls import reverse

from common.errors import Refused
from documents.models import Job
from documents.registry import JobOutcome, JobRun, Params
from documents.services.jobs import job_request
from gradebook.permissions import can_import_gradebook
from gradebook.services.batches import PreviewChanged, batch_read, batch_write
from school.access import access_of
from school.models import ImportBatch, User

READ = "gradebook.import_read"
WRITE = "gradebook.import_write"


def read_request(*, by: User, batch: ImportBatch, key: str) -> Job:
    """Order the reading of a batch; a new `key` reads it again."""
    params = {"batch": batch.pk, "school": batch.school_id}
    title = f"Чтение файлов, пачка № {batch.pk}"
    return job_request(by=by, school=batch.school, kind=READ, params=params, key=f"{batch.pk}:{key}", title=title)


def write_request(*, by: User, batch: ImportBatch, accept: bool, key: str) -> Job:
    """Order the writing of a previewed batch."""
    params = {"batch": batch.pk, "school": batch.school_id, "accept": accept}
    title = f"Запись отметок, пачка № {batch.pk}"
    return job_request(by=by, school=batch.school, kind=WRITE, params=params, key=f"{batch.pk}:{key}", title=title)


def run_read(run: JobRun) -> JobOutcome:
    """Read the files and keep the preview."""
    batch = _batch(run)
    run.progress(5, f"Читаем файлы: {batch.files.count()}")
    batch = batch_read(by=run.user, batch=batch)
    told = "Файлы не приняты." if batch.state == ImportBatch.State.REFUSED else "Файлы прочитаны."
    return JobOutcome(message=told, link=_address(batch))


def run_write(run: JobRun) -> JobOutcome:
    """Write the batch; when the data changed since the preview, keep a new one and say so."""
    params: Any = run.params
    batch = _batch(run)
    run.progress(10, "Записываем")
    try:
        batch_write(by=run.user, batch=batch, accept=bool(params["accept"]))
    except PreviewChanged as changed:
        batch_read(by=run.user, batch=batch)
        return JobOutcome(message=changed.message, link=_address(batch))
    return JobOutcome(message="Записано.", link=_address(batch))


def may_import(user: User, params: Params) -> bool:
    """Those who import, in their own school."""
    school = access_of(user).school
    return school is not None and school.pk == params["school"] and can_import_gradebook(user)


def _batch(run: JobRun) -> ImportBatch:
    params: Any = run.params
    batch = ImportBatch.objects.filter(pk=params["batch"], school=run.school).select_related("school").first()
    if batch is None:
        raise Refused("Такой пачки больше нет.")
    return batch


def _address(batch: ImportBatch) -> str:
    return reverse("gradebook:import", args=[batch.pk])

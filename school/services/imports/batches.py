"""The life of a batch of pupils or staff: preview, write, discard."""

import hashlib
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ContingentChanged
from school.imports.pupils import PupilDecision, PupilsPlan, plan_pupils
from school.imports.reading import read_pupils, read_staff
from school.imports.staff import StaffDecision, StaffPlan, plan_staff
from school.models import AcademicYear, ImportBatch, ImportFile, School, User
from school.selectors import current_year
from school.services.imports.pupils import write_pupils
from school.services.imports.reading import read_collective, read_contingent
from school.services.imports.record import Recorder
from school.services.imports.staff import write_staff

Plan = PupilsPlan | StaffPlan
Kind = ImportBatch.Kind
State = ImportBatch.State
COUNTS = ("created", "updated", "unchanged", "classes")


def _year(school: School) -> AcademicYear:
    year = current_year(school)
    if year is None:
        raise Refused("В школе нет учебного года: создайте его в настройках школы.")
    return year


def _plan(kind: str, year: AcademicYear, content: bytes, name: str) -> Plan:
    """Read the file in a child process and decide about its rows; nothing is written."""
    if kind == Kind.PUPILS:
        return plan_pupils(read_pupils(content, name), read_contingent(year))
    return plan_staff(read_staff(content, name), read_collective(year))


def _digest(plan: Plan) -> str:
    return hashlib.sha256(repr(plan).encode()).hexdigest()


def _summary(plan: Plan) -> dict[str, Any]:
    """Counts, refusals and one line a row, as the preview and the headless answer show them."""
    return {
        "created": plan.count("created"),
        "updated": plan.count("updated", "moved"),
        "moved": plan.count("moved"),
        "unchanged": plan.count("unchanged"),
        "classes": plan.classes,
        "rejected": [asdict(cell) for cell in plan.rejected],
        "new_classes": [f"{grade}{letter}" for grade, letter in sorted(plan.new_classes.values())],
        "lines": [_line(decision) for decision in plan.decisions if decision.kind != "unchanged"],
    }


def _line(decision: PupilDecision | StaffDecision) -> dict[str, Any]:
    row = decision.row
    return {
        "kind": decision.kind,
        "sheet": row.sheet,
        "cell": row.cells.get("last_name", f"A{row.row + 1}"),
        "name": " ".join((row.last_name, row.first_name, row.middle_name)).strip(),
        "class": decision.class_name if isinstance(decision, PupilDecision) else "",
        "notes": list(decision.notes),
    }


def counts_of(batch: ImportBatch) -> dict[str, Any]:
    """The headless answer about a batch."""
    told = {name: batch.summary.get(name, 0) for name in COUNTS}
    return {
        "batch": batch.pk,
        "created": told["created"],
        "updated": told["updated"],
        "unchanged": told["unchanged"],
        "rejected": batch.summary.get("rejected", []),
        "classes": told["classes"],
    }


@deed
def batch_preview(
    *, by: User | None, school: School, kind: str, name: str, content: bytes, year: AcademicYear | None = None
) -> ImportBatch:
    """Keep the file and say what it would change; nothing else is written.

    `kind` is `ImportBatch.Kind.PUPILS` or `STAFF`; `year`: of the classes in the file, the current one by default.
    Raises `UnreadableFile` (common.tabular) or `Refused`.
    """
    year = year or _year(school)
    return _begin(by, year, kind, name, content, _plan(kind, year, content, name))


def _begin(by: User | None, year: AcademicYear, kind: str, name: str, content: bytes, plan: Plan) -> ImportBatch:
    batch = ImportBatch.objects.create(
        school=year.school,
        year=year,
        kind=kind,
        state=State.PREVIEW,
        by=by,
        options={"digest": _digest(plan)},
        summary=_summary(plan),
    )
    kept = ImportFile(batch=batch, name=name[:255], size=len(content), sha256=hashlib.sha256(content).hexdigest())
    kept.content.save("file", ContentFile(content), save=True)
    return batch


def _lock_school(pk: int) -> None:
    """Imports of one school follow each other."""
    School.objects.select_for_update(no_key=True).get(pk=pk)


def _locked(batch: ImportBatch) -> ImportBatch:
    """The batch for writing, behind the lock of its school."""
    _lock_school(batch.school_id)
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("school", "year").get(pk=batch.pk)


def _plan_again(batch: ImportBatch) -> tuple[AcademicYear, Plan]:
    file = batch.files.get()
    year = batch.year or _year(batch.school)
    with file.content.open("rb") as stream:
        return year, _plan(batch.kind, year, stream.read(), file.name)


@deed
def batch_refresh(*, by: User | None, batch: ImportBatch) -> ImportBatch:
    """Decide anew against what the school knows now."""
    batch = _locked(batch)
    _must_be_preview(batch)
    _, plan = _plan_again(batch)
    batch.options = {"digest": _digest(plan)}
    batch.summary = _summary(plan)
    batch.save(update_fields=["options", "summary"])
    return batch


def _must_be_preview(batch: ImportBatch) -> None:
    if batch.state != State.PREVIEW:
        raise Refused(f"Эта пачка уже не ждёт решения: {batch.get_state_display()}.")


@deed
def batch_apply(*, by: User | None, batch: ImportBatch) -> ImportBatch:
    """Write exactly what was previewed; a second call changes nothing.

    Raises `Refused` when the school's data changed since the preview: `batch_refresh` shows what would be written now.
    """
    batch = _locked(batch)
    if batch.state == State.APPLIED:
        return batch
    _must_be_preview(batch)
    year, plan = _plan_again(batch)
    if _digest(plan) != batch.options.get("digest"):
        raise Refused("Пока вы смотрели, данные школы изменились: проверьте список ещё раз.")
    _write(batch, year, plan)
    return batch


def _write(batch: ImportBatch, year: AcademicYear, plan: Plan) -> None:
    batch.state = State.APPLIED
    batch.applied_at = timezone.now()
    batch.save(update_fields=["state", "applied_at"])
    recorder = Recorder(batch)
    if isinstance(plan, PupilsPlan):
        pupils = write_pupils(recorder, year, plan)
        recorder.save()
        publish(ContingentChanged(batch.school, pupils))
    else:
        write_staff(recorder, year, plan)
        recorder.save()


@deed
def batch_discard(*, by: User | None, batch: ImportBatch) -> ImportBatch:
    """Refuse a previewed batch: nothing of it is written, its file is not kept."""
    batch = _locked(batch)
    _must_be_preview(batch)
    batch.state = State.DISCARDED
    batch.summary = {}
    batch.save(update_fields=["state", "summary"])
    for file in batch.files.all():
        transaction.on_commit(partial(file.content.delete, save=False))
    return batch


@deed
def file_import(*, by: User | None, school: School, kind: str, name: str, content: bytes) -> ImportBatch:
    """Decide and write at once, without a preview: the headless way. Raises as `batch_preview` does."""
    _lock_school(school.pk)
    year = _year(school)
    plan = _plan(kind, year, content, name)
    batch = _begin(by, year, kind, name, content, plan)
    _write(batch, year, plan)
    return batch

"""A batch on its way through the pages: uploaded, read, previewed, settled, written or discarded."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.db import transaction

from common.authorship import deed
from common.errors import Refused
from common.names import name_key
from common.tabular import SourceFile
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.people import RowKey
from gradebook.imports.plan import Plan
from gradebook.imports.preview import preview_of
from gradebook.imports.yearbook import class_name_key
from gradebook.models import NameMatch
from gradebook.parsed import ParsedFile
from gradebook.selectors_settling import grade_of_code, root_of, rows_left
from gradebook.services.earlier import earlier_year_open, earlier_years_take_back
from gradebook.services.imports import FilesRefused, files_read, plan_files, plan_write
from school.models import AcademicYear, ImportBatch, ImportFile, Pupil, School, Subject, SubjectAlias, User

MAX_FILES = 300


class Upload(Protocol):
    """A file as a form hands it over."""

    name: str | None

    def read(self) -> bytes:
        """Its bytes."""


class PreviewChanged(Refused):
    """The database changed since the preview: the page shows the new one."""

    def __init__(self) -> None:
        super().__init__("После проверки данные изменились, поэтому ничего не записано. Посмотрите проверку ещё раз.")


@deed
def batch_open(
    *, by: User, school: School, uploads: Sequence[Upload], period: int | None = None, year: int | None = None
) -> ImportBatch:
    """Keep the uploaded files as a new batch; nothing is read yet. Raises `Refused` without files or with too many.

    `period` and `year` (the first of the academic year's two) serve files that do not name them.
    """
    if not uploads:
        raise Refused("Выберите хотя бы один файл.")
    if len(uploads) > MAX_FILES:
        raise Refused(f"За один раз можно загрузить не больше {MAX_FILES} файлов. Остальные загрузите потом.")
    batch = ImportBatch.objects.create(
        school=school,
        kind=ImportBatch.Kind.GRADEBOOK,
        state=ImportBatch.State.UPLOADED,
        by=by,
        options={"period": period, "year": year},
    )
    for upload in uploads:
        _keep(batch, str(upload.name or "файл"), upload.read())
    return batch


def _keep(batch: ImportBatch, name: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    file = ImportFile(batch=batch, name=Path(name).name[:255], size=len(content), sha256=digest)
    file.content.save("file", ContentFile(content), save=True)


@deed
def batch_read(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Read the files and keep what they would change. A refusal is kept with the batch and not raised."""
    locked = _locked(batch, ImportBatch.State.UPLOADED, ImportBatch.State.PREVIEW, ImportBatch.State.REFUSED)
    try:
        parsed = _parsed(locked)
        with transaction.atomic():
            summary = preview_of(_plan(locked, parsed))
            transaction.set_rollback(True)
    except Refused as refusal:
        locked.state, locked.error = ImportBatch.State.REFUSED, refusal.message
        locked.summary = {"refused": refusal.files if isinstance(refusal, FilesRefused) else []}
    else:
        locked.state, locked.error, locked.summary = ImportBatch.State.PREVIEW, "", summary
    locked.save(update_fields=["state", "error", "summary"])
    return locked


def _parsed(batch: ImportBatch) -> list[ParsedFile]:
    sources = [SourceFile(file.name, Path(file.content.path)) for file in batch.files.all()]
    return files_read(batch.school, sources, year_start=batch.options.get("year"))


def _plan(batch: ImportBatch, parsed: Sequence[ParsedFile]) -> Plan:
    lock_gradebook(batch.school)
    return plan_files(
        batch.school,
        parsed,
        year_start=batch.options.get("year"),
        period=batch.options.get("period"),
        only=_rows_to_settle(batch),
    )


def _rows_to_settle(batch: ImportBatch) -> set[RowKey] | None:
    """Of a batch that follows another: the rows that the other one could not take; its newer facts are left alone."""
    source = ImportBatch.objects.filter(school=batch.school, pk=batch.options.get("settles")).first()
    if source is None:
        return None
    rows = rows_left(source)
    births = [date.fromisoformat(row["birth_date"]) if row["birth_date"] else None for row in rows]
    return {(row["class_name"], row["value"], birth) for row, birth in zip(rows, births, strict=True)}


@deed
def batch_write(*, by: User, batch: ImportBatch, accept: bool = False) -> ImportBatch:
    """Write exactly what was previewed. Raises `PreviewChanged`, and `Refused` when unusual changes lack a word."""
    locked = _locked(batch, ImportBatch.State.PREVIEW)
    plan = _plan(locked, _parsed(locked))
    fresh = preview_of(plan)
    if fresh["fingerprint"] != locked.summary.get("fingerprint"):
        raise PreviewChanged
    if plan.unusual and not accept:
        raise Refused(
            f"Загрузка изменит или уберёт {plan.changed} из {plan.standing} записей. "
            "Если так и должно быть, отметьте это перед записью."
        )
    plan_write(plan, locked)
    locked.summary = fresh
    locked.save(update_fields=["summary"])
    return locked


@deed
def batch_settle(*, by: User, batch: ImportBatch, choices: Mapping[int, int]) -> int:
    """Remember whom unknown rows mean; returns how many. `choices`: place of the row in `rows_left` → pupil."""
    rows = rows_left(batch)
    pupils = set(Pupil.objects.filter(school=batch.school, pk__in=choices.values()).values_list("pk", flat=True))
    years = _years_of(batch, rows)
    for place, pupil in choices.items():
        if pupil not in pupils or not 0 <= place < len(rows):
            raise Refused("Выбранного ученика в школе больше нет. Обновите страницу и выберите снова.")
        if grade_of_code(rows[place]) is not None:
            raise Refused("Чей это код, говорит только файл кодов участников: загрузите его.")
        _remember(by, rows[place], pupil, years)
    return len(choices)


def _years_of(batch: ImportBatch, rows: Sequence[Mapping[str, Any]]) -> dict[int, AcademicYear]:
    """By the first of their two; an earlier one that the files are going to open is opened, and goes with the batch."""
    years = {year.start: year for year in AcademicYear.objects.filter(school=batch.school)}
    for start in {row["year"] for row in rows} - years.keys():
        told = next((each for each in batch.summary.get("new_years", []) if each["year"] == start), None)
        if told is not None:
            years[start] = earlier_year_open(batch, start, main=told["main"], upper=told["upper"])
    return years


def _remember(by: User, row: Mapping[str, Any], pupil: int, years: Mapping[int, AcademicYear]) -> None:
    NameMatch.objects.update_or_create(
        year=years[row["year"]],
        class_name=class_name_key(row["class_name"]),
        name=name_key(row["value"]),
        birth_date=row["birth_date"],
        defaults={"pupil_id": pupil, "by": by},
    )


@deed
def batch_discard(*, by: User, batch: ImportBatch) -> ImportBatch:
    """Nothing of the batch is written; its files are forgotten."""
    locked = _locked(batch, ImportBatch.State.UPLOADED, ImportBatch.State.PREVIEW, ImportBatch.State.REFUSED)
    locked.state = ImportBatch.State.DISCARDED
    locked.save(update_fields=["state"])
    earlier_years_take_back(locked)
    for file in locked.files.all():
        file.content.delete(save=True)
    return locked


@deed
def batch_again(*, by: User, batch: ImportBatch, whole: bool = False) -> ImportBatch:
    """A new batch with the rows of a written one that were not recognised, after they have been settled; with `whole`
    of everything in its files, after codes got other meanings. Raises `Refused` when the files are kept no longer."""
    source = _locked(batch, ImportBatch.State.APPLIED)
    if not batch_kept(source):
        raise Refused("Файлы этой загрузки больше не хранятся: выгрузите их из журнала и загрузите снова.")
    options = {name: value for name, value in source.options.items() if name != "settles"}
    fresh = ImportBatch.objects.create(
        school=source.school,
        kind=source.kind,
        state=ImportBatch.State.UPLOADED,
        by=by,
        options=options if whole else {**options, "settles": root_of(source)},
    )
    for file in source.files.all():
        with file.content.open("rb") as stream:
            _keep(fresh, file.name, stream.read())
    return fresh


def batch_kept(batch: ImportBatch) -> bool:
    """Whether the files of the batch are still there."""
    files = list(batch.files.all())
    return bool(files) and all(file.content.name and file.content.storage.exists(file.content.name) for file in files)


@deed
def batch_name_period(*, by: User, batch: ImportBatch, period: int | None) -> None:
    """Say which period the files mean that name none."""
    locked = _locked(batch, ImportBatch.State.PREVIEW, ImportBatch.State.REFUSED)
    locked.options = {**locked.options, "period": period}
    locked.save(update_fields=["options"])


@deed
def subject_map(*, by: User, school: School, heading: str, subject: Subject) -> None:
    """From now on a heading of the files means this subject."""
    if subject.school_id != school.pk:
        raise Refused("Такого предмета в школе нет.")
    SubjectAlias.objects.update_or_create(school=school, name=heading, defaults={"subject": subject})


def _locked(batch: ImportBatch, *states: ImportBatch.State) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("school").get(pk=batch.pk)
    if locked.state not in states:
        raise Refused(f"Пачка уже в другом состоянии: {locked.get_state_display()}. Обновите страницу.")
    return locked

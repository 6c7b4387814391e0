"""Importing gradebook files, all or nothing."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from common.tabular import SourceFile, UnreadableFile
from gradebook.events import MarksChanged
from gradebook.imports.binding import bind
from gradebook.imports.covering import write_coverage
from gradebook.imports.earlier import can_be_opened
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.people import RowKey
from gradebook.imports.plan import Plan, stage, touched_pupils
from gradebook.imports.schoolbook import Schoolbook, years_told
from gradebook.imports.terms import NoPeriodGiven
from gradebook.imports.told import FileTold
from gradebook.imports.writing import write_plan
from gradebook.layouts import read_gradebook
from gradebook.parsed import ParsedFile
from gradebook.selectors_profiles import codes_told, profiles_for
from gradebook.services.earlier import earlier_years_keep
from school.models import ImportBatch, ImportFile, School, User


class FilesRefused(Refused):
    """Some files cannot be taken, and with them the whole call. `files`: {"file", "error"} of each."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        several = "Файлы не приняты, ничего не записано." if len(files) > 1 else "Файл не принят, ничего не записано."
        super().__init__(several, [error for _, error in files])
        self.files = [{"file": file, "error": error} for file, error in files]


class UnusualChange(Refused):
    """More would be changed or removed than is usual; a person has to say that it is meant."""

    def __init__(self, changed: int, standing: int) -> None:
        super().__init__(
            f"Загрузка изменит или уберёт {changed} из {standing} записей, которые уже стоят в том, что охватывают "
            "файлы. Если так и должно быть, подтвердите это (--accept-changes)."
        )
        self.files: list[dict[str, str]] = []


@dataclass(frozen=True, slots=True)
class Imported:
    """What a call did, or would do when `batch` is None."""

    batch: ImportBatch | None
    files: list[FileTold]
    names: dict[int, str]
    changed: int
    standing: int
    years: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract's answer."""
        answer: dict[str, Any] = {
            "batch": self.batch.pk if self.batch is not None else None,
            "dry_run": self.batch is None,
            "files": [file.as_json(self.names) for file in self.files],
        }
        return {**answer, "years": self.years} if self.years else answer


def files_read(school: School, files: Sequence[SourceFile], *, year_start: int | None) -> list[ParsedFile]:
    """Read the files in a child process. Raises `FilesRefused` naming all that cannot be read."""
    profiles = profiles_for(school)
    answers = list(read_gradebook(files, profile=profiles.usual, chosen=profiles.chosen, year=year_start))
    refused = [(answer.file, answer.message) for answer in answers if isinstance(answer, UnreadableFile)]
    if refused:
        raise FilesRefused(refused)
    return [answer for answer in answers if isinstance(answer, ParsedFile)]


def gradebook_import(
    *,
    by: User | None,
    school: School,
    files: Sequence[SourceFile],
    year_start: int | None = None,
    period: int | None = None,
    dry_run: bool = False,
    accept_changes: bool = False,
) -> Imported:
    """Import files in one transaction, or with `dry_run` only say what would happen.

    `year_start` and `period` (a number in the school's main system) serve files that do not name them. Raises
    `FilesRefused`, `UnusualChange` (never of a dry run) and `Refused`; then nothing is written.
    """
    parsed = files_read(school, files, year_start=_year_to_read(school, year_start, period))
    return parsed_import(
        by=by,
        school=school,
        parsed=parsed,
        sources=files,
        year_start=year_start,
        period=period,
        dry_run=dry_run,
        accept_changes=accept_changes,
    )


def _year_to_read(school: School, year_start: int | None, period: int | None) -> int:
    """The year that files without one mean; what the call says wrongly is refused before anything is read."""
    if year_start is not None and not school.years.filter(start=year_start).exists():
        if not can_be_opened(year_start, school.today()):
            raise Refused(f"В школе нет учебного года {year_start}/{(year_start + 1) % 100:02d}.")
        return year_start
    return Schoolbook(school, year_start=year_start, period=period).default_year.start


@deed
def parsed_import(
    *,
    by: User | None,
    school: School,
    parsed: Sequence[ParsedFile],
    sources: Sequence[SourceFile] = (),
    year_start: int | None = None,
    period: int | None = None,
    dry_run: bool = False,
    accept_changes: bool = False,
) -> Imported:
    """The same for files that were read already; `sources` are kept with the batch."""
    lock_gradebook(school)
    plan = plan_files(school, parsed, year_start=year_start, period=period)
    if dry_run:
        told = imported(plan, None)
        transaction.set_rollback(True)
        return told
    if plan.unusual and not accept_changes:
        raise UnusualChange(plan.changed, plan.standing)
    batch = ImportBatch.objects.create(
        school=school,
        kind=ImportBatch.Kind.GRADEBOOK,
        state=ImportBatch.State.APPLYING,
        by=by,
        options={"year": year_start, "period": period},
    )
    for source in sources:
        file_keep(batch, source)
    return plan_write(plan, batch)


def plan_files(
    school: School,
    parsed: Sequence[ParsedFile],
    *,
    year_start: int | None,
    period: int | None,
    only: Collection[RowKey] | None = None,
) -> Plan:
    """Bind, stage and compare; within a transaction that holds the school's gradebook. `only`: see `bind`."""
    book = Schoolbook(school, year_start=year_start, period=period, parsed=parsed)
    bound = [bind(book, source, file, only) for source, file in enumerate(parsed, 1)]
    try:
        with connection.cursor() as cursor:
            return stage(cursor, book, bound)
    except NoPeriodGiven as unnamed:
        message = f"Файл «{unnamed.name}» не называет учебный период: укажите его при загрузке."
        raise FilesRefused([(unnamed.name, message)]) from None


def plan_write(plan: Plan, batch: ImportBatch) -> Imported:
    """Write a plan of this transaction as a batch, and tell the floors above."""
    with connection.cursor() as cursor:
        touched = touched_pupils(cursor, plan)
        write_plan(cursor, plan, batch)
        write_coverage(cursor, plan, batch)
    earlier_years_keep(plan.book, batch)
    years = [book.year for book in plan.book.yearbooks]
    done = imported(plan, batch)
    batch.state = ImportBatch.State.APPLIED
    batch.applied_at = _after_all_others(batch)
    batch.year = years[0] if len(years) == 1 else plan.book.default_year
    batch.summary = summary_of(done) | {"codes": codes_told(bound.parsed for bound in plan.files.values())}
    batch.save(update_fields=["state", "applied_at", "year", "summary"])
    for year in years if touched else []:
        publish(MarksChanged(plan.book.school, year, touched))
    return done


def _after_all_others(batch: ImportBatch) -> datetime:
    """Of two batches the later decides, so the moments are in order even when the machine's clock was set back."""
    others = ImportBatch.objects.filter(school=batch.school, kind=batch.kind)
    last = others.aggregate(last=Max("applied_at"))["last"]
    now = timezone.now()
    return now if last is None else max(now, last + timedelta(microseconds=1))


def file_keep(batch: ImportBatch, source: SourceFile) -> ImportFile:
    """Keep a file as it came, under a random name."""
    with source.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        kept = ImportFile(batch=batch, name=source.name[:255], size=source.path.stat().st_size, sha256=digest)
        kept.content.save("file", File(stream), save=True)
    return kept


def imported(plan: Plan, batch: ImportBatch | None) -> Imported:
    """What a plan says to whoever asked for it."""
    files = [bound.told for bound in plan.files.values()]
    return Imported(batch, files, plan.book.names, plan.changed, plan.standing, years_told(plan.book))


def summary_of(done: Imported) -> dict[str, Any]:
    """What the batch's page shows later."""
    return {
        "files": [file.as_stored(done.names) for file in done.files],
        "changed": done.changed,
        "standing": done.standing,
    }

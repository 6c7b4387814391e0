"""What the floors above offer: kinds of background work, of reports and of files.

An app registers its kinds in `AppConfig.ready()`; this floor knows how to run, keep, show and hand out, never what it
is about. Whether a person may have something is asked of the kind each time, of the person as they are at that moment.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from common.errors import Refused
from documents.models import StoredFile
from school.models import School, User

Params = Mapping[str, Any]
KindT = TypeVar("KindT")
Allowed = Callable[[User, Params], bool]


class Progress(Protocol):
    """Tells how far the work is: 0–100 and what is being done now. Raises `JobStopped` when it was cancelled."""

    def __call__(self, percent: int, label: str = "") -> None: ...


@dataclass(frozen=True)
class JobRun:
    """What a job's function is given: who asked, where, with what; `progress` may be called as often as one likes."""

    user: User
    school: School | None
    params: Params
    progress: Progress


@dataclass(frozen=True)
class JobOutcome:
    """What came of a job: a file, a sentence, a page to go on to."""

    file: StoredFile | None = None
    message: str = ""
    link: str = ""


@dataclass(frozen=True)
class JobKind:
    """A kind of background work.

    `run` does it in one transaction with the job's end: both happen or neither. `may_run` is asked when the job is
    ordered and again when it runs.
    """

    kind: str
    title: str
    run: Callable[[JobRun], JobOutcome]
    may_run: Allowed


@dataclass(frozen=True)
class ReportQuery:
    """Which report is wanted. `user` is None for the command line, which sees all; `pupil` is an external id.

    `year` is the calendar year in which the academic year began, None for the current one; `period` counts from 1,
    0 is the start of the year.
    """

    school: School
    period: int
    year: int | None = None
    pupil: str = ""
    user: User | None = None
    extra: Params = field(default_factory=dict)


@dataclass(frozen=True)
class ReportKind:
    """A report: one `build`, whose dataclass every renderer shows in its own format.

    `renderers` by format (pdf, xlsx, docx, json) return the file's bytes; `name` gives the file's name, no extension.
    """

    kind: str
    title: str
    build: Callable[[ReportQuery], Any]
    renderers: Mapping[str, Callable[[Any], bytes]]
    may_fetch: Allowed
    name: Callable[[Any], str] | None = None


_jobs: dict[str, JobKind] = {}
_reports: dict[str, ReportKind] = {}
_files: dict[str, Allowed] = {}
_readings: dict[str, Callable[[User, Params], None]] = {}


def register_job(kind: str, title: str, run: Callable[[JobRun], JobOutcome], may_run: Allowed) -> None:
    """Offer a kind of background work; registering a kind again replaces it."""
    _jobs[kind] = JobKind(kind, title, run, may_run)


def register_report(
    kind: str,
    title: str,
    build: Callable[[ReportQuery], Any],
    renderers: Mapping[str, Callable[[Any], bytes]],
    may_fetch: Allowed,
    name: Callable[[Any], str] | None = None,
) -> None:
    """Offer a report: by `manage report`, and as background work with a file to download."""
    _reports[kind] = ReportKind(kind, title, build, renderers, may_fetch, name)


def register_file(kind: str, may_fetch: Allowed, on_read: Callable[[User, Params], None] | None = None) -> None:
    """Say who may have files of a kind; a kind that nobody registered is handed to nobody.

    `on_read` is told of every file of the kind that is handed out: files with restricted facts note their readers.
    """
    _files[kind] = may_fetch
    if on_read is not None:
        _readings[kind] = on_read


def job_kind(kind: str) -> JobKind:
    """The kind by its name. Raises `Refused` for one that no app offers (any more)."""
    return _known(_jobs, kind, "Такой работы больше нет: обновите страницу и закажите заново.")


def report_kind(kind: str) -> ReportKind:
    """The report by its name. Raises `Refused` for one that no app offers (any more)."""
    return _known(_reports, kind, f"Отчёта «{kind}» нет.")


def report_kinds() -> list[ReportKind]:
    """All reports, in the order of their names."""
    return sorted(_reports.values(), key=lambda kind: kind.title)


def may_fetch(user: User, kind: str, params: Params) -> bool:
    """Whether this person may have a file of this kind now."""
    allowed = _files.get(kind)
    return allowed is not None and user.is_active and allowed(user, params)


def note_reading(user: User, kind: str, params: Params) -> None:
    """Tell the kind that a file of it is being handed out to this person."""
    if kind in _readings:
        _readings[kind](user, params)


def _known(kinds: Mapping[str, KindT], kind: str, otherwise: str) -> KindT:
    found = kinds.get(kind)
    if found is None:
        raise Refused(otherwise)
    return found

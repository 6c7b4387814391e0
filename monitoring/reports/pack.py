"""All papers of a period in one archive: what is approved as it was approved, the rest as the data stand now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from common.errors import Refused
from common.russian import date_short
from documents.registry import ReportQuery, report_kind
from documents.rendering.xlsx import Sheet, render_xlsx
from documents.services.reports import report_render
from monitoring.models import Report, ReportState
from monitoring.reports.kinds import Of
from monitoring.selectors import DocumentLine, document_lines, reports_for
from school.models import Period, User

FOLDERS = {Of.SCHOOL: "Школа", Of.CLASS: "Классы", Of.TEACHER: "Учителя"}
APPENDED = "Приложения"
# Papers of the rooms below that belong to a period's account, with the formats in which they are useful.
_APPENDICES = (
    ("indicators", ("pdf", "xlsx")),
    ("assessments", ("pdf",)),
    ("roadmap", ("pdf",)),
    ("duties", ("pdf",)),
    ("work_journal", ("xlsx",)),
    ("parent_talks", ("xlsx",)),
    ("parent_events", ("xlsx",)),
    ("service_load", ("pdf",)),
)
_LEADS_AWAY = str.maketrans("/\\:", "---")
HEADINGS = ("Папка", "Документ", "Файл", "Состояние", "SHA-256 файла")


@dataclass(frozen=True)
class Packed:
    """One file of the archive; without `content` it was left out, and `state` says why."""

    folder: str
    title: str
    name: str
    state: str
    content: bytes | None = None

    @property
    def path(self) -> str:
        """Where it lies in the archive: nothing in a name leads out of its folder."""
        return f"{self.folder}/{self.name.translate(_LEADS_AWAY)}"


Told = Callable[[int, str], None]


def pack_period(*, user: User, period: Period, told: Told) -> tuple[bytes, list[Packed]]:
    """The archive with its list of contents, and what it holds; `told` hears percents and what is being made."""
    found: list[Packed] = []
    with BytesIO() as out:
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for one in _every(user, period, told):
                one = _unlike(one, found)
                found.append(one)
                if one.content is not None:
                    archive.writestr(_entry(one.path, period), one.content)
            archive.writestr(_entry("Опись.xlsx", period), _contents(found))
        return out.getvalue(), found


def _unlike(one: Packed, others: list[Packed]) -> Packed:
    """Under a name that no other file has: teachers may be namesakes."""
    taken, (stem, dot, ending) = {other.path for other in others}, one.name.rpartition(".")
    names = (_numbered(one, stem, dot + ending, number) for number in count(1))
    return next(named for named in names if named.content is None or named.path not in taken)


def _numbered(one: Packed, stem: str, ending: str, number: int) -> Packed:
    return one if number == 1 or one.content is None else replace(one, name=f"{stem} ({number}){ending}")


def _entry(path: str, period: Period) -> ZipInfo:
    now: datetime = period.year.school.now()
    entry = ZipInfo(path, now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


def _every(user: User, period: Period, told: Told) -> Iterator[Packed]:
    lines = document_lines(user, period)
    steps = len(lines) + len(_APPENDICES)
    whole = {report.pk: report for report in reports_for(user).filter(period=period, state=ReportState.APPROVED)}
    for index, line in enumerate(lines):
        told(2 + 94 * index // steps, f"{line.kind.title} {line.about}".strip())
        yield _document(line, whole)
    for index, (kind, formats) in enumerate(_APPENDICES):
        told(2 + 94 * (len(lines) + index) // steps, report_kind(kind).title)
        for format in formats:
            yield from _appendix(user, period, kind, format)


def _document(line: DocumentLine, approved: dict[int, Report]) -> Packed:
    look, folder, title = line.kind.look, FOLDERS[line.kind.of], line.kind.title_of(line.about)
    report = approved.get(line.report.pk) if line.report is not None else None
    try:
        printed = look.printed(report) if report is not None else look.fresh(line.kind.build(line.wanted))
    except Refused as refusal:
        return Packed(folder, title, "", f"не вошёл: {refusal.message}")
    name = f"{look.name(printed)}.pdf"
    return Packed(folder, title, name, _state(report), look.renderers["pdf"](printed))


def _state(report: Report | None) -> str:
    if report is None or report.approved_on is None:
        return "черновик, по данным на сегодня"
    return f"утверждён, № {report.number} от {date_short(report.approved_on)}"


def _appendix(user: User, period: Period, kind: str, format: str) -> Iterator[Packed]:
    """With the rights of the person; what they may not have is not spoken of."""
    offered = report_kind(kind)
    if not offered.may_fetch(user, {"school": period.year.school_id}):
        return
    query = ReportQuery(period.year.school, period.number, period.year.start, user=user)
    try:
        made = report_render(kind=kind, query=query, format=format)
    except Refused as refusal:
        yield Packed(APPENDED, offered.title, "", f"не вошёл: {refusal.message}")
    else:
        yield Packed(APPENDED, offered.title, made.name, "по данным на сегодня", made.content)


def _contents(found: list[Packed]) -> bytes:
    rows = [
        (one.folder, one.title, one.name, one.state, "" if one.content is None else sha256(one.content).hexdigest())
        for one in found
    ]
    return render_xlsx([Sheet("Опись", HEADINGS, rows, landscape=True)])

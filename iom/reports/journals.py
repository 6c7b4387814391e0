"""The journals of individual work and of talks as papers: the columns of the paper journals, the filter of the page.

Sources of the columns: the reference of forms («Журнал учёта индивидуальной работы», «Журнал бесед с обучающимися»).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.errors import Refused
from common.names import initials, name_key
from common.russian import date_short
from documents.registry import ReportQuery
from iom.models import PupilTalk, WorkEntry, WorkEntryPupil
from iom.selectors.old_deeds import SHORT, old_deeds
from iom.selectors.talks import TalkQuery, talks
from iom.selectors.work import WITHDRAWN, WorkQuery, work_entries
from iom.services.talks import cause_words
from iom.work_words import WorkWay
from risk_registry.categories import DeedKind
from risk_registry.models import Deed
from risk_registry.selectors.periods import main_period, year_of
from school.access import pupils_for
from school.models import AcademicYear, Pupil, SchoolClass, Subject, User

_WAYS = {**dict(WorkWay.choices()), SHORT: "Краткие записи", WITHDRAWN: "Отозванные записи"}
_WAITING = {
    "open": "Договорённости, которые ждут",
    "late": "Договорённости, срок которых прошёл",
    SHORT: "Краткие записи",
    WITHDRAWN: "Отозванные записи",
}
_NAMES = 5


@dataclass(frozen=True)
class JournalPupil:
    """Who, of which class that day, how it went, the mark of the repeat control."""

    external_id: str
    name: str
    school_class: str
    result: str = ""
    mark: str = ""

    @property
    def short_name(self) -> str:
        """«Голубев Н. О.»"""
        return initials(*[*self.name.split(), "", ""][:3])

    @property
    def told(self) -> str:
        """«справился, контроль: 4»."""
        return ", ".join(part for part in (self.result, f"контроль: {self.mark}" if self.mark else "") if part)


@dataclass(frozen=True)
class WorkLine:
    """One entry. Empty means that nobody wrote it."""

    number: int
    on: date
    pupils: tuple[JournalPupil, ...]
    subject: str
    topic: str
    form: str
    minutes: int | None
    content: str
    by: str

    @property
    def results(self) -> tuple[str, ...]:
        """What came of it: once when it is the same of all, else beside each name."""
        told = {one.told for one in self.pupils}
        if len(told) == 1:
            return tuple(told - {""})
        return tuple(f"{one.short_name}: {one.told}" for one in self.pupils if one.told)


@dataclass(frozen=True)
class TalkLine:
    """One talk. `kept`: what became of the agreement."""

    number: int
    on: date
    pupil: JournalPupil
    occasion: str
    causes: str
    agreed: str
    due: date | None
    kept: str
    by: str


@dataclass(frozen=True)
class Journal:
    """What both papers say above their lines; `about` are the filters in words."""

    code: str
    school: str
    founder: str
    year: str
    title: str
    begins: date
    ends: date
    about: tuple[str, ...]
    made_on: date


@dataclass(frozen=True)
class WorkJournal(Journal):
    """The journal of individual work, the oldest entry first."""

    lines: tuple[WorkLine, ...]


@dataclass(frozen=True)
class TalksJournal(Journal):
    """The journal of talks with pupils, the oldest first."""

    lines: tuple[TalkLine, ...]


def build_work_journal(asked: ReportQuery) -> WorkJournal:
    """Of the period, 0 for the whole year. Raises `Refused` for an unknown year, period or pupil."""
    year, begins, ends = journal_days(asked)
    pupil, extra = journal_pupil(asked), asked.extra
    query = WorkQuery(
        begins=begins,
        ends=ends,
        teacher=extra.get("teacher"),
        school_class=extra.get("cls"),
        pupil=pupil.pk if pupil else None,
        subject=extra.get("subject"),
        form=extra.get("form", ""),
        pupils=extra.get("pupils"),
    )
    entries: list[Any] = list(work_entries(asked.user, query, only=True).filter(school=asked.school))
    old = [] if query.form not in ("", SHORT) else old_deeds(asked.user, DeedKind.WORK, query, asked.school.pk)
    rows = sorted([*entries, *old], key=lambda one: (one.on, one.at))
    lines = tuple(_work_line(number, row) for number, row in enumerate(rows, 1))
    title = "Журнал учёта индивидуальной работы"
    named = [one for line in lines for one in line.pupils]
    return WorkJournal(**journal_head(asked, year, title, begins, ends, pupil, named), lines=lines)


def build_talks_journal(asked: ReportQuery) -> TalksJournal:
    """Of the period, 0 for the whole year. Raises `Refused` for an unknown year, period or pupil."""
    year, begins, ends = journal_days(asked)
    pupil, extra = journal_pupil(asked), asked.extra
    query = TalkQuery(
        today=asked.school.today(),
        begins=begins,
        ends=ends,
        teacher=extra.get("teacher"),
        school_class=extra.get("cls"),
        pupil=pupil.pk if pupil else None,
        kind=extra.get("kind", ""),
        pupils=extra.get("pupils"),
    )
    found: list[Any] = list(talks(asked.user, query).filter(school=asked.school))
    old = [] if query.kind not in ("", SHORT) else old_deeds(asked.user, DeedKind.TALK, query, asked.school.pk)
    rows = sorted([*found, *old], key=lambda one: (one.on, one.at))
    lines = tuple(_talk_line(number, row) for number, row in enumerate(rows, 1))
    title = "Журнал бесед с обучающимися"
    named = [line.pupil for line in lines]
    return TalksJournal(**journal_head(asked, year, title, begins, ends, pupil, named), lines=lines)


def journal_days(asked: ReportQuery) -> tuple[AcademicYear, date, date]:
    """The year, the first and the last day of a journal. Raises `Refused` for an unknown year or period."""
    year = year_of(asked.school, asked.year)
    if asked.period == 0:
        return year, year.starts, year.ends
    period = main_period(year, asked.period)
    return year, period.starts, period.ends


def journal_pupil(asked: ReportQuery) -> Pupil | None:
    """Whose journal is asked for, None for everybody's. Raises `Refused` for an unknown or invisible one."""
    if not asked.pupil:
        return None
    rows = Pupil.objects.filter(school=asked.school) if asked.user is None else pupils_for(asked.user)
    found = rows.filter(external_id=asked.pupil).first()
    if found is None:
        raise Refused(f"Ученика с номером «{asked.pupil}» нет.")
    return found


def journal_head(
    asked: ReportQuery,
    year: AcademicYear,
    title: str,
    begins: date,
    ends: date,
    pupil: Pupil | None,
    named: Sequence[JournalPupil] = (),
) -> dict[str, Any]:
    """The fields of `Journal`; `named` are those of whom its lines tell."""
    school = asked.school
    return {
        "code": school.code,
        "school": school.official_name,
        "founder": school.founder,
        "year": year.title,
        "title": title,
        "begins": begins,
        "ends": ends,
        "about": tuple(_about(asked, pupil, named)),
        "made_on": school.today(),
    }


def _about(asked: ReportQuery, pupil: Pupil | None, named: Sequence[JournalPupil]) -> Sequence[str]:
    """The filters in words; a query for each that is chosen."""
    extra, told = asked.extra, []
    if extra.get("teacher") is not None:
        person = User.objects.filter(pk=extra["teacher"], school=asked.school).select_related("staff").first()
        told.append(f"Педагог: {person.display_name}" if person else "Педагог не найден")
    if extra.get("cls") is not None:
        told.append(f"Класс: {SchoolClass.objects.filter(pk=extra['cls'], school=asked.school).first() or '—'}")
    if pupil is not None:
        told.append(f"Обучающийся: {pupil.full_name}")
    if extra.get("pupils") is not None:
        told.append(_named(named))
    if extra.get("subject") is not None:
        told.append(f"Предмет: {Subject.objects.filter(pk=extra['subject'], school=asked.school).first() or '—'}")
    if extra.get("form") in _WAYS:
        told.append(f"Форма: {_WAYS[extra['form']].lower()}")
    if extra.get("kind") in _WAITING:
        told.append(_WAITING[extra["kind"]])
    return told


def _named(pupils: Sequence[JournalPupil]) -> str:
    """Those of the asked surname of whom the journal tells."""
    found = sorted({one.name: one for one in pupils}.values(), key=lambda one: name_key(one.name))
    if len(found) == 1:
        return f"Обучающийся: {found[0].name}"
    words = ", ".join(one.short_name for one in found[:_NAMES]) or "записей о них нет"
    return f"Обучающиеся: {words}{' и другие' if len(found) > _NAMES else ''}"


def _work_line(number: int, row: WorkEntry | Deed) -> WorkLine:
    if isinstance(row, Deed):
        subject = row.subject.name if row.subject else ""
        who = (JournalPupil(row.pupil.external_id, row.pupil.full_name, getattr(row, "seat", None) or ""),)
        return WorkLine(number, row.on, who, subject, "", "", None, row.text, row.by.display_name)
    seen: list[WorkEntryPupil] = getattr(row, "seen", [])
    return WorkLine(
        number=number,
        on=row.on,
        pupils=tuple(_pupil_line(line) for line in seen),
        subject=row.subject.name if row.subject else "",
        topic=row.topic,
        form=row.get_form_display(),
        minutes=row.minutes,
        content=row.content,
        by=row.led_by,
    )


def _pupil_line(line: WorkEntryPupil) -> JournalPupil:
    result = ", ".join(part for part in (line.get_outcome_display().lower(), line.result) if part)
    seat = getattr(line, "seat", None) or ""
    return JournalPupil(line.pupil.external_id, line.pupil.full_name, seat, result, line.mark)


def _talk_line(number: int, row: PupilTalk | Deed) -> TalkLine:
    who = JournalPupil(row.pupil.external_id, row.pupil.full_name, getattr(row, "seat", None) or "")
    by = row.by.display_name
    if isinstance(row, Deed):
        return TalkLine(number, row.on, who, row.text, "", "", None, "", by)
    kept = ""
    if row.kept and row.kept_on is not None:
        kept = f"{row.get_kept_display()} {date_short(row.kept_on)}"
    return TalkLine(number, row.on, who, row.occasion, cause_words(row.causes), row.agreed, row.due, kept, by)

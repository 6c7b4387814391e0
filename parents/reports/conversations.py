"""The journal of talks with parents as a paper: the columns of the paper journal, the filter of the page.

Source of the columns: the reference of forms («Журнал бесед с родителями»).
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.template.loader import render_to_string

from common.russian import date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.reports.journals import Journal, journal_days, journal_head, journal_pupil
from parents.models import Conversation
from parents.selectors.conversations import ConversationQuery, conversations
from parents.services.conversations import partner_words

TITLE = "Журнал бесед с родителями"
_COLUMNS = ("№", "Дата", "Родитель (законный представитель)", "Обучающийся", "Класс", "Повод, тема", "Форма",
            "О чём говорили", "Решение", "Срок", "Что вышло", "Подпись или отметка об отказе",
            "Кто проводил")  # fmt: skip


@dataclass(frozen=True)
class ConversationLine:
    """One talk. Empty means that nobody wrote it; `kept`: what became of what was agreed."""

    number: int
    on: date
    partner: str
    external_id: str
    pupil: str
    school_class: str
    occasion: str
    channel: str
    begun_by: str
    said: str
    agreed: str
    due: date | None
    kept: str
    signed: str
    by: str


@dataclass(frozen=True)
class ConversationsJournal(Journal):
    """The journal, the oldest talk first."""

    lines: tuple[ConversationLine, ...]


def build_parent_talks(asked: ReportQuery) -> ConversationsJournal:
    """Of the period, 0 for the whole year. Raises `Refused` for an unknown year, period or pupil."""
    year, begins, ends = journal_days(asked)
    pupil, extra = journal_pupil(asked), asked.extra
    query = ConversationQuery(
        today=asked.school.today(),
        begins=begins,
        ends=ends,
        teacher=extra.get("teacher"),
        school_class=extra.get("cls"),
        pupil=pupil.pk if pupil else None,
        pupils=extra.get("pupils"),
        channel=extra.get("channel", ""),
        kind=extra.get("kind", ""),
    )
    rows = sorted(conversations(asked.user, query).filter(school=asked.school), key=lambda one: (one.on, one.at))
    lines = tuple(_line(number, row) for number, row in enumerate(rows, 1))
    return ConversationsJournal(**journal_head(asked, year, TITLE, begins, ends, pupil), lines=lines)


def _line(number: int, row: Conversation) -> ConversationLine:
    kept = f"вернулись {date_short(row.kept_on)}" if row.kept_on is not None else ""
    return ConversationLine(
        number=number,
        on=row.on,
        partner=partner_words(row),
        external_id=row.pupil.external_id,
        pupil=row.pupil.full_name,
        school_class=getattr(row, "seat", None) or "",
        occasion=row.occasion,
        channel=row.get_channel_display(),
        begun_by=row.get_begun_by_display(),
        said=row.said,
        agreed=row.agreed,
        due=row.due,
        kept=": ".join(part for part in (kept, row.kept_note) if part),
        signed=row.get_signed_display() if row.signed else "",
        by=row.by.display_name,
    )


def talks_pdf(journal: ConversationsJournal) -> bytes:
    """A landscape table as the paper journal has it."""
    return render_pdf(render_to_string("parents/conversations_print.html", {"report": journal}))


def talks_xlsx(journal: ConversationsJournal) -> bytes:
    """A row a talk."""
    rows: Iterator[tuple[Cell, ...]] = (
        (
            line.number,
            line.on,
            line.partner,
            line.pupil,
            line.school_class,
            line.occasion,
            line.channel,
            line.said,
            line.agreed,
            line.due,
            line.kept,
            line.signed,
            line.by,
        )
        for line in journal.lines
    )
    days = f"{date_short(journal.begins)}–{date_short(journal.ends)}"
    note = ". ".join([journal.school, f"{journal.title}, {days}", *journal.about])
    return render_xlsx([Sheet("Беседы с родителями", _COLUMNS, rows, note=note, landscape=True)])


def talks_json(journal: ConversationsJournal) -> bytes:
    """The dataclass itself; days are ISO, what nobody wrote is empty or null."""
    told = asdict(journal)
    told["school"] = told.pop("code")
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


RENDERERS = {"pdf": talks_pdf, "xlsx": talks_xlsx, "json": talks_json}

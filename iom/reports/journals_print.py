"""The journals in their formats: PDF as the paper journals, workbooks, JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.template.loader import render_to_string

from common.russian import date_short
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.reports.journals import Journal, TalksJournal, WorkJournal

_WORK = ("№", "Дата", "ФИО", "Класс", "Предмет", "Тема (пробел)", "Форма", "Минут", "Содержание", "Результат",
         "Отметка повторного контроля", "Педагог")  # fmt: skip
_TALKS = ("№", "Дата", "ФИО", "Класс", "Повод", "Причины", "Договорённости", "Срок", "Что вышло", "Кто проводил")


def journal_name(journal: Journal) -> str:
    """«Журнал бесед с обучающимися 01.09.2026–27.10.2026»."""
    return f"{journal.title} {date_short(journal.begins)}–{date_short(journal.ends)}"


def work_pdf(journal: WorkJournal) -> bytes:
    """A landscape table with a column for signatures."""
    return render_pdf(render_to_string("iom/work_print.html", {"report": journal}))


def talks_pdf(journal: TalksJournal) -> bytes:
    """A landscape table."""
    return render_pdf(render_to_string("iom/talks_print.html", {"report": journal}))


def work_xlsx(journal: WorkJournal) -> bytes:
    """A row a pupil of an entry; the number tells which belong together."""
    rows: Iterator[tuple[Cell, ...]] = (
        (
            line.number,
            line.on,
            one.name,
            one.school_class,
            line.subject,
            line.topic,
            line.form,
            line.minutes,
            line.content,
            one.result,
            one.mark,
            line.by,
        )
        for line in journal.lines
        for one in line.pupils
    )
    return render_xlsx([Sheet("Индивидуальная работа", _WORK, rows, note=_note(journal), landscape=True)])


def talks_xlsx(journal: TalksJournal) -> bytes:
    """A row a talk."""
    rows: Iterator[tuple[Cell, ...]] = (
        (
            line.number,
            line.on,
            line.pupil.name,
            line.pupil.school_class,
            line.occasion,
            line.causes,
            line.agreed,
            line.due,
            line.kept,
            line.by,
        )
        for line in journal.lines
    )
    return render_xlsx([Sheet("Беседы", _TALKS, rows, note=_note(journal), landscape=True)])


def journal_json(journal: Journal) -> bytes:
    """The dataclass itself; days are ISO, what nobody wrote is empty or null."""
    told = asdict(journal)
    told["school"] = told.pop("code")
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def _note(journal: Journal) -> str:
    days = f"{date_short(journal.begins)}–{date_short(journal.ends)}"
    return ". ".join([journal.school, f"{journal.title}, {days}", *journal.about])


WORK_RENDERERS = {"pdf": work_pdf, "xlsx": work_xlsx, "json": journal_json}
TALKS_RENDERERS = {"pdf": talks_pdf, "xlsx": talks_xlsx, "json": journal_json}

"""The analysis of one assessment procedure: page, PDF and XLSX show the same value, of the pupils its reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from common.names import NBSP
from common.russian import date_short
from documents.rendering.charts import Bar, mark_bars
from documents.rendering.pdf import render_pdf
from documents.rendering.svg import Svg
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from gradebook.models import Procedure
from risk_registry.causes import causes_in_words
from risk_registry.models import WorkNote
from risk_registry.reports.assessments_print import marks_of, share_cells
from risk_registry.rules.tasks import Success
from risk_registry.rules.works import Shares
from risk_registry.selectors.work_page import WorkPage, work_page
from risk_registry.selectors.works import Part, work_row
from school.models import School, User
from school.selectors_staff import school_heads

_TENTH = Decimal("0.1")
_SHARES = (
    "Класс",
    "Писали",
    "«2»",
    "«2», %",
    "«3»",
    "«4»",
    "«5»",
    "Успеваемость, %",
    "Качество, %",
    "Сравнили с журналом",
    "Понизили",
    "Подтвердили",
    "Повысили",
)
_PEOPLE = ("Класс", "Обучающийся", "За работу", "Баллы", "По журналу", "Сравнение")


@dataclass(frozen=True)
class Analysis:
    """One work as its reader sees it, or one class of it; `seen` are all classes that the reader sees.

    `causes`: of low results, in words; `note` beside them, `noted` by whom and when.
    """

    school: School
    page: WorkPage
    seen: tuple[Part, ...]
    causes: tuple[str, ...]
    note: str
    noted: str
    made_on: date

    @property
    def work(self) -> Procedure:
        """Which one."""
        return self.page.work

    @property
    def shares(self) -> Shares:
        """Of all classes that are told of."""
        return sum((part.shares for part in self.page.row.parts), Shares())

    @property
    def chart(self) -> Svg | str:
        """Marks by class; nothing to draw while nobody wrote it."""
        bars = [Bar(part.name, marks_of(part.shares)) for part in self.page.row.parts]
        return mark_bars(bars, f"Отметки за работу: {self.work.title}") if bars else ""

    @property
    def title(self) -> str:
        """«ВПР, Алгебра, 7 классы, 14.10.2026»."""
        day = f", {self.work.date:%d.%m.%Y}" if self.work.date else ""
        return f"{self.work.title}, {self.work.subject}, {self.work.who}{day}"


def build_analysis(*, user: User, school: School, work: Procedure, school_class: int | None = None) -> Analysis | None:
    """What the person may know of the work; None when none of its classes is theirs."""
    row = work_row(user, school, work)
    if row is None:
        return None
    seen = row.parts
    if school_class is not None:
        row = replace(row, parts=tuple(part for part in seen if part.school_class == school_class), total=None)
    note = WorkNote.objects.filter(procedure=work).select_related("by__staff").first()
    return Analysis(
        school=school,
        page=work_page(user, school, row, school_class=school_class),
        seen=seen,
        causes=tuple(causes_in_words(note.causes, closed=False)) if note else (),
        note=note.text if note else "",
        noted=f"{note.by.display_name}, {localdate(note.at):%d.%m.%Y}" if note else "",
        made_on=school.today(),
    )


def to_pdf(found: Analysis) -> bytes:
    """On the school's paper, with names: it is for those who may know them."""
    surname, _, letters = school_heads(found.school).deputy.partition(NBSP)
    signed = f"{letters}{NBSP}{surname}" if letters else surname
    told = {
        "found": found,
        "page": found.page,
        "work": found.work,
        "shares": found.shares,
        "signatures": [("Заместитель директора по УВР", signed)],
    }
    return render_pdf(render_to_string("risk_registry/assessment_print.html", told))


def to_xlsx(found: Analysis) -> bytes:
    """Sheets: shares by class, tasks, who wrote how, who did not. Codes of participants stay inside the school."""
    note = f"{found.school.official_name}. {found.title}. На {date_short(found.made_on)}"
    page = found.page
    sheets = [
        Sheet("Итоги", _SHARES, [(part.name, *share_cells(part.shares)) for part in page.row.parts], note=note),
        Sheet("Кто как написал", (*_PEOPLE, *(f"Задание {name}" for name in _names(page))), _people(page), note=note),
        Sheet("Не писали", ("Класс", "Обучающийся", "Почему"), _missing(page), note=note),
    ]
    if page.tasks:
        heads = ("Задание", "Наибольший балл", "Справились, %", "Ноль баллов", *(f"{name}, %" for name in page.classes))
        sheets.insert(1, Sheet("Задания", heads, _tasks(page), note=note))
    return render_xlsx(sheets)


def _names(page: WorkPage) -> list[str]:
    return page.work.tasks if page.tasks else []


def _people(page: WorkPage) -> Iterator[tuple[Cell, ...]]:
    width = len(_names(page))
    for one in page.rows:
        points: tuple[Cell, ...] = (one.points or ())[:width] if width else ()
        yield (one.school_class, one.pupil.full_name, one.mark, one.score, one.internal, one.words, *points)


def _missing(page: WorkPage) -> Iterator[tuple[Cell, ...]]:
    for one in page.missing:
        yield (one.school_class, one.pupil.full_name, one.why)


def _tasks(page: WorkPage) -> Iterator[tuple[Cell, ...]]:
    for line in page.tasks:
        by_class = (_percent(success) for success in line.classes)
        yield (line.name, line.maximum, _percent(line.total), line.total.failed, *by_class)


def _percent(success: Success) -> Decimal | None:
    return success.percent.quantize(_TENTH) if success.percent is not None else None


RENDERERS = {"pdf": to_pdf, "xlsx": to_xlsx}

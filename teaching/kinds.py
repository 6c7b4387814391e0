"""The five lists: what each is called, what its columns are. Page, PDF and workbook show the same cells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.russian import date_short, whole
from school.access import Viewer
from teaching.models import LessonVisit, TeacherGap, Training
from teaching.selectors.lists import (
    Chosen,
    community_list,
    gap_list,
    practice_list,
    training_list,
    visit_list,
)

Cell = str | int | date | None


@dataclass(frozen=True)
class Line:
    """A row of a list: where it opens, its cells (the first names it), its state in words and as a tone."""

    url: str
    cells: tuple[Cell, ...]
    state: str = ""
    tone: str = ""

    @property
    def words(self) -> list[str]:
        """The cells as a page and paper show them."""
        return [cell_words(one) for one in self.cells]

    def told(self, kind: "ListKind") -> list[tuple[str, str]]:
        """The cells of a page but the first, each under its heading; without a last one that is the state."""
        pairs = [pair for pair in zip(kind.headings, self.words, strict=True) if pair[0] not in kind.on_paper][1:]
        return pairs[:-1] if self.state else pairs


def cell_words(cell: Cell) -> str:
    """A day as «21.11.2026», nothing as nothing."""
    if isinstance(cell, date):
        return date_short(cell)
    return whole(cell) if isinstance(cell, int) else cell or ""


@dataclass(frozen=True)
class ListKind:
    """A list: its rows for a person under a filter, and how a row is told. `counted` are the forms of its noun."""

    what: str
    title: str
    counted: tuple[str, str, str]
    headings: tuple[str, ...]
    fields: frozenset[str]
    rows: Callable[[Viewer, Chosen], QuerySet[Any]]
    line: Callable[[Any], Line]
    empty: str
    new: str
    button: str
    on_paper: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[str]:
        """The headings of a page: those of `on_paper` stand in PDF and workbook alone."""
        return [one for one in self.headings if one not in self.on_paper]


def _training(row: Training) -> Line:
    cells = (
        row.title,
        row.staff.short_name,
        row.get_kind_display(),
        row.topic_words,
        row.hours,
        row.starts,
        row.ends or "идёт",
        row.paper_number or ("файл" if row.paper_id else ""),
        row.get_state_display(),
    )
    return Line(reverse("teaching:training", args=[row.pk]), cells, row.get_state_display(), row.tone)


def _community(row: Any) -> Line:
    term = f"с {date_short(row.starts)}" + (f" по {date_short(row.ends)}" if row.ends else "")
    cells = (
        row.title,
        row.get_kind_display(),
        row.staff.short_name,
        row.people,
        row.cycle,
        term,
        row.met,
        row.last,
        row.get_state_display(),
    )
    return Line(reverse("teaching:community", args=[row.pk]), cells, row.get_state_display(), row.tone)


def _practice(row: Any) -> Line:
    cells = (
        row.title,
        row.author_names,
        str(row.subject or ""),
        row.topic_words,
        ", ".join(row.tags),
        row.papers,
        row.applied,
        row.get_state_display(),
    )
    return Line(reverse("teaching:practice", args=[row.pk]), cells, row.get_state_display(), row.tone)


def _visit(row: LessonVisit) -> Line:
    lesson = ", ".join(str(one) for one in (row.subject, row.school_class) if one is not None)
    cells = (
        f"{date_short(row.on)}, {row.staff.short_name}",
        lesson,
        row.topic,
        ", ".join(row.technology_words),
        row.get_objectivity_display(),
        row.get_weak_display(),
        row.visitor.short_name,
        "да" if row.read_at else "",
    )
    return Line(reverse("teaching:visit", args=[row.pk]), cells)


def _gap(row: TeacherGap) -> Line:
    closed = f"закрыт {date_short(row.closed_on)}" if row.closed_on else "не закрыт"
    cells = (
        row.text,
        row.staff.short_name,
        row.get_area_display(),
        row.get_found_display(),
        row.found_on,
        f"{closed}: {row.closed_how}" if row.closed_how else closed,
    )
    return Line(reverse("teaching:gap", args=[row.pk]), cells)


LISTS = {
    "trainings": ListKind(
        "trainings",
        "Обучение",
        ("запись", "записи", "записей"),
        ("Тема", "Педагог", "Вид", "О чём", "Часов", "Начало", "Окончание", "Документ", "Состояние"),
        frozenset({"text", "staff", "state", "kind", "topic", "since", "until"}),
        training_list,
        _training,
        "Здесь будут курсы, семинары и самообразование педагогов: тема, часы, документ. Запись делает сам педагог, "
        "если хочет; подтверждают её заместитель директора или руководитель ШМО.",
        "teaching:training_new",
        "Записать обучение",
        frozenset({"Вид", "Начало", "Документ"}),
    ),
    "communities": ListKind(
        "communities",
        "Сообщества",
        ("сообщество", "сообщества", "сообществ"),
        ("Сообщество", "Вид", "Ведёт", "Участников", "Цикл", "Срок", "Встреч", "Последняя", "Состояние"),
        frozenset({"text", "staff", "state", "team"}),
        community_list,
        _community,
        "Здесь будут команды исследования урока и другие сообщества педагогов: кто входит, над чем работают, "
        "когда встречались.",
        "teaching:community_new",
        "Записать сообщество",
        frozenset({"Вид", "Последняя"}),
    ),
    "practices": ListKind(
        "practices",
        "Банк практик",
        ("практика", "практики", "практик"),
        ("Практика", "Авторы", "Предмет", "С кем и о чём", "Метки", "Файлов", "Применили", "Состояние"),
        frozenset({"text", "staff", "state", "topic", "tag"}),
        practice_list,
        _practice,
        "Здесь будут приёмы, которые помогли: в чём суть, с кем, файлы. Коллеги отмечают касанием, что применили.",
        "teaching:practice_new",
        "Рассказать о практике",
        frozenset({"Предмет"}),
    ),
    "visits": ListKind(
        "visits",
        "Посещения уроков",
        ("посещение", "посещения", "посещений"),
        (
            "Урок",
            "Предмет и класс",
            "Тема",
            "Что видно",
            "Отметки",
            "Работа со слабоуспевающими",
            "Посетил",
            "Прочитано",
        ),
        frozenset({"text", "staff", "technology", "since", "until"}),
        visit_list,
        _visit,
        "Здесь будут посещения уроков. Учитель видит записи о своих уроках и может ответить.",
        "teaching:visit_new",
        "Записать посещение",
        frozenset({"Тема"}),
    ),
    "gaps": ListKind(
        "gaps",
        "Дефициты",
        ("дефицит", "дефицита", "дефицитов"),
        ("В чём", "Педагог", "Область", "Как обнаружен", "Когда", "Где стоит"),
        frozenset({"text", "staff", "area", "stands"}),
        gap_list,
        _gap,
        "Здесь будет, чему педагог хочет научиться. Видят он сам и те, кто ведёт методическую работу; план стоит в "
        "маршруте.",
        "teaching:gap_new",
        "Записать дефицит",
    ),
}

"""The tables of the yearly note. Cells lead to the names and pages behind their numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse

from common.russian import date_short, decimal
from common.small_groups import LEAST_GROUP, may_be_told
from documents.papers.parts import (
    NONE,
    Bars,
    BarsPart,
    Cell,
    Column,
    Figure,
    Figures,
    Table,
    number_cell,
    share_cell,
)
from iom.selectors.effect import Line
from monitoring.reports.annual.shapes import (
    HIDDEN,
    AbsenceSum,
    Causes,
    Compared,
    GroupSum,
    Measure,
    Outcome,
    PeriodState,
    Routes,
    WorkSum,
)
from monitoring.reports.annual.words import classes_above, classes_fell
from monitoring.reports.board import BoardLine
from monitoring.reports.quarter.shapes import SubjectLine
from risk_registry.categories import Category
from risk_registry.links import categories_link, registry_link
from roadmaps.indicators.short import short_name

_NUMBER: Final = "number"


def state_figures(now: PeriodState) -> Figures:
    """The contingent and its categories."""
    told = now.totals
    shown = (
        ("pupils", "Обучающихся", told.pupils, ""),
        ("failing", "Неуспевающие", told.failing, Category.FAILING),
        ("weak", "Слабоуспевающие", told.weak, Category.WEAK),
        ("reserve", "Группа резерва", told.reserve, Category.RESERVE),
        ("at_risk", "Под риском", told.at_risk, "at_risk"),
    )
    return Figures(
        tuple(
            Figure(
                code,
                label,
                number_cell(number).text,
                share_cell(number, told.pupils).text if category else "",
                categories_link(period=now.key, category=str(category)) if number else "",
                number,
            )
            for code, label, number, category in shown
        )
    )


def dynamics(states: Sequence[PeriodState]) -> tuple[Bars, Table]:
    """Categories by period, the year before first."""
    bars = tuple(BarsPart(one.title, (one.totals.failing, one.totals.weak, one.totals.reserve)) for one in states)
    columns = (
        Column("period", "Период", "name"),
        Column("pupils", "Всего", _NUMBER),
        Column("failing", "Неуспевающие", _NUMBER),
        Column("weak", "Слабоуспевающие", _NUMBER),
        Column("reserve", "Резерв", _NUMBER),
        Column("at_risk", "Под риском", _NUMBER),
        Column("at_risk_share", "Доля", _NUMBER),
        Column("unrated", "Нет данных", _NUMBER),
    )
    rows = tuple(_state_row(one) for one in states)
    names = ("неуспевающие", "слабоуспевающие", "резерв")
    return Bars("Категории по периодам", names, bars), Table("dynamics", "Категории по периодам", columns, rows)


def _state_row(one: PeriodState) -> tuple[Cell, ...]:
    told = one.totals
    shown = (
        (told.failing, Category.FAILING),
        (told.weak, Category.WEAK),
        (told.reserve, Category.RESERVE),
        (told.at_risk, "at_risk"),
    )
    counts = (number_cell(number, link=categories_link(period=one.key, category=str(code))) for number, code in shown)
    share = share_cell(told.at_risk, told.pupils)
    return Cell(one.title), number_cell(told.pupils), *counts, share, number_cell(told.unrated)


def subjects(rows: Iterable[SubjectLine]) -> Table:
    """Results of the asked period by subject."""
    columns = (
        Column("subject", "Предмет"),
        Column("results", "Итогов", _NUMBER),
        Column("unsatisfactory", "Итог ниже «3»", _NUMBER),
        Column("share", "Доля", _NUMBER),
        Column("not_attested", "Не аттестованы", _NUMBER),
        Column("mean", "Средний итог", _NUMBER),
    )
    told = tuple(
        (
            Cell(row.subject),
            number_cell(row.results),
            number_cell(row.unsatisfactory_results),
            share_cell(row.unsatisfactory_results, row.results),
            number_cell(row.not_attested),
            number_cell(row.mean, places=2),
        )
        for row in rows
        if row.results
    )
    return Table("subjects", "Итоги по предметам", columns, told, empty="Итоги ещё не выставлены.")


def works(rows: Iterable[WorkSum]) -> Table:
    """External works by subject."""
    columns = (
        Column("subject", "Предмет"),
        Column("works", "Работ", _NUMBER),
        Column("written", "Написали", _NUMBER),
        Column("twos", "Двойки", _NUMBER),
        Column("twos_share", "Доля двоек", _NUMBER),
        Column("lowered", "Ниже отметок школы", _NUMBER),
        Column("lowered_share", "Доля", _NUMBER),
    )
    link = reverse("registry:works")
    told = tuple(
        (
            Cell(row.subject, link=link),
            number_cell(row.works, link=link),
            number_cell(row.written),
            number_cell(row.twos),
            share_cell(row.twos, row.written),
            number_cell(row.lowered),
            share_cell(row.lowered, row.compared),
        )
        for row in rows
    )
    note = "«Ниже отметок школы» — из тех, у кого есть с чем сравнить." if told else ""
    return Table("works", "Внешние работы", columns, told, empty="Внешних работ в этом году ещё не было.", note=note)


def causes(told: Causes, period: int) -> Table:
    """Open causes of the registry; restricted ones are never named."""
    columns = (Column("cause", "Причина"), Column("pupils", "Обучающихся", _NUMBER))
    link = registry_link(period=period, causes="some")
    rows = tuple((Cell(line.name), number_cell(line.pupils, link=link)) for line in told.lines)
    note = "У одного обучающегося может быть несколько причин. Причины с ограниченным доступом в справке не называются."
    return Table("causes", "Установленные причины", columns, rows, empty="Открытых причин не названо.", note=note)


def absences(rows: Iterable[AbsenceSum]) -> Table:
    """Missed lessons by period."""
    columns = (
        Column("period", "Период", "name"),
        Column("illness", "По болезни", _NUMBER),
        Column("excused", "По уважительной причине", _NUMBER),
        Column("unexcused", "Без уважительной причины", _NUMBER),
        Column("total", "Всего", _NUMBER),
        Column("each", "На одного обучающегося", _NUMBER),
    )
    told = tuple(
        (
            Cell(row.title),
            *(number_cell(number) for number in (row.illness, row.excused, row.unexcused, row.total)),
            number_cell(row.total / row.pupils if row.pupils else None, places=1),
        )
        for row in rows
    )
    return Table("absences", "Пропущенные уроки", columns, told, empty="Пропусков в файлах нет.")


def groups(rows: Iterable[GroupSum]) -> Table:
    """Sums of the social passport; a few are not told."""
    columns = (
        Column("group", "Группа"),
        Column("pupils", "Обучающихся", _NUMBER),
        Column("at_risk", "Из них под риском", _NUMBER),
    )
    told = tuple((Cell(row.name), _few(row.pupils), _risky(row)) for row in rows if row.pupils)
    note = f"Только числом, без имён; число меньше {LEAST_GROUP} не называется."
    return Table("groups", "Социальный паспорт: числа", columns, told, empty="Сведений нет.", note=note if told else "")


def _risky(row: GroupSum) -> Cell:
    """Nor whether nearly everybody of the group is at risk: the few who are not could be told by it."""
    return _few(row.at_risk) if may_be_told(row.pupils - row.at_risk) else Cell(NONE)


def _few(number: int) -> Cell:
    return number_cell(number) if may_be_told(number) else Cell(HIDDEN)


def classes_high(now: PeriodState, was: PeriodState | None) -> Table:
    """Classes whose share is above the school's, in the order of classes: facts of classes, not of teachers."""
    chosen = {name for name, _ in classes_above(now)}
    columns = (
        Column("class", "Класс"),
        Column("pupils", "Обучающихся", _NUMBER),
        Column("at_risk", "Под риском", _NUMBER),
        Column("share", "Доля", _NUMBER),
        Column("was", f"Доля по итогам {was.genitive}" if was is not None else "Доля в начале года", _NUMBER),
    )
    rows = tuple(_class_row(now, was, name) for name in now.classes if name in chosen)
    return Table(
        "classes_above", "Классы, где доля под риском выше школьной", columns, rows, empty="Таких классов нет."
    )


def _class_row(now: PeriodState, was: PeriodState | None, name: str) -> tuple[Cell, ...]:
    one, old = now.classes[name], was.classes.get(name) if was is not None else None
    link = categories_link(period=now.key, cls=now.keys[name], category="at_risk")
    return (
        Cell(name, link=link),
        number_cell(one.pupils),
        number_cell(one.at_risk, link=link),
        share_cell(one.at_risk, one.pupils),
        Cell(NONE) if old is None else share_cell(old.at_risk, old.pupils),
    )


def classes_better(now: PeriodState, was: PeriodState | None) -> Table:
    """Classes whose share fell."""
    columns = (Column("class", "Класс"), Column("was", "Доля была", _NUMBER), Column("now", "Доля стала", _NUMBER))
    rows = tuple(
        (
            Cell(name, link=categories_link(period=now.key, cls=now.keys[name], category="at_risk")),
            share_cell(old.at_risk, old.pupils),
            share_cell(one.at_risk, one.pupils),
        )
        for name, old, one in classes_fell(was, now)
    )
    empty = "Таких классов нет." if was is not None else "Сравнивать не с чем: это первый период года с данными."
    return Table("classes_fell", "Классы, где доля под риском снизилась", columns, rows, empty=empty)


def indicators(code: str, title: str, rows: Iterable[BoardLine], period: int) -> Table:
    """Indicators against their plan."""
    columns = (
        Column("code", "№"),
        Column("title", "Показатель"),
        Column("value", "Значение", _NUMBER),
        Column("plan", "План"),
    )
    told = tuple(
        (
            Cell(line.code, link=reverse("indicators:indicator", args=[period, line.code])),
            Cell(short_name(line.code, line.title)),
            Cell(line.words),
            Cell("; ".join(aim.words for aim in line.aims)),
        )
        for line in rows
    )
    return Table(code, title, columns, told, empty="Таких показателей нет.")


def measures(code: str, title: str, heads: Mapping[str, str], rows: Iterable[Measure]) -> Table:
    """What was done; `heads` of the columns that are shown: `what`, `about`, `days`, `note`."""
    columns = tuple(Column(key, head) for key, head in heads.items())
    return Table(code, title, columns, tuple(_measure(row, heads) for row in rows), empty="Записей нет.")


def _measure(row: Measure, heads: Mapping[str, str]) -> tuple[Cell, ...]:
    told = {
        "what": Cell(row.title, link=row.link),
        "about": Cell(row.about or NONE),
        "days": Cell(", ".join(map(date_short, row.days)) or NONE),
        "note": Cell(row.note or NONE),
    }
    return tuple(told[key] for key in heads)


def trainings(rows: Iterable[Measure]) -> Table:
    """Trainings that ended in the year: how many people, none by name."""
    columns = (
        Column("what", "Обучение"),
        Column("about", "Объём"),
        Column("days", "Закончено"),
        Column("people", "Педагогов", _NUMBER),
    )
    told = tuple(
        (
            Cell(row.title, link=row.link),
            Cell(row.about or NONE),
            Cell(", ".join(map(date_short, row.days))),
            number_cell(row.number),
        )
        for row in rows
    )
    return Table("trainings", "Обучение педагогов", columns, told, empty="Подтверждённых записей нет.")


def outcomes(told: Compared | None) -> Table:
    """Who left the risk, with and without work."""
    columns = (
        Column("who", "Были под риском"),
        Column("pupils", "Обучающихся", _NUMBER),
        Column("left", "Вышли из группы риска", _NUMBER),
    )
    title = "Исход с индивидуальной работой и без записей о ней"
    if told is None:
        return Table("outcomes", title, columns, (), empty="Сравнивать не с чем: это первый период года с данными.")
    rows = (_outcome("с записями работы", told.worked), _outcome("без записей", told.without))
    return Table(
        "outcomes",
        f"{title}: под риском были по итогам {told.since}",
        columns,
        rows,
        note="Сопоставление, а не доказательство: для работы выбирают тех, кому труднее. Группы и числа меньше "
        f"{LEAST_GROUP} не называются.",
    )


def _outcome(who: str, one: Outcome) -> tuple[Cell, ...]:
    return Cell(who), _few(one.of), Cell(one.words)


def forms(rows: Iterable[Line], link: str) -> Table:
    """Forms of work: who left the registry, gaps closed in time, what the work added."""
    columns = (
        Column("form", "Форма работы"),
        Column("pupils", "Обучающихся", _NUMBER),
        Column("left", "Вышли из реестра", _NUMBER),
        Column("in_time", "Дефициты закрыты в срок", _NUMBER),
        Column("added", "Что добавила работа, баллов", _NUMBER),
    )
    told = tuple(_form(line, link) for line in rows)
    return Table(
        "forms",
        "Формы индивидуальной работы",
        columns,
        told,
        empty="Записей индивидуальной работы ещё нет.",
        note="По записям с начала года на день составления. «Что добавила работа» — насколько средняя отметка "
        "изменилась больше, чем у похожих учеников без неё, и 95 % промежуток; если учеников меньше десяти с какой-то "
        "стороны, числа нет. Учителя не сравниваются."
        if told
        else "",
    )


def _form(line: Line, link: str) -> tuple[Cell, ...]:
    effect = line.effect.difference
    added = Cell(NONE)
    if effect is not None:
        added = Cell(f"{decimal(effect.value, 2)} (от {decimal(effect.low, 2)} до {decimal(effect.high, 2)})")
    if len(line.pupils) < LEAST_GROUP:
        return Cell(line.name, link=link), Cell(HIDDEN), Cell(NONE), Cell(NONE), Cell(NONE)
    left, in_time = (Cell(Outcome(one.of, one.part).words) for one in (line.left, line.in_time))
    return Cell(line.name, link=link), number_cell(len(line.pupils)), left, in_time, added


def routes(told: Routes) -> Table:
    """Routes of the year and their gaps."""
    columns = (Column("what", "Индивидуальные маршруты"), Column("number", "Сколько", _NUMBER))
    shown = (
        ("Утверждено", told.approved),
        ("Завершено", told.finished),
        ("Завершено, все дефициты закрыты", told.reached),
        ("Дефицитов закрыто повторным контролем", told.gaps_closed),
        ("Дефицитов остаётся", told.gaps_open),
    )
    rows = tuple((Cell(words), number_cell(number)) for words, number in shown) if told.approved else ()
    return Table(
        "routes", "Маршруты", columns, rows, empty="Утверждённых маршрутов нет.",
        note="Без маршрутов обучающихся с ОВЗ." if rows else "",
    )  # fmt: skip

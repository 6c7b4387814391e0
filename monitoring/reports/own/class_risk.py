"""The class teacher's report: categories with their evidence, the registry, established causes; missed lessons."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.urls import reverse

from common.russian import counted, signed
from documents.papers.parts import (
    NONE,
    Cell,
    Column,
    Section,
    Suggestion,
    Table,
    change_cell,
    number_cell,
)
from gradebook.models import AbsenceReason
from monitoring.reports.cells import NO_RECORD, compared_columns, evidence_words, name_cell
from monitoring.reports.own.class_reads import ClassFacts
from monitoring.reports.own.class_results import at_risk, ungrounded
from monitoring.reports.pupils_help import Kind
from monitoring.reports.pupils_reads import Entry, missed_days
from monitoring.reports.quarter.reads import Judged
from monitoring.reports.quarter.words import BY_DECISION, MARKS_CHANGED, PERSONS, category_word
from risk_registry.categories import IN_REGISTRY, Category, EntryState
from risk_registry.causes import causes_in_words
from risk_registry.links import categories_link, registry_link

_MOST_MISSED = 10


def concerned(facts: ClassFacts) -> list[Judged]:
    """Those in a category by their marks, and those whom the registry holds without it; by name."""
    return [
        row
        for row in facts.now.judged
        if row.category != Category.NONE or ((entry := facts.entries.get(row.pupil)) is not None and entry.stands)
    ]


def standing_category(facts: ClassFacts, row: Judged) -> str:
    """By the marks, else that of the registry, which holds a pupil of whom the marks say nothing."""
    entry = facts.entries.get(row.pupil)
    return entry.category if row.category == Category.NONE and entry is not None else row.category


def risk_section(facts: ClassFacts) -> Section:
    """Categories, names, evidence, what the registry says and why they fail."""
    return Section(
        "risk",
        "Категории и реестр",
        (_categories(facts), _names(facts), _reasons_why(facts)),
        tuple(_risk_words(facts)),
    )


def _categories(facts: ClassFacts) -> Table:
    now = Counter(row.category for row in facts.now.judged)
    was = Counter(row.category for row in facts.was.judged) if facts.was is not None else None
    registry = Counter((entry.category, entry.state) for entry in facts.entries.values())
    columns = (
        Column("category", "Категория"),
        Column("number", "По отметкам", "number"),
        *((Column("change", "Изменение", "number"),) if was is not None else ()),
        Column("agreed", "Согласованы", "number"),
        Column("approved", "Утверждены", "number"),
    )
    period, cls = facts.period.pk, facts.school_class.pk
    rows = tuple(
        (
            Cell(category.label),
            number_cell(now[category], link=categories_link(period=period, cls=cls, category=category)),
            *(() if was is None else (change_cell(now[category] - was[category]),)),
            *(
                number_cell(
                    registry[category, state],
                    link=registry_link(period=period, cls=cls, category=category, state=state.value),
                )
                for state in (EntryState.AGREED, EntryState.APPROVED)
            ),
        )
        for category in IN_REGISTRY
    )
    unrated = sum(row.unrated for row in facts.now.judged)
    note = f"Нет данных о {counted(unrated, 'обучающемся', 'обучающихся', 'обучающихся')}." if unrated else ""
    return Table("categories", "Категории класса", columns, rows, note=note)


def _names(facts: ClassFacts) -> Table:
    was = {row.pupil: row.category for row in facts.was.judged} if facts.was is not None else {}
    columns = (
        Column("name", "Обучающийся", "name"),
        Column("category", "Категория"),
        Column("evidence", "Основание"),
        Column("state", "В реестре"),
    )
    rows = tuple(_name_row(facts, row, was.get(row.pupil)) for row in concerned(facts))
    empty = "В категориях никого нет."
    return Table("names", "Поимённо", columns, rows, empty=empty)


def _reasons_why(facts: ClassFacts) -> Table:
    """What the school has established; restricted causes are told of, not named."""
    columns = (Column("name", "Обучающийся", "name"), Column("causes", "Причины"))
    rows = tuple(
        (name_cell(facts.people[row.pupil]), Cell(", ".join(causes)))
        for row in concerned(facts)
        if (causes := _causes(facts.entries.get(row.pupil)))
    )
    note = "Закрытые причины в документах не называются." if rows else ""
    return Table("causes", "Установленные причины", columns, rows, empty=f"{NO_RECORD.capitalize()}.", note=note)


def _name_row(facts: ClassFacts, row: Judged, was: str | None) -> tuple[Cell, ...]:
    entry = facts.entries.get(row.pupil)
    category, told = (
        standing_category(facts, row),
        "; ".join(evidence_words(one, facts.subjects) for one in row.evidence),
    )
    if row.category == Category.NONE and entry is not None:
        told = BY_DECISION if entry.by_hand else MARKS_CHANGED
    return (
        name_cell(facts.people[row.pupil]),
        Cell(_category(category, was)),
        Cell(told),
        Cell(_state(entry, category)),
    )


def _category(now: str, was: str | None) -> str:
    """With the category of the period before, where it was another one."""
    told = category_word(now)
    return told if was in (None, Category.NONE, now) else f"{told}, раньше {category_word(str(was))}"


def _state(entry: Entry | None, category: str) -> str:
    if entry is None:
        return NONE
    word = entry.state.label.lower()
    return word if entry.category == category or not entry.stands else f"{word}: {category_word(entry.category)}"


def _causes(entry: Entry | None) -> list[str]:
    return [] if entry is None else causes_in_words(list(entry.causes), closed="" in entry.causes)


def _risk_words(facts: ClassFacts) -> Iterator[Suggestion]:
    risk = at_risk(facts.now)
    link = registry_link(period=facts.period.pk, cls=facts.school_class.pk)
    change = ""
    if facts.was is not None and facts.previous is not None:
        change = f" ({signed(len(risk) - len(at_risk(facts.was)))} к {facts.previous.title_dative})"
    if not risk:
        yield Suggestion("risk", f"Под риском неуспешности никого нет{change}.", "категории класса", link)
        return
    yield Suggestion("risk", f"Под риском {counted(len(risk), *PERSONS)}{change}.", "категории класса", link)
    routes = facts.now.help.pupils(Kind.ROUTE) & set(risk)
    if routes:
        told = f"По индивидуальному маршруту занимаются: {len(routes)} из {len(risk)} под риском."
        yield Suggestion("routes", told, "утверждённые маршруты", reverse("routes:list"))
    caused = sum(bool(_causes(facts.entries.get(pupil))) for pupil in risk)
    if caused:
        told = f"Причины установлены: {caused} из {len(risk)} под риском."
        yield Suggestion("causes", told, "реестр", link)
    if facts.was is not None:
        yield from _left(facts, link)


def _left(facts: ClassFacts, link: str) -> Iterator[Suggestion]:
    now = {row.pupil: row.category for row in facts.now.judged}
    were = at_risk(facts.was) if facts.was is not None else []
    left = [pupil for pupil in were if now.get(pupil) in (Category.NONE, Category.RESERVE)]
    if left:
        yield Suggestion(
            "left", f"Вышли из числа обучающихся под риском: {len(left)}.", "категории двух периодов", link
        )


def absences_section(facts: ClassFacts) -> Section:
    """Missed lessons by reason, who was away most, what has no ground."""
    return Section("absences", "Пропуски", (_reasons(facts), _missed(facts)), tuple(_absence_words(facts)))


_REASONS = (
    (AbsenceReason.UNEXCUSED, "без уважительной причины"),
    (AbsenceReason.ILLNESS, "по болезни"),
    (AbsenceReason.EXCUSED, "по уважительной причине"),
)


def _reasons(facts: ClassFacts) -> Table:
    now = Counter(one.reason for one in facts.now.missed)
    was = Counter(one.reason for one in facts.done_before.missed) if facts.done_before is not None else None
    columns = (
        Column("reason", "Причина"),
        *compared_columns(facts.previous_title if facts.done_before else "", now="Уроков"),
    )
    rows = tuple((Cell(title), *_lessons(now[code], None if was is None else was[code])) for code, title in _REASONS)
    foot = (Cell("Всего"), *_lessons(now.total(), None if was is None else was.total()))
    wide = len(columns)
    return Table("reasons", "Пропущенные уроки", columns, tuple(row[:wide] for row in rows), (foot[:wide],))


def _lessons(now: int, was: int | None) -> tuple[Cell, Cell, Cell]:
    return number_cell(now), number_cell(was), change_cell(None if was is None else now - was)


def _missed(facts: ClassFacts) -> Table:
    columns = (
        Column("name", "Обучающийся", "name"),
        Column("days", "Дней", "number"),
        Column("lessons", "Уроков", "number"),
        Column("unexcused", "Без уважительной причины", "number"),
        Column("waits", "Основание не указано", "number"),
    )
    most = list(islice(missed_days(facts.now.missed), _MOST_MISSED))
    rows = tuple((name_cell(facts.people[pupil]), *map(number_cell, told)) for pupil, *told in most)
    others = len({one.pupil for one in facts.now.missed}) - len(most)
    note = f"Показаны те, кто пропустил больше всего дней; ещё с пропусками: {others}." if others else ""
    return Table("missed", "Кто пропускал", columns, rows, empty="Пропусков нет.", note=note)


def _absence_words(facts: ClassFacts) -> Iterator[Suggestion]:
    missed = facts.now.missed
    if missed:
        unexcused = sum(one.reason == AbsenceReason.UNEXCUSED for one in missed)
        told = f"Пропущено {counted(len(missed), 'урок', 'урока', 'уроков')}, без уважительной причины — {unexcused}."
        yield Suggestion("absences", told, "журнал и основания пропусков", "#absences")
    if waiting := ungrounded(facts):
        lessons = counted(len(waiting), "урока", "уроков", "уроков")
        of = counted(len(set(waiting)), "обучающегося", "обучающихся", "обучающихся")
        told = f"Основание пропуска не указано для {lessons} у {of}."
        yield Suggestion("grounds", told, "пропуски без основания", reverse("grounds:waiting"))

"""«Список обучающихся группы риска на 15 сентября»: whom the year begins with, on what grounds, agreed by whom.

Source: the deputy's technological card («список обучающихся группы риска — до 15.09»); the categories are those of
docs/decisions/0018-start-of-the-year.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from common.errors import Refused
from common.russian import date_long, date_words, whole
from documents.papers.parts import Cell, Column, Figure, Figures, Paper, Section, Table, Text, number_cell
from monitoring.reports.heads import head_of, heads_of
from monitoring.reports.kinds import Wanted
from monitoring.reports.quarter import reads
from monitoring.reports.registry_reads import RegistryLine, lines_table, registry_lines
from risk_registry.categories import Category, EntryState
from risk_registry.links import categories_link, registry_link
from risk_registry.rules.start_list import all_grounds
from risk_registry.selectors.registry import subject_names
from risk_registry.start_facts import read_start
from risk_registry.start_words import source_in_words, sources_in_words
from school.models import Period, SchoolClass

KIND = "start_list"
TITLE = "Список обучающихся группы риска"
BLANK = "____________________"
_AGREED = (EntryState.AGREED, EntryState.APPROVED)
_SHOWN = ((Category.FAILING, "Неуспевающие"), (Category.WEAK, "Слабоуспевающие"), (Category.RESERVE, "Группа резерва"))


@dataclass(frozen=True)
class _Facts:
    """The list, the words of its grounds by pupil, and who is new, by class; `seats`: pupils of each class."""

    period: Period
    lines: list[RegistryLine]
    grounds: Mapping[int, str]
    new: Mapping[int, list[str]]
    seats: Mapping[int, int]
    classes: Mapping[int, SchoolClass]


def build_start_list(wanted: Wanted) -> Paper:
    """The list as it stands now; a constant number of queries. Raises `Refused` before it was computed."""
    facts, heads = _read(wanted.period), heads_of(wanted)
    day = date_long(wanted.period.ends)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(f"на {day}", f"{wanted.period.year.title} учебный год"),
        head=replace(head_of(wanted), period_words=f"на {date_words(wanted.period.ends)}"),
        sections=(
            Section("main", "1. Главное", (Figures(tuple(_figures(facts))), _sources_note(wanted.period))),
            Section("list", "2. Список", (_list(facts),)),
            Section("new", "3. О ком данных нет", (_new(facts),)),
            Section("agreed", "СОГЛАСОВАНО с классными руководителями", (_agreed(facts),)),
        ),
        caveats=tuple(_caveats(facts, wanted.school.today())),
        approves=heads.director,
        signatures=(("Заместитель директора по УВР", heads.deputy),),
    )


def _read(period: Period) -> _Facts:
    judged = reads.judged_in(period)
    if not judged:
        raise Refused("Список на начало года ещё не составлен: откройте «Реестр», период «Начало года».")
    lines = registry_lines(period)
    listed = {line.pupil for line in lines}
    unknown = [row for row in judged if row.unrated and row.pupil not in listed]
    names = reads.names(unknown, []).pupils
    new: dict[int, list[str]] = defaultdict(list)
    for row in unknown:
        new[row.school_class].append(names[row.pupil])
    places = {row.school_class for row in judged}
    rows = SchoolClass.objects.filter(pk__in=places).select_related("class_teacher").order_by("grade", "letter")
    classes = {one.pk: one for one in rows} | {one.school_class.pk: one.school_class for one in lines}
    return _Facts(
        period, lines, _grounds(period, lines), dict(new), Counter(row.school_class for row in judged), classes
    )


def _grounds(period: Period, lines: list[RegistryLine]) -> dict[int, str]:
    """«Алгебра: годовая 2, задолженность; в реестре на конец года: неуспевающий», by pupil."""
    names = subject_names(period.year.school_id)
    most = period.year.school.settings.reserve_max_subjects
    found = {}
    for one in read_start(period, [line.pupil for line in lines]):
        told: dict[str, list[str]] = defaultdict(list)
        for ground in all_grounds(one.facts, reserve_max_subjects=most):
            day = ground.on.isoformat() if ground.on is not None else None
            words = source_in_words(
                {"kind": ground.source, "value": ground.value, "on": day, "category": ground.category}
            )
            told[names.get(ground.subject or 0, "")].append(words)
        found[one.pupil] = "; ".join(_told(subject, dict.fromkeys(words)) for subject, words in sorted(told.items()))
    return {line.pupil: found.get(line.pupil) or _kept(line, names) for line in lines}


def _told(subject: str, words: Mapping[str, None]) -> str:
    return f"{subject}: {', '.join(words)}" if subject else ", ".join(words)


def _kept(line: RegistryLine, names: Mapping[int, str]) -> str:
    """What the decided entry keeps, where last year's facts say it no longer."""
    told = [(names.get(one["subject"], ""), sources_in_words(one)) for one in line.evidence]
    return "; ".join(f"{name}: {words}" for name, words in told if words) or "решение школы"


def _figures(facts: _Facts) -> Iterator[Figure]:
    counts, period = Counter(line.category for line in facts.lines), facts.period.pk
    total = sum(facts.seats.values())
    yield Figure("pupils", "Обучающихся в школе", whole(total), number=total)
    number = len(facts.lines)
    yield Figure("listed", "В списке", whole(number), "", registry_link(period=period) if number else "", number)
    for category, label in _SHOWN:
        number = counts[category]
        link = registry_link(period=period, category=category) if number else ""
        yield Figure(category, label, whole(number), "", link, number)
    number = sum(len(names) for names in facts.new.values())
    link = categories_link(period=period, category="unrated") if number else ""
    yield Figure("new", "Нет данных", whole(number), "прошлый год о них ничего не говорит", link, number)


def _sources_note(period: Period) -> Text:
    last = f"{period.year.start - 1}/{period.year.start % 100:02d}"
    return Text(
        (
            f"Список составлен по итогам {last} учебного года: годовые отметки, академические задолженности, реестр на "
            "конец года, внешние работы весны с двойкой, решения школы.",
        ),
        quiet=True,
    )


def _list(facts: _Facts) -> Table:
    last = Column("grounds", "Основания")
    return lines_table("list", facts.lines, last, facts.grounds, empty="В списке никого нет.")


def _new(facts: _Facts) -> Table:
    columns = (Column("class", "Класс"), Column("count", "Сколько", "number"), Column("who", "Кто"))
    rows = []
    for key, one in facts.classes.items():
        names = facts.new.get(key, [])
        if names:
            whole_class = len(names) == facts.seats[key]
            who = "весь класс" if whole_class and len(names) > 1 else ", ".join(names)
            link = categories_link(period=facts.period.pk, cls=key, category="unrated")
            rows.append((Cell(str(one)), number_cell(len(names), link=link), Cell(who)))
    note = "«Нет данных» — не «без риска»: об этих учениках прошлый год ничего не говорит." if rows else ""
    return Table("new", "Нет данных", columns, tuple(rows), empty="Обо всех что-то известно.", note=note)


def _agreed(facts: _Facts) -> Table:
    columns = (
        Column("class", "Класс"),
        Column("teacher", "Классный руководитель", "name"),
        Column("listed", "В списке", "number"),
        Column("agreed", "Согласовано в программе", "number"),
        Column("signature", "Подпись, дата"),
    )
    listed = Counter(line.school_class.pk for line in facts.lines)
    agreed = Counter(line.school_class.pk for line in facts.lines if line.state in _AGREED)
    rows = tuple(
        (
            Cell(str(one)),
            Cell(one.class_teacher.short_name if one.class_teacher is not None else BLANK),
            number_cell(listed[key]),
            number_cell(agreed[key]),
            Cell(""),
        )
        for key, one in facts.classes.items()
        if listed[key]
    )
    return Table("agreed", "Классные руководители", columns, rows, empty="Согласовывать нечего: в списке никого нет.")


def _caveats(facts: _Facts, today: date) -> Iterator[str]:
    waiting = sum(line.state != EntryState.APPROVED for line in facts.lines)
    if waiting:
        yield f"Записей, ещё не утверждённых в программе, — {waiting}."
    if today > facts.period.ends:
        yield f"Составлен позже {date_words(facts.period.ends)}: основания — те, что известны сейчас."

"""Appendices: for each class those at risk and in reserve, with grounds, registry, open causes, recorded work."""

from collections import defaultdict

from django.urls import reverse

from documents.papers.parts import NONE, Cell, Column, Section, Table, Text
from monitoring.reports.quarter.facts import Fact
from monitoring.reports.quarter.known import Known
from monitoring.reports.quarter.reads import Entry
from monitoring.reports.quarter.shapes import PupilLine
from monitoring.reports.quarter.words import category_word, cause_words
from monitoring.reports.quarter.work import NO_RECORD, section_of_class
from risk_registry.causes import causes_in_words

_COLUMNS = (
    Column("name", "Фамилия, имя, отчество", "name"),
    Column("evidence", "Категория и основание"),
    Column("registry", "В реестре, причины"),
    Column("work", "Записи о работе"),
)
_RECORDS = (
    (Fact.WORK, "инд. работа"),
    (Fact.CAME, "доп. занятия"),
    (Fact.TALK, "беседы"),
)


def appendices(known: Known) -> tuple[Section, ...]:
    """A section for every class in which there is somebody to name; the others are told in one line."""
    named: dict[int, list[PupilLine]] = defaultdict(list)
    for line in (*known.report.pupils, *known.report.included):
        named[known.seats[line.pupil]].append(line)
    sections = [_of_class(known, key, named[key]) for key in known.classes if key in named]
    here = set(known.seats.values())
    others = [ref.name for key, ref in known.classes.items() if key in here and key not in named]
    if not others:
        return tuple(sections)
    words = f"В этих классах под риском и в резерве никого нет: {', '.join(others)}."
    return (*sections, Section("classes_without", "Остальные классы", (Text((words,)),)))


def _of_class(known: Known, key: int, lines: list[PupilLine]) -> Section:
    name = known.classes[key].name
    rows = tuple(_row(known, line) for line in lines)
    table = Table(f"class_{key}", f"{name}: под риском и в резерве", _COLUMNS, rows)
    return Section(section_of_class(key), f"{name} класс", (table,))


def _row(known: Known, line: PupilLine) -> tuple[Cell, ...]:
    evidence = "; ".join([*map(cause_words, line.causes), *([line.remark] if line.remark else [])])
    category = category_word(line.category)
    return (
        Cell(line.name, None, reverse("desk:pupil", args=[line.pupil])),
        Cell(f"{category}. {evidence}" if evidence else category),
        Cell(_registry(known.registry.get(line.pupil), line.state.lower())),
        Cell(_work(known, line.pupil)),
    )


def _work(known: Known, pupil: int) -> str:
    """«инд. работа 3, маршрут утверждён»; «нет записи» says nothing of what was done."""
    told = [f"{words} {known.facts[fact][pupil]}" for fact, words in _RECORDS if known.facts[fact][pupil]]
    told += ["наставническая пара"] if known.facts[Fact.PAIR][pupil] else []
    told += ["маршрут утверждён"] if known.facts[Fact.ROUTED_NAMED][pupil] else []
    return ", ".join(told) or NO_RECORD


def _registry(entry: Entry | None, state: str) -> str:
    """«утверждён; пробелы в знаниях»: open causes alone are named."""
    if entry is None or not entry.stands:
        return state or NONE
    named = causes_in_words([code for code in entry.causes if code], closed="" in entry.causes)
    return "; ".join([state, *(named or ["причины не установлены"])])

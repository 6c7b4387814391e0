"""Appendices: for each class those at risk and in reserve, with grounds, registry, open causes, recorded work."""

from collections import defaultdict

from django.urls import reverse

from documents.papers.parts import NONE, Cell, Column, Section, Table, Text
from monitoring.reports.quarter.facts import Fact
from monitoring.reports.quarter.known import Known
from monitoring.reports.quarter.work import NO_RECORD, section_of_class
from monitoring.reports.quarterly_reads import Entry
from monitoring.reports.quarterly_shapes import PupilLine
from monitoring.reports.quarterly_words import category_word, cause_words
from risk_registry.causes import causes_in_words

_COLUMNS = (
    Column("name", "Фамилия, имя, отчество", "name"),
    Column("category", "Категория, в реестре"),
    Column("evidence", "Предметы и основание"),
    Column("causes", "Причины"),
    Column("work", "Записи о работе"),
)
_RECORDS = (
    (Fact.WORK, "индивидуальная работа"),
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
    told = [cause_words(cause) for cause in line.causes]
    evidence = "; ".join([*told, line.remark] if line.remark else told)
    return (
        Cell(line.name, None, reverse("desk:pupil", args=[line.pupil])),
        Cell("; ".join(word for word in (category_word(line.category), line.state.lower()) if word)),
        Cell(evidence or NONE),
        Cell(_causes(known.registry.get(line.pupil))),
        Cell(_work(known, line.pupil)),
    )


def _work(known: Known, pupil: int) -> str:
    """«индивидуальная работа 3, маршрут утверждён»; «нет записи» says nothing of what was done."""
    told = [f"{words} {known.facts[fact][pupil]}" for fact, words in _RECORDS if known.facts[fact][pupil]]
    told += ["наставническая пара"] if known.facts[Fact.PAIR][pupil] else []
    told += ["маршрут утверждён"] if known.facts[Fact.ROUTED][pupil] else []
    return ", ".join(told) or NO_RECORD


def _causes(entry: Entry | None) -> str:
    if entry is None or not entry.stands:
        return NONE
    codes = [code for code in entry.causes if code]
    return "; ".join(causes_in_words(codes, closed="" in entry.causes)) or "не установлены"

"""The class teacher's report: what is on record as done with pupils and parents, signals, programs.

That nothing is written is told as «нет записи»: nobody has to write.
"""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from common.russian import counted
from common.small_groups import LEAST_GROUP, may_be_told
from documents.papers.parts import (
    NONE,
    Cell,
    Column,
    Section,
    Suggestion,
    Table,
    Text,
    change_cell,
    date_cell,
    number_cell,
)
from monitoring.reports.cells import NO_RECORD, answer_words, name_cell, recorded_cell, told_of
from monitoring.reports.own.class_reads import ClassFacts
from monitoring.reports.own.class_risk import concerned, standing_category
from monitoring.reports.pupils_help import TITLES, Help, Kind
from monitoring.reports.quarter.words import category_word
from parents.words import NoticeKind, NoticeState
from risk_registry.categories import AnswerKind, SignalRule, SignalState
from risk_registry.links import signals_link

_RECORDS = ("запись", "записи", "записей")
# What lists of records open at; the others have no list of one class.
_LISTS = {
    Kind.WORK: "work:list",
    Kind.TALK: "work:talks",
    Kind.PARENTS: "parents:talks",
    Kind.NOTICE: "notices:list",
    Kind.ROUTE: "routes:list",
}


def _list(facts: ClassFacts, kind: Kind) -> str:
    if kind not in _LISTS:
        return ""
    return f"{reverse(_LISTS[kind])}?{urlencode({'cls': facts.school_class.pk, 'period': facts.period.pk})}"


def work_section(facts: ClassFacts) -> Section:
    """How many records of each kind, and what there is about each pupil concerned."""
    return Section("work", "Работа с обучающимися", (_kinds(facts), _names(facts)), tuple(_work_words(facts)))


def _kinds(facts: ClassFacts) -> Table:
    now, was = facts.now.help, facts.done_before.help if facts.done_before is not None else None
    columns = (
        Column("kind", "Вид работы"),
        Column("records", "Записей", "number"),
        Column("pupils", "Обучающихся", "number"),
        *((Column("change", "Изменение записей", "number"),) if was is not None else ()),
    )
    rows = []
    for kind, title in TITLES.items():
        number = now.number(kind)
        told = (recorded_cell(number, link=_list(facts, kind)), number_cell(len(now.pupils(kind)) or None))
        if _of_few(kind, now):
            told = (Cell(NONE), Cell(f"менее {LEAST_GROUP}"))
        hidden = _of_few(kind, now) or (was is not None and _of_few(kind, was))
        change = () if was is None else (change_cell(None if hidden else number - was.number(kind)),)
        rows.append((Cell(title), *told, *change))
    note = (
        "О встречах со специалистами сообщается только их число, если обучающихся не меньше "
        f"{LEAST_GROUP}: что на них говорили, в отчёты не входит."
    )
    return Table("kinds", "Что записано", columns, tuple(rows), note=note)


def _of_few(kind: Kind, told: Help) -> bool:
    """Who goes to a specialist is told nowhere, a few of a class not even as a number."""
    return kind == Kind.MEETING and not may_be_told(len(told.pupils(kind)))


def _names(facts: ClassFacts) -> Table:
    columns = (Column("name", "Обучающийся", "name"), Column("category", "Категория"), Column("told", "Что записано"))
    rows = tuple(
        (
            name_cell(facts.people[row.pupil]),
            Cell(category_word(standing_category(facts, row))),
            Cell(told_of(facts.now.help, row.pupil)),
        )
        for row in concerned(facts)
    )
    return Table("help", "С кем что сделано", columns, rows, empty="В категориях никого нет.")


def _work_words(facts: ClassFacts) -> Iterator[Suggestion]:
    told = facts.now.help
    for kind, words in ((Kind.WORK, "об индивидуальной работе"), (Kind.TALK, "о беседах с обучающимися")):
        if number := told.number(kind):
            people = counted(len(told.pupils(kind)), "обучающимся", "обучающимися", "обучающимися")
            text = f"За период {counted(number, *_RECORDS)} {words} (с {people})."
            yield Suggestion(kind.value, text, "журнал", _list(facts, kind))
    if closed := told.number(Kind.GAP_CLOSED):
        opened = told.number(Kind.GAP_OPEN)
        yield Suggestion("gaps", f"Закрыто дефицитов: {closed}, открыто новых: {opened}.", "маршруты", "#work")


def parents_section(facts: ClassFacts) -> Section:
    """Notices by kind, events and who came; how many talks there were stands above."""
    return Section("parents", "Работа с родителями", (_notices(facts), _events(facts)), tuple(_parent_words(facts)))


def _notices(facts: ClassFacts) -> Table:
    columns = (
        Column("kind", "Уведомление"),
        Column("number", "Составлено", "number"),
        Column("known", "Ознакомлены", "number"),
    )
    rows = []
    for kind in NoticeKind:
        number = sum(count for (told, _), count in facts.notices.items() if told == kind)
        if number:
            rows.append((Cell(kind.label), number_cell(number), number_cell(facts.notices[kind, NoticeState.KNOWN])))
    return Table("notices", "Уведомления", columns, tuple(rows), empty=f"{NO_RECORD.capitalize()}.")


def _events(facts: ClassFacts) -> Table:
    columns = (
        Column("event", "Мероприятие"),
        Column("on", "Дата"),
        Column("came", "Семей было", "number"),
        Column("of", "Обучающихся в классе", "number"),
    )
    people = len(facts.now.judged)
    rows = tuple(
        (
            Cell(one.title, None, reverse("events:event", args=[one.key])),
            date_cell(one.on),
            number_cell(one.came) if one.known else Cell(NO_RECORD),
            number_cell(people),
        )
        for one in facts.events
    )
    return Table("events", "Мероприятия для родителей", columns, rows, empty=f"{NO_RECORD.capitalize()}.")


def _parent_words(facts: ClassFacts) -> Iterator[Suggestion]:
    told = facts.now.help
    if talks := told.number(Kind.PARENTS):
        families = counted(len(told.pupils(Kind.PARENTS)), "обучающегося", "обучающихся", "обучающихся")
        text = f"{counted(talks, 'беседа', 'беседы', 'бесед')} с родителями {families}."
        yield Suggestion("parents", text, "журнал бесед с родителями", _list(facts, Kind.PARENTS))
    if notices := told.number(Kind.NOTICE):
        text = f"Родителям составлено {counted(notices, 'уведомление', 'уведомления', 'уведомлений')}."
        yield Suggestion("notices", text, "уведомления", _list(facts, Kind.NOTICE))
    known = [one for one in facts.events if one.known]
    if known:
        came = sum(one.came for one in known)
        meetings = counted(len(known), "мероприятие", "мероприятия", "мероприятий")
        text = f"Для родителей прошло {meetings}, семьи приходили {counted(came, 'раз', 'раза', 'раз')}."
        yield Suggestion("events", text, "отметки о приходе", "#parents")


def signals_section(facts: ClassFacts) -> Section:
    """What the marks raised and what answered it."""
    link = signals_link(period=facts.period.pk, cls=facts.school_class.pk)
    columns = (
        Column("rule", "Сигнал"),
        Column("number", "Всего", "number"),
        *(Column(state.value, state.label.capitalize(), "number") for state in SignalState),
    )
    rows = []
    for rule in SignalRule:
        counts = [facts.signals[rule, state] for state in SignalState]
        if sum(counts):
            rows.append((Cell(rule.label), number_cell(sum(counts), link=link), *map(number_cell, counts)))
    told = Counter[str]()
    for kind in AnswerKind:
        told[answer_words(kind).lower()] += facts.answers[kind]
    answers = ", ".join(f"{words} — {number}" for words, number in told.items() if number)
    parts = (
        Table("signals", "По видам", columns, tuple(rows), empty="Сигналов не было."),
        Text((f"Чем ответили: {answers}.",) if answers else (), quiet=True),
    )
    total = facts.signals.total()
    open_ones = sum(count for (_, state), count in facts.signals.items() if state == SignalState.OPEN)
    said = f"Сигналов за период: {total}, ждут ответа: {open_ones}."
    return Section("signals", "Сигналы", parts, (Suggestion("signals", said, "сигналы класса", link),) if total else ())


def programs_section(facts: ClassFacts) -> Section:
    """Programs, circles and courses that pupils of the class attend."""
    columns = (Column("program", "Программа"), Column("kind", "Вид"), Column("pupils", "Обучающихся", "number"))
    rows = tuple((Cell(title), Cell(kind), number_cell(number)) for title, kind, number in facts.programs)
    table = Table("programs", "Кто где занимается", columns, rows, empty=f"{NO_RECORD.capitalize()}.")
    going = sum(number for _, _, number in facts.programs)
    said = f"На программах и в кружках {counted(going, 'место', 'места', 'мест')} занято обучающимися класса."
    offered = (Suggestion("programs", said, "записи на программы", reverse("programs:list")),) if going else ()
    return Section("programs", "Программы и кружки", (table,), offered)

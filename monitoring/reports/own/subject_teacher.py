"""The subject teacher's report of a period: each class and subject, pupils at risk and what is on record for them.

Source: the duties of a subject teacher, «отчёт о работе с обучающимися, испытывающими трудности» by quarters. It tells
of this teacher's lessons alone: nobody is compared with colleagues. Headless: `report subject_teacher`.
"""

from collections.abc import Iterator

from django.urls import reverse

from common.russian import NBSP, counted, decimal, percent
from documents.papers.parts import (
    NONE,
    Cell,
    Column,
    Figure,
    Figures,
    Paper,
    Section,
    Suggestion,
    Table,
    number_cell,
    share_cell,
)
from monitoring.reports.cells import (
    evidence_words,
    name_cell,
    percent_words,
    points,
    points_cell,
    recorded_cell,
    told_of,
)
from monitoring.reports.heads import head_of, heads_of, signed_name, year_line
from monitoring.reports.kinds import Wanted
from monitoring.reports.own.class_results import change_words
from monitoring.reports.own.teacher_reads import AtRisk, Lessons, TeacherFacts, teacher_facts
from monitoring.reports.own.teacher_tables import marks_section, written_section
from monitoring.reports.pupils_help import Kind
from monitoring.reports.quarter.words import PERSONS, category_word
from monitoring.rules.results import Tally, share

KIND = "subject_teacher"
TITLE = "Отчёт учителя-предметника"
_NOTE = (
    "Успеваемость — доля итогов «5», «4», «3», качество — доля «5» и «4» среди всех итогов, «н/а» считается. СОУ "
    "(степень обученности, методика В. П. Симонова): «5» × 1 + «4» × 0,64 + «3» × 0,36 + «2» × 0,16, делённое на число "
    "числовых итогов; «1» считается как «2», «н/а» и «незач» не входят. В столбце «2» также «1» и «незач»."
)


def build_subject_teacher(wanted: Wanted) -> Paper:
    """As the data stand now. Raises `Refused` when the teacher taught nobody in the period."""
    facts = teacher_facts(wanted)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(facts.teacher.full_name, year_line(wanted)),
        head=head_of(wanted),
        sections=(
            _main(facts),
            _results(facts),
            _risk(facts),
            _records(facts),
            written_section(facts),
            marks_section(facts),
        ),
        caveats=() if facts.over else ("Период ещё идёт: показано то, что есть на сегодня.",),
        signatures=(
            ("Учитель", signed_name(facts.teacher.short_name)),
            ("Заместитель директора по УВР", heads_of(wanted).deputy),
        ),
        landscape=True,
    )


def _main(facts: TeacherFacts) -> Section:
    pupils = {row.pupil for one in facts.lessons for row in one.judged}
    total = Tally.of(value for one in facts.lessons for value in one.values)
    risk = {one.pupil.pk for one in facts.risk}
    figures = (
        Figure("pupils", "Обучающихся", str(len(pupils)), number=len(pupils)),
        Figure("passed", "Успеваемость", percent_words(total.passed, total.rated), number=_float(total.passed, total)),
        Figure("good", "Качество", percent_words(total.good, total.rated), number=_float(total.good, total)),
        Figure(
            "at_risk", "В категориях по предмету", f"{len(risk)} · {percent(len(risk), len(pupils))}", "", "#risk",
            len(risk),
        ),
    )  # fmt: skip
    return Section("main", "Главное", (Figures(figures),))


def _float(part: int, total: Tally) -> float | None:
    value = share(part, total.rated)
    return None if value is None else float(value)


def _results(facts: TeacherFacts) -> Section:
    tables = (_lessons(facts), *((_changes(facts),) if facts.previous is not None else ()))
    return Section("results", "Итоги по классам и предметам", tables, tuple(_result_words(facts)))


def _lessons(facts: TeacherFacts) -> Table:
    columns = (
        Column("class", "Класс"),
        Column("subject", "Предмет"),
        Column("pupils", "Обучающихся", "number"),
        *(Column(code, title, "number") for code, title in (("five", "«5»"), ("four", "«4»"), ("three", "«3»"))),
        Column("low", "«2»", "number"),
        Column("not_attested", "н/а", "number"),
        Column("passed", "Успеваемость", "number"),
        Column("quality", "Качество", "number"),
        Column("mean", "Средний итог", "number"),
        Column("degree", "СОУ, %", "number"),
    )
    rows = [
        (_class_cell(one), Cell(one.title), number_cell(len(one.judged)), *_tally_cells(Tally.of(one.values)))
        for one in facts.lessons
    ]
    total = Tally.of(value for one in facts.lessons for value in one.values)
    pupils = len({row.pupil for one in facts.lessons for row in one.judged})
    foot = (Cell("Всего"), Cell(""), number_cell(pupils), *_tally_cells(total))
    return Table("lessons", "Итоги", columns, tuple(rows), (foot,) if len(rows) > 1 else (), note=_NOTE)


def _class_cell(one: Lessons) -> Cell:
    return Cell(str(one.school_class), None, reverse("school:class", args=[one.school_class.pk]))


def _tally_cells(tally: Tally) -> tuple[Cell, ...]:
    told = tally.rated > 0
    numbers = (tally.number("5"), tally.number("4"), tally.number("3"), tally.low, tally.not_attested)
    return (
        *(number_cell(number if told else None) for number in numbers),
        share_cell(tally.passed, tally.rated),
        share_cell(tally.good, tally.rated),
        number_cell(tally.mean, places=2),
        number_cell(tally.degree, places=1),
    )


def _changes(facts: TeacherFacts) -> Table:
    """The same pupils in the period before."""
    title = facts.previous.title if facts.previous is not None else ""
    columns = (
        Column("class", "Класс"),
        Column("subject", "Предмет"),
        Column("passed_was", f"Успеваемость, {title}", "number"),
        Column("passed", "сейчас", "number"),
        Column("passed_change", "Изменение", "number"),
        Column("quality_was", f"Качество, {title}", "number"),
        Column("quality", "сейчас", "number"),
        Column("quality_change", "Изменение", "number"),
    )
    rows = tuple(
        (_class_cell(one), Cell(one.title), *_change_cells(Tally.of(one.was), Tally.of(one.values)))
        for one in facts.lessons
        if one.was
    )
    note = "Изменение — в процентных пунктах, для тех же обучающихся."
    return Table("changes", "По сравнению с прошлым периодом", columns, rows, note=note)


def _change_cells(was: Tally, now: Tally) -> tuple[Cell, ...]:
    told: list[Cell] = []
    for before, part in ((was.passed, now.passed), (was.good, now.good)):
        told += [share_cell(before, was.rated), share_cell(part, now.rated)]
        told.append(points_cell(share(part, now.rated), share(before, was.rated)))
    return tuple(told)


def _result_words(facts: TeacherFacts) -> Iterator[Suggestion]:
    genitive = facts.previous.title_genitive if facts.previous is not None else ""
    for one in facts.lessons:
        now = Tally.of(one.values)
        if not now.rated:
            continue
        was = Tally.of(one.was or ())
        change = points(share(now.passed, now.rated), share(was.passed, was.rated))
        compared = f" ({change_words(change)} {genitive})" if change is not None else ""
        degree = f", СОУ {decimal(now.degree)}{NBSP}%" if now.degree is not None else ""
        text = (
            f"{one.school_class}, {one.title}: успеваемость {percent_words(now.passed, now.rated)}{compared}, "
            f"качество {percent_words(now.good, now.rated)}{degree}."
        )
        yield Suggestion(f"lessons-{one.code}", text, f"итоги {counted(now.rated, *PERSONS)}", "#results")


def _risk(facts: TeacherFacts) -> Section:
    columns = (
        Column("name", "Обучающийся", "name"),
        Column("class", "Класс"),
        Column("subject", "Предмет"),
        Column("category", "Категория"),
        Column("evidence", "Основание"),
        Column("state", "В реестре"),
        Column("told", "Что записано"),
    )
    rows = tuple(_risk_row(facts, one) for one in facts.risk)
    note = "Работа, занятия, маршруты и дефициты — по этому предмету; беседы и уведомления — обо всех предметах."
    table = Table("risk", "Кто и почему", columns, rows, empty="В категориях по предмету никого нет.", note=note)
    return Section("risk", "Обучающиеся в категориях", (table,), tuple(_risk_words(facts)))


def _risk_row(facts: TeacherFacts, one: AtRisk) -> tuple[Cell, ...]:
    entry, subject = facts.entries.get(one.pupil.pk), one.lessons.subject
    return (
        name_cell(one.pupil),
        Cell(str(one.lessons.school_class)),
        Cell(subject.name),
        Cell(category_word(one.category)),
        Cell(evidence_words(one.evidence, {subject.pk: subject.name}, named=False)),
        Cell(NONE if entry is None else entry.state.label.lower()),
        Cell(told_of(facts.help, one.pupil.pk, subject.pk)),
    )


_WORKED = (Kind.WORK, Kind.EXTRA, Kind.ROUTE)


def _risk_words(facts: TeacherFacts) -> Iterator[Suggestion]:
    risk = {one.pupil.pk for one in facts.risk}
    if not risk:
        return
    yield Suggestion("risk", f"В категориях по предмету {counted(len(risk), *PERSONS)}.", "категории", "#risk")
    worked = {
        one.pupil.pk
        for one in facts.risk
        if any(facts.help.number(kind, pupil=one.pupil.pk, subject=one.lessons.subject.pk) for kind in _WORKED)
    }
    if worked:
        text = f"Есть записи об индивидуальной работе, занятиях или маршруте: {len(worked)} из {len(risk)}."
        yield Suggestion("worked", text, "журналы и маршруты", "#risk")


def _records(facts: TeacherFacts) -> Section:
    """What the teacher has written down; gaps in the subjects that are taught."""
    own, subjects = facts.own, {one.subject.pk for one in facts.lessons}
    gaps = {kind: [one for one in facts.help.among(kind) if one.subject in subjects] for kind in _GAPS}
    columns = (
        Column("kind", "Вид работы"),
        Column("records", "Записей", "number"),
        Column("pupils", "Обучающихся", "number"),
    )
    rows = [
        ("Индивидуальная работа", *own.work, reverse("work:list")),
        ("Дополнительные занятия проведены", own.extra, 0, ""),
        ("Беседы с обучающимися", *own.talks, reverse("work:talks")),
        ("Беседы с родителями", *own.parents, reverse("parents:talks")),
        *((title, len(gaps[kind]), len({one.pupil for one in gaps[kind]}), "") for kind, title in _GAPS.items()),
    ]
    cells = tuple(
        (Cell(title), recorded_cell(number, link=link), number_cell(pupils or None))
        for title, number, pupils, link in rows
    )
    closed = len(gaps[Kind.GAP_CLOSED])
    words = (Suggestion("gaps", f"По предмету закрыто дефицитов: {closed}.", "маршруты", "#records"),) if closed else ()
    note = "Записи необязательны: «нет записи» не значит, что работы не было."
    return Section("records", "Что записано за период", (Table("records", "Записи", columns, cells, note=note),), words)


_GAPS = {
    Kind.GAP_OPEN: "Дефициты по предмету открыты",
    Kind.GAP_CLOSED: "Дефициты по предмету закрыты",
}

"""The class teacher's report: the main numbers, who came and left, what the results came to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from common.russian import NBSP, counted, decimal, percent, signed
from documents.papers.parts import (
    NONE,
    Cell,
    Column,
    Figure,
    Figures,
    Section,
    Suggestion,
    Table,
    Text,
    change_cell,
    date_cell,
    number_cell,
    share_cell,
)
from monitoring.reports.cells import compared_columns, name_cell, percent_words, points, points_cell
from monitoring.reports.own.class_reads import ClassFacts, Side
from monitoring.reports.pupils_reads import waits
from monitoring.reports.quarter.words import PERSONS
from monitoring.rules.results import Standing, Standings, Tally, is_low, share, standing_of
from risk_registry.categories import AT_RISK
from risk_registry.links import categories_link

_NOTE = (
    "Успеваемость — доля обучающихся без итогов «2», «1», «незач» и «н/а», качество — доля тех, у кого все итоги «4» и "
    "«5»; обе среди обучающихся, у которых есть итоги. «н/а» по уважительной причине не учитывается."
)


def standings_of(side: Side) -> Standings:
    """How many pupils of the class stand where."""
    counts: dict[Standing, int] = {}
    for pupil in side.pupils:
        standing = standing_of(side.results.get(pupil, {}).values())
        counts[standing] = counts.get(standing, 0) + 1
    return Standings(counts)


def at_risk(side: Side) -> list[int]:
    """Failing and weak, by name."""
    return [row.pupil for row in side.judged if row.category in AT_RISK]


def main_section(facts: ClassFacts) -> Section:
    """The numbers that matter, with their comparison."""
    now, was = standings_of(facts.now), standings_of(facts.was) if facts.was else None
    risk, risk_was = len(at_risk(facts.now)), len(at_risk(facts.was)) if facts.was else None
    unexcused = sum(one.reason == "unexcused" for one in facts.now.missed)
    to = f"к {facts.previous.title_dative}" if facts.previous is not None else ""
    people = len(facts.now.judged)
    address = reverse("school:class", args=[facts.school_class.pk])
    return Section(
        "main",
        "Главное",
        (
            Figures(
                (
                    Figure("pupils", "Обучающихся", str(people), _moved(facts), address, people),
                    _share_figure("passed", "Успеваемость", now, was, to),
                    _share_figure("good", "Качество", now, was, to),
                    Figure(
                        "at_risk",
                        "Под риском",
                        f"{risk} · {percent(risk, people)}",
                        f"{signed(risk - risk_was)} {to}" if risk_was is not None else "",
                        categories_link(period=facts.period.pk, cls=facts.school_class.pk, category="at_risk"),
                        risk,
                    ),
                    Figure(
                        "unexcused",
                        "Пропущено без уважительной причины",
                        counted(unexcused, "урок", "урока", "уроков"),
                        f"всего {counted(len(facts.now.missed), 'урок', 'урока', 'уроков')}",
                        "",
                        unexcused,
                    ),
                )
            ),
            Text((_NOTE,), quiet=True),
        ),
    )


def _moved(facts: ClassFacts) -> str:
    moves = facts.moves
    return f"прибыли {moves.came}, выбыли {moves.left}" if moves.moves else ""


def _share_figure(code: str, label: str, now: Standings, was: Standings | None, to: str) -> Figure:
    part = now.passed if code == "passed" else now.good
    before = (was.passed if code == "passed" else was.good) if was is not None else 0
    value = share(part, now.rated)
    change = points(value, share(before, was.rated) if was is not None else None)
    note = f"{'+' if change > 0 else ''}{decimal(change)} п.{NBSP}п. {to}" if change is not None else ""
    return Figure(code, label, percent_words(part, now.rated), note, "", None if value is None else float(value))


def moves_section(facts: ClassFacts) -> Section:
    """Who sits in the class, who came, who left."""
    moves = facts.moves
    columns = (
        Column("name", "Обучающийся", "name"),
        Column("what", "Что"),
        Column("on", "Дата"),
        Column("where", "Откуда, куда"),
    )
    rows = tuple(
        (name_cell(one.pupil), Cell("прибытие" if one.came else "выбытие"), date_cell(one.on), Cell(one.other or NONE))
        for one in moves.moves
    )
    told = (
        f"На начало периода в классе {counted(moves.at_start, *PERSONS)}, прибыли {moves.came}, "
        f"выбыли {moves.left}, на конец{NBSP}—{NBSP}{moves.at_end}."
    )
    table = Table("moves", "Движение", columns, rows, empty="Никто не прибыл и не выбыл.")
    return Section("contingent", "Контингент и движение", (Text((told,)), table))


@dataclass(frozen=True)
class _Measure:
    code: str
    title: str
    number: Callable[[Standings], int]


_COUNTS = (
    _Measure("rated", "Обучающихся с итогами", lambda one: one.rated),
    _Measure("excellent", "Отличники", lambda one: one.counts.get(Standing.EXCELLENT, 0)),
    _Measure("good", "Хорошисты", lambda one: one.counts.get(Standing.GOOD, 0) + one.counts.get(Standing.ONE_FOUR, 0)),
    _Measure("one_four", "из них с одной «4»", lambda one: one.counts.get(Standing.ONE_FOUR, 0)),
    _Measure("one_three", "С одной «3»", lambda one: one.counts.get(Standing.ONE_THREE, 0)),
    _Measure("failing", "Неуспевающие", lambda one: one.counts.get(Standing.FAILING, 0)),
)


def results_section(facts: ClassFacts) -> Section:
    """What the results came to: numbers, names, subjects."""
    return Section(
        "results",
        "Итоги периода",
        (_measures(facts), _low(facts), _near(facts), _subjects(facts)),
        tuple(_results_words(facts)),
    )


def _measures(facts: ClassFacts) -> Table:
    now, was = standings_of(facts.now), standings_of(facts.was) if facts.was else None
    columns = (Column("what", "Показатель"), *compared_columns(facts.previous_title, now=facts.period.title))
    shares = (("passed", "Успеваемость, %"), ("quality", "Качество, %"))
    rows = [(Cell(title), *_share_row(code, now, was)) for code, title in shares]
    rows += [
        (Cell(one.title), *_number_row(one.number(now) if now.rated else None, one.number(was) if was else None))
        for one in _COUNTS
    ]
    missing = _not_attested(facts.now) if now.rated else None
    rows.append((Cell("Не аттестованы"), *_number_row(missing, _not_attested(facts.was) if facts.was else None)))
    return Table("measures", "Итоги класса", columns, tuple(row[: len(columns)] for row in rows))


def _share_row(code: str, now: Standings, was: Standings | None) -> tuple[Cell, Cell, Cell]:
    def part(one: Standings) -> int:
        return one.passed if code == "passed" else one.good

    before = share(part(was), was.rated) if was is not None else None
    return (
        share_cell(part(now), now.rated),
        share_cell(part(was), was.rated) if was is not None else Cell(NONE),
        points_cell(share(part(now), now.rated), before),
    )


def _number_row(now: int | None, was: int | None) -> tuple[Cell, Cell, Cell]:
    change = None if now is None or was is None else now - was
    return number_cell(now), number_cell(was), change_cell(change)


def _not_attested(side: Side) -> int:
    """How many pupils have at least one."""
    return sum("н/а" in results.values() for results in side.results.values())


def _low(facts: ClassFacts) -> Table:
    """Who fails, and in what."""
    rows = tuple(
        (name_cell(facts.people[pupil]), Cell("; ".join(f"{facts.subjects[key]}: {value}" for key, value in low)))
        for pupil in facts.now.pupils
        if (low := [(k, v) for k, v in facts.now.results.get(pupil, {}).items() if is_low(v)])
    )
    columns = (Column("name", "Обучающийся", "name"), Column("subjects", "Предметы и итоги"))
    empty = "Неуспевающих и неаттестованных нет." if facts.now.results else "Итогов пока нет."
    return Table("low", "Неуспевающие и не аттестованные", columns, rows, empty=empty)


_GROUPS = (
    (Standing.EXCELLENT, "Отличники", ""),
    (Standing.ONE_FOUR, "С одной «4»", "4"),
    (Standing.GOOD, "Хорошисты", ""),
    (Standing.ONE_THREE, "С одной «3»", "3"),
)


def _near(facts: ClassFacts) -> Table:
    """By name: who has «4» and «5» alone, and whom one result keeps from it."""
    rows = []
    for standing, title, value in _GROUPS:
        for pupil in facts.now.pupils:
            results = facts.now.results.get(pupil, {})
            if standing_of(results.values()) == standing:
                subject = next((facts.subjects[key] for key, told in results.items() if value and told == value), NONE)
                rows.append((name_cell(facts.people[pupil]), Cell(title), Cell(subject)))
    columns = (Column("name", "Обучающийся", "name"), Column("group", "Группа"), Column("subject", "Предмет"))
    return Table("good", "Отличники, хорошисты, с одной «4» и с одной «3»", columns, tuple(rows), empty="Таких нет.")


def _subjects(facts: ClassFacts) -> Table:
    columns = (
        Column("subject", "Предмет"),
        *(Column(code, title, "number") for code, title in (("five", "«5»"), ("four", "«4»"), ("three", "«3»"))),
        Column("low", "«2»", "number"),
        Column("not_attested", "н/а", "number"),
        Column("quality", "Качество", "number"),
        Column("mean", "Средний итог", "number"),
    )
    told: dict[int, list[str]] = {}
    for results in facts.now.results.values():
        for key, value in results.items():
            told.setdefault(key, []).append(value)
    rows = [
        (
            Cell(name),
            *(number_cell(tally.number(grade)) for grade in ("5", "4", "3")),
            number_cell(tally.low),
            number_cell(tally.not_attested),
            share_cell(tally.good, tally.rated),
            number_cell(tally.mean, places=2),
        )
        for key, name in facts.subjects.items()
        if (tally := Tally.of(told.get(key, ()))).rated
    ]
    note = "В столбце «2» также «1» и «незач»."
    return Table("subjects", "Итоги по предметам", columns, tuple(rows), empty="Итогов пока нет.", note=note)


def _results_words(facts: ClassFacts) -> Iterator[Suggestion]:
    now, was = standings_of(facts.now), standings_of(facts.was) if facts.was else None
    if not now.rated:
        return
    genitive = facts.previous.title_genitive if facts.previous is not None else ""
    passed = _compared(now.passed, now, (was.passed, was) if was else None, genitive)
    good = _compared(now.good, now, (was.good, was) if was else None, genitive)
    ground = f"итоги {counted(now.rated, *PERSONS)}"
    yield Suggestion("results", f"Успеваемость {passed}; качество {good}.", ground, "#results")
    failing = now.counts.get(Standing.FAILING, 0)
    if failing:
        yield Suggestion(
            "failing", f"С неудовлетворительными итогами {counted(failing, *PERSONS)}.", ground, "#results"
        )
    near = list(_near_words(now))
    if near:
        yield Suggestion("near", f"{'; '.join(near).capitalize()}.", ground, "#results")


def _compared(part: int, now: Standings, was: tuple[int, Standings] | None, genitive: str) -> str:
    """«92,0 %, на 4,0 п. п. ниже, чем по итогам 1-й четверти»."""
    change = points(share(part, now.rated), _before(was))
    told = percent_words(part, now.rated)
    if change is None:
        return told
    return f"{told}, {change_words(change)} {genitive}"


def _before(was: tuple[int, Standings] | None) -> Decimal | None:
    return None if was is None else share(was[0], was[1].rated)


def change_words(change: Decimal) -> str:
    """«на 4,0 п. п. ниже, чем по итогам», «столько же, сколько по итогам»."""
    if not change:
        return "столько же, сколько по итогам"
    return f"на {decimal(abs(change))}{NBSP}п.{NBSP}п. {'выше' if change > 0 else 'ниже'}, чем по итогам"


def _near_words(now: Standings) -> Iterable[str]:
    for standing, words in ((Standing.ONE_THREE, "с одной «3»"), (Standing.ONE_FOUR, "с одной «4»")):
        number = now.counts.get(standing, 0)
        if number:
            yield f"{words} {counted(number, *PERSONS)}"


def ungrounded(facts: ClassFacts) -> list[int]:
    """Pupils of whom it is not known why they were away, a key for each lesson."""
    return [one.pupil for one in facts.now.missed if waits(one)]

"""Another school, made up by a seed: who learns there, what stands in its journal, and what follows from it.

Nothing here uses the product's code: periods, categories, counts and figures are computed again from the contract.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

STARTS = {
    "quarters": ((9, 1), (11, 1), (1, 1), (4, 1)),
    "trimesters": ((9, 1), (12, 1), (3, 1)),
    "halfyears": ((9, 1), (1, 1)),
}
UNIT = {"quarters": "четверть", "trimesters": "триместр", "halfyears": "полугодие"}
UNIT_SHORT = {"quarters": "четв.", "trimesters": "трим.", "halfyears": "полуг."}
UNSATISFACTORY = {"1", "2", "н/а", "незач"}
SUBJECTS = (
    "Русский язык",
    "Литература",
    "Иностранный язык (английский)",
    "Второй иностранный язык (немецкий)",
    "Труд (Технология) мальчики",
    "Труд (Технология) девочки",
    "Алгебра и начала математического анализа",
    "Вероятность и статистика",
    "Основы духовно-нравственной культуры народов России",
    "Изобразительное искусство",
    "История России. Всеобщая история",
    "Физическая культура",
    "Родной язык (русский)",
    "ОБЗР",
    "Химия",
    "Музыка",
)
SURNAMES = ("Соловьёв", "Королёв", "Мартынов", "Щукин", "Ёлкин", "Воронцов", "Трофимов", "Ушаков", "Панфилов", "Гусев")
FIRST = (("Пётр", "Семён", "Артём", "Лев", "Илья"), ("Алёна", "Мария", "Вера", "Софья", "Нина"))
FATHERS = (("Петрович", "Львович", "Ильич", "Семёнович"), ("Петровна", "Львовна", "Ильинична", "Семёновна"))

Slot = tuple[str, str, date]


@dataclass(frozen=True)
class Pupil:
    """A pupil with the class from which the year began and later moves."""

    id: str
    last: str
    first: str
    middle: str
    male: bool
    birth: date
    entered: str
    moves: tuple[tuple[date, str], ...] = ()

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.last, self.first, self.middle)))

    def class_on(self, day: date) -> str:
        return next((to for when, to in reversed(self.moves) if when <= day), self.entered)


@dataclass
class World:
    """The school, its calendar and the facts that its journal holds."""

    code: str
    system: str = "quarters"
    upper: str = "halfyears"
    year: int = 2026
    pupils: list[Pupil] = field(default_factory=list)
    subjects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lessons: dict[tuple[str, str], list[date]] = field(default_factory=dict)  # a double lesson twice
    cells: dict[tuple[str, str, date, int], str] = field(default_factory=dict)  # pupil, subject, day, turn
    results: dict[tuple[str, str, int], str] = field(default_factory=dict)  # pupil, subject, number in own system
    weighted: dict[tuple[str, str, int], float] = field(default_factory=dict)

    def grade(self, class_name: str) -> int:
        return int(class_name[:-1])

    def system_of(self, class_name: str) -> str:
        return "halfyears" if self.upper == "halfyears" and self.grade(class_name) >= 10 else self.system

    def interval(self, system: str, number: int) -> tuple[date, date]:
        starts = [date(self.year if month >= 9 else self.year + 1, month, day) for month, day in STARTS[system]]
        ends = [*(start - timedelta(1) for start in starts[1:]), date(self.year + 1, 8, 31)]
        return starts[number - 1], ends[number - 1]

    def period_of(self, system: str, day: date) -> int:
        numbers = range(1, len(STARTS[system]) + 1)
        return next(n for n in numbers if self.interval(system, n)[0] <= day <= self.interval(system, n)[1])

    def members(self, class_name: str, day: date) -> list[Pupil]:
        return sorted((p for p in self.pupils if p.class_on(day) == class_name), key=lambda p: p.name)

    def cell(self, pupil: Pupil, class_name: str, subject: str, day: date, turn: int) -> str | None:
        """What the journal of a class shows; days when the pupil sat elsewhere are blank in it."""
        return self.cells.get((pupil.id, subject, day, turn)) if pupil.class_on(day) == class_name else None

    def covered(self, class_name: str, subjects: Iterable[str], first: date, last: date) -> set[Slot]:
        """What a journal of these days speaks for."""
        return {
            (pupil.id, subject, day)
            for pupil in self.members(class_name, last)
            for subject in subjects
            for day in self.lessons[class_name, subject]
            if first <= day <= last and pupil.class_on(day) == class_name
        }

    def classes(self) -> list[str]:
        return sorted(
            {p.entered for p in self.pupils} | {to for p in self.pupils for _, to in p.moves}, key=self._order
        )

    def _order(self, class_name: str) -> tuple[int, str]:
        return self.grade(class_name), class_name


def tokens_of(cell: str) -> tuple[list[int], list[str], bool]:
    """Marks, absence codes and whether the cell is rejected whole."""
    marks, codes = [], []
    for token in cell.replace("/", " ").split():
        if token.rstrip("+-") in {"1", "2", "3", "4", "5"} and len(token) <= 2:
            marks.append(int(token[0]))
        elif token.upper() in {"Н", "Б", "У"}:
            codes.append(token.upper())
        elif token.upper() not in {"О", "ОП", "."}:
            return [], [], True
    return marks, codes, False


def make_world(seed: int, code: str, system: str, upper: str, classes: Iterable[str], size: int, period: int) -> World:
    """A school whose journals are filled from the year's beginning to the middle or end of the period."""
    chance = random.Random(seed)
    world = World(code, system, upper)
    number = 0
    for class_name in classes:
        taken: set[str] = set()
        for _ in range(size):
            number += 1
            world.pupils.append(_pupil(chance, number, class_name, world.year, taken))
        world.subjects[class_name] = tuple(chance.sample(SUBJECTS, min(6, len(SUBJECTS))))
    for class_name in classes:
        _fill(chance, world, class_name, period)
    return world


def _pupil(chance: random.Random, number: int, class_name: str, year: int, taken: set[str]) -> Pupil:
    while True:
        male = chance.random() < 0.5
        last = chance.choice(SURNAMES) + ("" if male else "а")
        first, middle = chance.choice(FIRST[not male]), chance.choice(FATHERS[not male])
        if f"{last} {first} {middle}" not in taken:
            taken.add(f"{last} {first} {middle}")
            break
    birth = date(year - 6 - int(class_name[:-1]), 1, 10) + timedelta(chance.randint(0, 330))
    return Pupil(f"{number:06d}", last, first, middle, male, birth, class_name)


CELLS = ("4 3", "5/4", "н 4", "н н", "б", "у", "О", "ОП", ".", "3-", "4+", "Н", "Б", "У", "3/3", "О 4")


def _fill(chance: random.Random, world: World, class_name: str, period: int) -> None:
    first, last = date(world.year, 9, 1), world.interval(world.system, period)[1]
    last = min(last, date(world.year + 1, 5, 25))
    own = world.system_of(class_name)
    for subject in world.subjects[class_name]:
        days: list[date] = []
        day = first + timedelta(chance.randint(0, 5))
        while day <= last:
            if day.weekday() < 6:
                days += [day] * (2 if chance.random() < 0.1 else 1)
            day += timedelta(chance.choice((2, 3, 5, 7, 9)))
        world.lessons[class_name, subject] = days
        for pupil in world.members(class_name, last):
            level = chance.choice((2.6, 3.2, 3.8, 4.4, 4.8))
            fill_pupil(chance, world, pupil, subject, days, level)
            for number in range(1, world.period_of(own, last) + 1):
                if world.grade(class_name) > 1 and world.interval(own, number)[1] <= last and chance.random() < 0.8:
                    value = chance.choices(
                        (str(round(level)), "2", "3", "н/а", "осв", "зач", "незач", "усп"), (80, 2, 9, 1, 1, 1, 1, 1)
                    )
                    world.results[pupil.id, subject, number] = value[0]


def fill_pupil(chance: random.Random, world: World, pupil: Pupil, subject: str, days: list[date], level: float) -> None:
    """Marks and absences of one pupil on these lessons of a subject."""
    turns: Counter[date] = Counter()
    for day in days:
        turns[day] += 1
        draw = chance.random()
        if draw < 0.5:
            continue
        cell = str(min(5, max(1, round(chance.gauss(level, 0.7))))) if draw < 0.9 else chance.choice(CELLS)
        world.cells[pupil.id, subject, day, turns[day]] = cell


def half_up(value: Decimal | float, places: str = "1") -> Decimal:
    return Decimal(str(value)).quantize(Decimal(places), rounding=ROUND_HALF_UP)


def _unrated(pupil: Pupil, class_name: str) -> dict[str, Any]:
    """What is told of a pupil without a mark."""
    return {
        "external_id": pupil.id,
        "name": pupil.name,
        "class": class_name,
        "category": "none",
        "subjects": [],
        "evidence": [],
        "provisional": False,
        "unrated": True,
    }


@dataclass
class Book:
    """What stands in the database, as files are loaded: the oracle of counts, categories and reports."""

    world: World
    marks: dict[Slot, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    absences: dict[Slot, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    results: dict[tuple[str, str, str], str] = field(default_factory=dict)  # pupil, subject, "halfyears 1"
    weighted: dict[tuple[str, str, str], float] = field(default_factory=dict)
    means: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def lessons(
        self, stated: dict[Slot, list[str]], covered: Iterable[Slot], *, absences: bool = True
    ) -> dict[str, Counter[str]]:
        """Load cells of a journal or progress; counts by kind."""
        counts = {"marks": Counter[str](), "absences": Counter[str]()}
        for slot in set(covered) | set(stated):
            marks: Counter[int] = Counter()
            codes: Counter[str] = Counter()
            unsure = False
            for cell in stated.get(slot, []):
                found, said, rejected = tokens_of(cell)
                marks.update(found)
                codes.update(said)
                unsure = unsure or rejected
            _merge(self.marks[slot], marks, counts["marks"], keep=unsure)
            _merge(self.absences[slot], codes, counts["absences"], keep=unsure)
        return counts

    def results_stated(self, stated: dict[tuple[str, str, str], str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for key, value in stated.items():
            old = self.results.get(key)
            counts["created" if old is None else "unchanged" if old == value else "updated"] += 1
            self.results[key] = value
        return counts

    def classify(self, number: int) -> dict[str, Any]:
        """The answer of `classify --period NUMBER`."""
        world = self.world
        first, last = world.interval(world.system, number)
        pupils = [self._judge(pupil, first, last) for pupil in world.pupils]
        counts = Counter(pupil["category"] for pupil in pupils)
        return {
            "school": world.code,
            "period": number,
            "provisional": any(pupil["provisional"] for pupil in pupils),
            "counts": {name: counts[name] for name in ("failing", "weak", "reserve", "none")},
            "pupils": sorted(pupils, key=lambda told: str(told["external_id"])),
        }

    def _judge(self, pupil: Pupil, first: date, last: date) -> dict[str, Any]:
        world = self.world
        class_name = pupil.class_on(last)
        system = world.system_of(class_name)
        own = world.period_of(system, last)
        start, end = world.interval(system, own)
        longer = end > last
        told = _unrated(pupil, class_name)
        if world.grade(class_name) == 1:
            return told
        marks = self._marks_of(pupil, start, last)
        period = f"{system} {own}"
        results = {s: value for (who, s, when), value in self.results.items() if who == pupil.id and when == period}
        subjects = {s for s, values in marks.items() if values} | set(results)
        told["unrated"] = not subjects
        bad = {s: sorted(day.isoformat() for day, value in marks[s] if value <= 2) for s in subjects}
        forecast = {s: self._forecast(pupil.id, s, period, marks[s]) for s in subjects if s not in results}
        told["provisional"] = bool(forecast) or (longer and bool(subjects))
        outcome = {**{s: str(v) for s, v in forecast.items() if v}, **results}
        failing = [s for s in subjects if outcome.get(s) in UNSATISFACTORY]
        weak = [s for s in subjects if bad[s]]
        reserve = [s for s in subjects if outcome.get(s) == "3"]
        found = failing or weak or (reserve if len(reserve) <= 2 else [])
        if found:
            told["category"] = "failing" if failing else "weak" if weak else "reserve"
        told["subjects"] = sorted(found, key=alphabetical)
        told["evidence"] = [
            {
                "subject": s,
                "unsatisfactory": bad[s] if told["category"] != "reserve" else [],
                "result": results.get(s),
                "not_attested": results.get(s) == "н/а",
            }
            for s in told["subjects"]
        ]
        return told

    def _marks_of(self, pupil: Pupil, first: date, last: date) -> dict[str, list[tuple[date, int]]]:
        marks: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for (who, subject, day), values in self.marks.items():
            if who == pupil.id and first <= day <= last:
                marks[subject] += [(day, value) for value in values.elements()]
        return marks

    def _forecast(self, pupil: str, subject: str, period: str, marks: list[tuple[date, int]]) -> int | None:
        if len(marks) < 3:
            return None
        weighted = self.weighted.get((pupil, subject, period))
        mean = Decimal(str(weighted)) if weighted else Decimal(sum(v for _, v in marks)) / len(marks)
        return int(half_up(mean))

    def signals(self, number: int) -> set[tuple[str, str, tuple[str, ...]]]:
        """(pupil, subject, dates) with three unsatisfactory marks and more."""
        world = self.world
        _, last = world.interval(world.system, number)
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for pupil in world.pupils:
            system = world.system_of(pupil.class_on(last))
            start, _ = world.interval(system, world.period_of(system, last))
            for (who, subject, day), values in self.marks.items():
                if who == pupil.id and start <= day <= last and world.grade(pupil.class_on(last)) > 1:
                    found[who, subject] += [day.isoformat()] * sum(n for value, n in values.items() if value <= 2)
        return {(*key, tuple(sorted(days))) for key, days in found.items() if len(days) >= 3}

    def report(self, number: int) -> dict[str, Any]:
        """Totals, classes and subjects of `report quarterly`."""
        world = self.world
        told = self.classify(number)
        by_class: dict[str, Counter[str]] = defaultdict(Counter)
        for pupil in told["pupils"]:
            by_class[pupil["class"]].update(["pupils", pupil["category"]])
        names = ("pupils", "failing", "weak", "reserve", "none")
        _, last = world.interval(world.system, number)
        period = {}
        for pupil in world.pupils:
            system = world.system_of(pupil.class_on(last))
            period[pupil.id] = f"{system} {world.period_of(system, last)}"
        values: dict[str, list[str]] = defaultdict(list)
        for (who, subject, when), value in self.results.items():
            if when == period[who]:
                values[subject].append(value)
        return {
            "totals": {name: sum(counts[name] for counts in by_class.values()) for name in names},
            "classes": {c: {name: counts[name] for name in names} for c, counts in by_class.items()},
            "subjects": {s: _subject(found) for s, found in values.items()},
        }


def _subject(values: list[str]) -> dict[str, Any]:
    numbers = [int(value) for value in values if value.isdigit()]
    return {
        "unsatisfactory_results": sum(value in {"1", "2", "незач"} for value in values),
        "not_attested": values.count("н/а"),
        "mean": float(half_up(Decimal(sum(numbers)) / len(numbers), "0.01")) if numbers else None,
    }


def alphabetical(name: str) -> str:
    """Russian alphabetical order, ё beside е."""
    return name.lower().replace("ё", "е\uffff")


def _merge(old: Counter[Any], new: Counter[Any], counts: Counter[str], *, keep: bool) -> None:
    same = old & new
    gone, come = old - same, new - same
    counts["unchanged"] += same.total()
    if keep:
        counts["created"] += come.total()
        old += come
        return
    pairs = min(gone.total(), come.total())
    counts["updated"] += pairs
    counts["removed"] += gone.total() - pairs
    counts["created"] += come.total() - pairs
    old.clear()
    old.update(new)

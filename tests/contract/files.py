"""The world's journal written as the files that e-journals export, each bent in another way by a seed."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from common.tabular import Cell, Merge
from tests.contract.world import UNIT, UNIT_SHORT, Pupil, Slot, World
from tests.gradebook.tables import CONTAINERS, Made

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
LATIN = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")


def bent_name(chance: random.Random, pupil: Pupil) -> str:
    """The name as some file writes it; always still this pupil's."""
    style = chance.randrange(8)
    if style == 1:
        return pupil.name.replace("ё", "е").replace("Ё", "Е")
    if style == 2:
        return pupil.name.upper()
    if style == 3:
        return f"{pupil.last}  {pupil.first} {pupil.middle} "
    if style == 4 and pupil.middle:
        return f"{pupil.last} {pupil.middle} {pupil.first}"
    if style == 5:
        return pupil.name.translate(LATIN)
    return pupil.name


def heading(world: World, chance: random.Random, class_name: str, period: str, subject: str = "") -> list[list[Any]]:
    """Class, subject, year and period in one line, in cells, or in lines of their own."""
    parts = [
        ("Класс", class_name),
        ("Предмет", subject),
        ("Учебный год", f"{world.year}/{world.year + 1}"),
        ("Период", period),
    ]
    parts = [(label, value) for label, value in parts if value]
    style = chance.randrange(4)
    if style == 0:
        return [["МБОУ СОШ № 77"], ["Журнал. " + ". ".join(f"{label}: {value}" for label, value in parts)]]
    if style == 1:
        return [[f"{label}: {value}"] for label, value in parts]
    if style == 2:
        return [[cell for label, value in parts for cell in (f"{label}:", value, None)]]
    return [[], ["МБОУ СОШ № 77"], [], *[[None, f"{label}:", value] for label, value in parts], []]


def period_words(chance: random.Random, world: World, class_name: str, number: int) -> str:
    """«1 четверть», or the range of its days."""
    system = world.system_of(class_name)
    if chance.random() < 0.3:
        first, last = world.interval(system, number)
        return f"с {first:%d.%m.%y} по {last:%d.%m.%y}"
    return f"{number} {UNIT[system]}"


def day_heads(chance: random.Random, days: Sequence[date]) -> tuple[list[list[Any]], list[tuple[int, int, int]]]:
    """Heading rows over the lesson columns and ranges of months to merge: (row, first, last)."""
    style = chance.randrange(5)
    if style == 0:
        return [[None] * len(days), list(days)], []
    if style == 1:
        return [[None] * len(days), [f"{day:%d.%m.%Y}" for day in days]], []
    if style == 2:
        return [[None] * len(days), [f"{day:%d.%m}" for day in days]], []
    top: list[Cell] = []
    runs: list[tuple[int, int, int]] = []
    for place, day in enumerate(days):
        new = not place or days[place - 1].month != day.month
        top.append(MONTHS[day.month - 1].capitalize() if new else None)
        if new:
            runs.append((0, place, place))
        else:
            runs[-1] = (0, runs[-1][1], place)
    numbers: list[Cell] = [str(day.day) if style == 4 else day.day for day in days]
    return [top, numbers], [run for run in runs if run[1] < run[2]] if style == 3 else []


def turns(days: Sequence[date]) -> list[tuple[date, int]]:
    seen: Counter[date] = Counter()
    found = []
    for day in days:
        seen[day] += 1
        found.append((day, seen[day]))
    return found


def cell_of(chance: random.Random, text: str | None) -> Cell:
    """A mark as a number or as text."""
    return int(text) if text and text.isdigit() and chance.random() < 0.6 else text


def journal_sheet(
    world: World,
    chance: random.Random,
    class_name: str,
    subject: str,
    number: int,
    ids: bool,
    until: date | None = None,
) -> Made:
    """A page of the journal for one period of the class, or for its days up to `until`, as it was printed then."""
    first, last = world.interval(world.system_of(class_name), number)
    last = until or last
    days = [day for day in world.lessons[class_name, subject] if first <= day <= last]
    pupils = world.members(class_name, last)
    top = heading(world, chance, class_name, period_words(chance, world, class_name, number), subject)
    heads, runs = day_heads(chance, days)
    left = (
        ["№", "Ид.", "ФИО"] if ids else ["№", chance.choice(["Фамилия, имя, отчество", "Ученик", "ФИО обучающегося"])]
    )
    short = UNIT_SHORT[world.system_of(class_name)]
    right: list[Cell] = ["Ср.", f"{number} {short}"]
    rows = [*top, [*left, *heads[0], *right], [*[None] * len(left), *heads[1], None, None]]
    merges = [Merge(len(top) + row, len(left) + a, len(top) + row, len(left) + b) for row, a, b in runs]
    for place, pupil in enumerate(pupils, 1):
        who: list[Cell] = [place, *([pupil.id] if ids else []), bent_name(chance, pupil)]
        cells = [cell_of(chance, world.cell(pupil, class_name, subject, day, turn)) for day, turn in turns(days)]
        result = None if until else world.results.get((pupil.id, subject, number))
        rows.append([*who, *cells, None, result])
        if chance.random() < 0.05:
            rows.append([])
    title = chance.choice([subject[:31].translate(str.maketrans("", "", "[]:*?/\\")), f"Лист{chance.randrange(10**6)}"])
    return Made(title, rows, merges)


def stated_cells(
    world: World, class_name: str, subjects: Sequence[str], number: int, until: date | None = None
) -> dict[Slot, list[str]]:
    """What the journal pages of a class and period say."""
    first, last = world.interval(world.system_of(class_name), number)
    slots = world.covered(class_name, subjects, first, until or last)
    found: dict[Slot, list[str]] = {}
    for (who, subject, day, _), cell in world.cells.items():
        if (who, subject, day) in slots:
            found.setdefault((who, subject, day), []).append(cell)
    return found


def stated_results(
    world: World, class_name: str, subjects: Sequence[str], number: int
) -> dict[tuple[str, str, str], str]:
    system = world.system_of(class_name)
    _, last = world.interval(system, number)
    ids = {pupil.id for pupil in world.members(class_name, last)}
    return {
        (who, subject, f"{system} {number}"): value
        for (who, subject, n), value in world.results.items()
        if n == number and who in ids and subject in subjects
    }


def progress_sheet(world: World, chance: random.Random, class_name: str, number: int) -> Made:
    """A block a pupil, subjects down, days across."""
    system = world.system_of(class_name)
    first, last = world.interval(system, number)
    subjects = world.subjects[class_name]
    days = sorted({day for s in subjects for day in world.lessons[class_name, s] if first <= day <= last})
    rows: list[list[Any]] = [
        [f"Учебный год: {world.year}/{world.year + 1}"],
        [f"Класс: {class_name}"],
        [f"Период: с {first:%d.%m.%y} по {last:%d.%m.%y}"],
    ]
    for pupil in world.members(class_name, last):
        heads, _ = day_heads(random.Random(4), days)
        rows += [
            [f"Ученик: {bent_name(chance, pupil)}"],
            ["Предмет", *heads[0], "Средняя оценка", "Средневзвешенный балл", "Итоговая оценка за период"],
        ]
        rows.append([None, *heads[1], None, None, None])
        for subject in subjects:
            cells: list[Cell] = []
            for day in days:
                said = [said for turn in (1, 2, 3) if (said := world.cell(pupil, class_name, subject, day, turn))]
                cells.append(" ".join(said).replace("/", " ").replace(" ", chance.choice([" ", "/"])) or None)
            weighted = world.weighted.get((pupil.id, subject, number))
            rows.append([subject, *cells, None, weighted, world.results.get((pupil.id, subject, number))])
        rows += [["Н - Неуважительная, О - Опоздание, Б - Болезнь, У - Уважительная"], []]
    return Made("Успеваемость", rows)


def summary_sheet(world: World, chance: random.Random, class_name: str, number: int) -> Made:
    """Results of a class, with totals at the foot."""
    _, last = world.interval(world.system_of(class_name), number)
    subjects = list(world.subjects[class_name])
    chance.shuffle(subjects)
    rows = [
        ["МБОУ СОШ № 77"],
        ["Сводная ведомость учёта успеваемости"],
        *heading(world, chance, class_name, period_words(chance, world, class_name, number)),
    ]
    rows.append(["№", "ФИО", *subjects, "Пропущено уроков"])
    for place, pupil in enumerate(world.members(class_name, last), 1):
        rows.append(
            [
                place,
                bent_name(chance, pupil),
                *[cell_of(chance, world.results.get((pupil.id, s, number))) for s in subjects],
                chance.randrange(30),
            ]
        )
    for foot in ("Средний балл", "Успеваемость, %", "Качество знаний, %"):
        rows.append([None, foot, *[4 for _ in subjects], None])
    return Made(class_name, rows)


def report_sheet(world: World, chance: random.Random, class_name: str) -> Made:
    """Report cards of a class: all periods."""
    system = world.system_of(class_name)
    count = {"quarters": 4, "trimesters": 3, "halfyears": 2}[system]
    rows: list[list[Any]] = [["Табель успеваемости учащегося"]]
    for pupil in world.members(class_name, date(world.year, 9, 1)):
        rows.append(
            [
                f"Ученик: {bent_name(chance, pupil)}",
                None,
                f"Класс: {class_name}",
                None,
                f"Учебный год: {world.year}/{world.year + 1}",
            ]
        )
        rows.append(["№ п/п", "Предмет", "Учебные периоды", *[None] * (3 * count - 1), "Год. оценка", "Экз. оценка"])
        units: list[Cell] = []
        for n in range(1, count + 1):
            units += [f"{n} {UNIT[system].capitalize()}", None, None]
        rows.append([None, None, *units])
        rows.append([None, None, *["Средний балл", "Ср. взв. балл", "Итог"] * count])
        for place, subject in enumerate(world.subjects[class_name], 1):
            cells: list[Cell] = []
            for n in range(1, count + 1):
                cells += [None, world.weighted.get((pupil.id, subject, n)), world.results.get((pupil.id, subject, n))]
            rows.append([place, subject, *cells, None, None])
        rows.append([])
    return Made("Табель", rows)


def flat_sheet(world: World, chance: random.Random, class_names: Sequence[str], until: date) -> Made:
    """One row a mark, in any order."""
    of = {pupil.id: pupil for pupil in world.pupils}
    rows: list[list[Any]] = []
    for (who, subject, day, _), text in world.cells.items():
        if day > until or of[who].class_on(day) not in class_names:
            continue
        for token in text.replace("/", " ").split():
            if token[0].isdigit():
                when: Cell = day if chance.random() < 0.5 else f"{day:%d.%m.%Y}"
                rows.append(
                    [who, bent_name(chance, of[who]), of[who].class_on(day), subject, when, cell_of(chance, token)]
                )
    chance.shuffle(rows)
    return Made("Отметки", [["Ид. ученика", "ФИО", "Класс", "Предмет", "Дата", "Отметка"], *rows])


def contingent(world: World, pupils: Sequence[Pupil], day: date | None = None) -> Made:
    rows: list[list[Any]] = [
        ["Контингент обучающихся"],
        ["№ п/п", "Ид.", "Фамилия", "Имя", "Отчество", "Пол", "Дата рождения", "Класс"],
    ]
    if day:
        rows[1].append("Дата перевода")
    for place, p in enumerate(pupils, 1):
        row: list[Cell] = [place, p.id, p.last, p.first, p.middle, "М" if p.male else "Ж", p.birth, p.entered]
        rows.append([*row, f"{day:%d.%m.%Y}"] if day else row)
    return Made("Лист1", rows)


def save(sheets: list[Made], folder: Path, stem: str, container: str) -> list[Path]:
    """The sheets as files: one, or one a sheet where the container holds no more."""
    ending, write = CONTAINERS[container]
    suffix = Path(ending).suffix
    folder.mkdir(parents=True, exist_ok=True)
    if container.startswith("csv") or container == "html":
        paths = []
        for place, sheet in enumerate(sheets):
            path = folder / f"{stem}_{place}{suffix}"
            write([sheet], path)
            paths.append(path)
        return paths
    unique = [
        Made(f"{sheet.name[:26]} {place}" if len(sheets) > 1 else sheet.name, sheet.rows, sheet.merges)
        for place, sheet in enumerate(sheets)
    ]
    path = folder / f"{stem}{suffix}"
    write(unique, path)
    return [path]

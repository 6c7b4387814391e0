"""One small set of facts, written in any of the six layouts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from common.tabular import Cell
from tests.gradebook.tables import CONTAINERS, ONE_SHEET, Bent, Grid, Made, Unit, make

MONTHS = (
    "",
    "Январь",
    "Февраль",
    "Март",
    "Апрель",
    "Май",
    "Июнь",
    "Июль",
    "Август",
    "Сентябрь",
    "Октябрь",
    "Ноябрь",
    "Декабрь",
)
NAMES = ("Фамилия, имя, отчество", "ФИО", "Ученик", "Обучающийся", "Ф.И.О. учащегося")
MEANS = ("Средний балл", "Ср.", "Средняя оценка", "Ср. балл")
RESULTS = ("1 четв.", "I четверть", "1-я четверть", "Оценка за 1 четверть")
TOTALS = ("Итог", "Итоговая оценка за период", "Итог за период")
MARKS = ("Отметка", "Оценка")


@dataclass(frozen=True)
class Child:
    """A pupil of the class."""

    id: str
    name: str


@dataclass(frozen=True)
class Lesson:
    """A cell of the journal: codes and marks of one pupil at one lesson; `turn` tells the lessons of a day apart."""

    child: int
    subject: int
    day: date
    turn: int
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class ClassBook:
    """Facts of one class in one quarter."""

    name: str
    year: int
    children: tuple[Child, ...]
    subjects: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    results: tuple[tuple[int, int, str], ...]  # child, subject, value
    means: tuple[tuple[int, int, float], ...]

    def days(self, subject: int) -> list[tuple[date, int]]:
        """Columns of a subject's page: days, a double lesson twice."""
        return sorted({(lesson.day, lesson.turn) for lesson in self.lessons if lesson.subject == subject})

    def all_days(self) -> list[date]:
        return sorted({lesson.day for lesson in self.lessons})

    def marks(self) -> Counter[tuple[str, str, date, int]]:
        """The answer: every mark as (pupil, subject, date, value)."""
        return Counter(
            (self.children[lesson.child].name, self.subjects[lesson.subject], lesson.day, int(token[0]))
            for lesson in self.lessons
            for token in lesson.tokens
            if token[0].isdigit()
        )

    def absences(self) -> Counter[tuple[str, str, date, str]]:
        """The answer: every absence as (pupil, subject, date, upper-case code)."""
        return Counter(
            (self.children[lesson.child].name, self.subjects[lesson.subject], lesson.day, token.upper())
            for lesson in self.lessons
            for token in lesson.tokens
            if token.upper() in ("Н", "Б", "У")
        )

    def result_of(self, child: int, subject: int) -> str | None:
        return next((value for who, what, value in self.results if (who, what) == (child, subject)), None)

    def mean_of(self, child: int, subject: int) -> float | None:
        return next((value for who, what, value in self.means if (who, what) == (child, subject)), None)


def _said(bent: Bent, choices: Sequence[str], salt: str) -> str:
    return choices[0] if not bent.wording else bent.random(salt + str(bent.wording)).choice(choices)


def _numbers(count: int) -> list[Cell]:
    return list(range(1, count + 1))


def _cell(tokens: Sequence[str], joiner: str) -> Cell:
    if len(tokens) == 1 and tokens[0].isdigit():
        return int(tokens[0])
    return (" " if any(not token[0].isdigit() for token in tokens) else joiner).join(tokens) or None


def _column(*heads: Cell, depth: int, cells: Sequence[Cell]) -> Unit:
    return Unit([[*heads, *[None] * (depth - len(heads))]], [list(cells)])


def journal(book: ClassBook, bent: Bent) -> list[Made]:
    """A sheet a subject."""
    return [_journal_page(book, subject, bent) for subject in range(len(book.subjects))]


def _journal_page(book: ClassBook, subject: int, bent: Bent) -> Made:
    name = book.subjects[subject]
    sheet_name = f"Лист{subject + 1}" if bent.sheet_names else name[:31].translate(str.maketrans("", "", "[]:*?/\\"))
    grid = Grid(sheet_name)
    if bent.wording % 2:
        grid.title = [["МБОУ СОШ № 1"], ["Класс:", book.name, None, "Предмет:", name], _year_and_quarter(book)]
    else:
        grid.title = [
            ["МБОУ СОШ № 1"],
            [f"Журнал. Класс: {book.name}. Предмет: {name}. Учебный год: {_years(book)}. Период: 1 четверть"],
        ]
    children = range(len(book.children))
    days = book.days(subject)
    grid.units = [
        _column("№", depth=2, cells=_numbers(len(children))),
        _column(_said(bent, NAMES, "n"), depth=2, cells=[child.name for child in book.children]),
    ]
    lessons: list[tuple[list[Cell], list[Cell]]] = [
        ([MONTHS[day.month].lower(), day.day], [_lesson(book, child, subject, day, turn) for child in children])
        for day, turn in days
    ]
    if bent.merged or not bent.permuted:
        lessons_units = [Unit([head for head, _ in lessons], [cells for _, cells in lessons])] if lessons else []
    else:  # every column names its month, so they may stand in any order
        lessons_units = [Unit([head], [cells]) for head, cells in lessons]
    grid.units += lessons_units
    grid.units += [
        _column(_said(bent, MEANS, "m"), depth=2, cells=[book.mean_of(child, subject) for child in children]),
        _column(_said(bent, RESULTS, "r"), depth=2, cells=[book.result_of(child, subject) for child in children]),
    ]
    return make(grid, bent, 2, len(book.children))


def _years(book: ClassBook) -> str:
    return f"{book.year}/{book.year + 1}"


def _year_and_quarter(book: ClassBook) -> list[Cell]:
    return [f"Учебный год: {_years(book)}", None, "Период:", "1 четверть"]


def _lesson(book: ClassBook, child: int, subject: int, day: date, turn: int | None, joiner: str = " ") -> Cell:
    tokens = [
        token
        for lesson in sorted(book.lessons, key=lambda lesson: lesson.turn)
        if (lesson.child, lesson.subject, lesson.day) == (child, subject, day) and turn in (None, lesson.turn)
        for token in lesson.tokens
    ]
    return _cell(tokens, joiner)


def progress(book: ClassBook, bent: Bent) -> list[Made]:
    """A block a pupil, one below another."""
    blocks = [_progress_block(book, child, bent) for child in range(len(book.children))]
    return [_stacked("Отчёт", blocks)]


def _progress_block(book: ClassBook, child: int, bent: Bent) -> Made:
    grid = Grid(f"p{child}")
    grid.title = [
        [f"Учебный год: {_years(book)}"],
        [f"Класс: {book.name}"],
        [f"Период: с 01.09.{book.year % 100} по 31.10.{book.year % 100}"],
        [f"Ученик: {book.children[child].name}"],
    ]
    subjects = range(len(book.subjects))
    lessons: list[tuple[list[Cell], list[Cell]]] = [
        (
            [MONTHS[day.month], day.day],
            [_lesson(book, child, subject, day, None, "/") for subject in subjects],
        )
        for day in book.all_days()
    ]
    grid.units = [_column("Предмет", depth=2, cells=book.subjects)]
    if lessons:
        grid.units.append(Unit([head for head, _ in lessons], [cells for _, cells in lessons]))
    means = [book.mean_of(child, subject) for subject in subjects]
    grid.units += [
        _column(_said(bent, ("Средняя оценка", "Средний балл"), "pm"), depth=2, cells=means),
        _column("Средневзвешенный балл", depth=2, cells=[0 if mean is None else mean for mean in means]),
        _column(_said(bent, TOTALS[1:], "pr"), depth=2, cells=[book.result_of(child, s) for s in subjects]),
    ]
    grid.foot = [["Н - Неуважительная, О - Опоздание, Б - Болезнь, У - Уважительная"], []]
    return make(grid, bent, 2, len(book.subjects))


def _stacked(name: str, blocks: Sequence[Made]) -> Made:
    whole = Made(name, [])
    for block in blocks:
        shift = len(whole.rows)
        whole.rows += block.rows
        whole.merges += [merge._replace(top=merge.top + shift, bottom=merge.bottom + shift) for merge in block.merges]
    return whole


def summary(book: ClassBook, bent: Bent) -> list[Made]:
    """Pupils down, subjects across, totals at the foot."""
    grid = Grid("Лист1" if bent.sheet_names else "Сводная")
    grid.title = [
        ["МБОУ СОШ № 1"],
        ["Сводная ведомость учёта успеваемости"],
        [f"Класс: {book.name}", None, f"Учебный год: {_years(book)}", None, "Период: 1 четверть"],
    ]
    children = range(len(book.children))
    grid.units = [
        _column("№ п/п", depth=1, cells=_numbers(len(children))),
        _column(_said(bent, NAMES[1:], "s"), depth=1, cells=[child.name for child in book.children]),
        *(
            _column(name, depth=1, cells=[_number(book.result_of(child, subject)) for child in children])
            for subject, name in enumerate(book.subjects)
        ),
        _column("Средний балл", depth=1, cells=[4.2 for _ in children]),
    ]
    made = make(grid, bent, 1, len(children))
    if not bent.permuted and not bent.extra:
        made.rows += [[None, label, *[95.8] * len(book.subjects)] for label in ("Средний балл", "Успеваемость, %")]
    return [made]


def _number(value: str | None) -> Cell:
    return int(value) if value and value.isdigit() else value


def report_card(book: ClassBook, bent: Bent) -> list[Made]:
    """A block a pupil with a three-row heading and four quarters; the second one is empty."""
    blocks = [_report_block(book, child, bent) for child in range(len(book.children))]
    return [_stacked("Табель", blocks)]


def _report_block(book: ClassBook, child: int, bent: Bent) -> Made:
    grid = Grid(f"r{child}")
    grid.title = [
        ["Табель успеваемости учащегося"],
        [f"Ученик: {book.children[child].name}", None, f"Класс: {book.name}", None, f"Учебный год: {_years(book)}"],
    ]
    subjects = range(len(book.subjects))
    means = [book.mean_of(child, subject) for subject in subjects]
    quarters: list[tuple[list[Cell], list[Cell]]] = []
    for quarter in (1, 2, 3, 4):
        group = ["Учебные периоды", f"{quarter} {_said(bent, ('Четверть', 'четв.', 'четверть'), 'q')}"]
        filled = quarter == 1
        quarters += [
            ([*group, "Средний балл"], list(means) if filled else [None] * len(subjects)),
            ([*group, "Ср. взв. балл"], list(means) if filled else [None] * len(subjects)),
            ([*group, "Итог"], [book.result_of(child, s) if filled else None for s in subjects]),
        ]
    grid.units = [
        _column("№ п/п", depth=3, cells=_numbers(len(subjects))),
        _column("Предмет", depth=3, cells=book.subjects),
        *(
            [Unit([head for head, _ in quarters], [cells for _, cells in quarters])]
            if bent.merged or not bent.permuted
            else [Unit([head], [cells]) for head, cells in quarters]
        ),
        _column(_said(bent, ("Год. оценка", "Год", "Годовая"), "y"), depth=3, cells=[None for _ in subjects]),
        _column(_said(bent, ("Экз. оценка", "Экз."), "e"), depth=3, cells=[None for _ in subjects]),
        _column("Итог. оценка", depth=3, cells=[None for _ in subjects]),
    ]
    return make(grid, bent, 3, len(subjects))


def flat(book: ClassBook, bent: Bent) -> list[Made]:
    """A row a cell of the journal."""
    lessons = list(book.lessons)
    bent.random("flat").shuffle(lessons)
    separate = bent.wording % 3 == 2
    grid = Grid("Лист1" if bent.sheet_names else "Отметки")
    children = [book.children[lesson.child] for lesson in lessons]
    names: list[Unit] = [_column(_said(bent, NAMES[1:], "f"), depth=1, cells=[child.name for child in children])]
    if separate:
        names = [
            _column(part, depth=1, cells=[child.name.split(" ")[place] for child in children])
            for place, part in enumerate(("Фамилия", "Имя", "Отчество"))
        ]
    grid.units = [
        _column(_said(bent, ("Ид. ученика", "Ид.", "ID"), "i"), depth=1, cells=[child.id for child in children]),
        *names,
        _column("Класс", depth=1, cells=[book.name for _ in lessons]),
        _column("Предмет", depth=1, cells=[book.subjects[lesson.subject] for lesson in lessons]),
        _column(_said(bent, ("Дата", "Дата урока"), "d"), depth=1, cells=[lesson.day for lesson in lessons]),
        _column(_said(bent, MARKS, "k"), depth=1, cells=[_cell(lesson.tokens, "/") for lesson in lessons]),
    ]
    return [make(grid, bent, 1, len(lessons))]


def assessment(book: ClassBook, bent: Bent) -> list[Made]:
    """An external work in the first subject; who has no result there did not write it."""
    grid = Grid("Лист1" if bent.sheet_names else "Протокол")
    grade = book.name[:-1]
    grid.title = [
        [f"Региональная диагностическая работа. {grade} класс. {book.subjects[0]}"],
        ["Дата проведения:", date(book.year, 10, 7)],
    ]
    written = [(child, book.result_of(child, 0)) for child in range(len(book.children))]
    marks = [_mark(mark) for _, mark in written]
    grid.units = [
        _column("Код участника", depth=1, cells=[10001 + child for child, _ in written]),
        _column(_said(bent, NAMES[1:3], "a"), depth=1, cells=[book.children[child].name for child, _ in written]),
        _column("Класс", depth=1, cells=[book.name for _ in written]),
        _column("Вариант", depth=1, cells=[child % 2 + 1 for child, _ in written]),
        _column(_said(bent, ("Балл", "Первичный балл"), "b"), depth=1, cells=[_score(mark) for _, mark in written]),
        _column(_said(bent, ("Отметка за работу", "Оценка за работу"), "w"), depth=1, cells=marks),
        _column("Отметка по журналу", depth=1, cells=marks),
    ]
    return [make(grid, bent, 1, len(written))]


def _mark(value: str | None) -> Cell:
    return int(value) if value and value.isdigit() else None


def _score(value: str | None) -> Cell:
    return int(value) * 5 if value and value.isdigit() else None


LAYOUTS = {
    "journal": journal,
    "progress": progress,
    "summary": summary,
    "report_card": report_card,
    "flat": flat,
    "assessment": assessment,
}


def write(book: ClassBook, layout: str, container: str, folder: Path, bent: Bent | None = None) -> Path:
    """Saves the facts; sheets of a workbook stand one below another where the container has only one."""
    bent = bent or Bent()
    name, save = CONTAINERS[container]
    sheets = LAYOUTS[layout](book, bent)
    if container in ONE_SHEET and len(sheets) > 1:
        sheets = [_stacked("", [Made("", [*sheet.rows, []], sheet.merges) for sheet in sheets])]
    path = folder / name
    save(sheets, path)
    return path

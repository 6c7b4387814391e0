"""The quarter's report as tables for XLSX: the same lines as the page and the document."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.reports.quarter.shapes import Line, PupilLine, QuarterReport
from monitoring.reports.quarter.words import category_word, cause_words

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """One sheet: its name, headings and rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def quarterly_tables(report: QuarterReport) -> tuple[Table, ...]:
    """Categories, names, signals, subjects, absences and changes."""
    return (
        Table("Категории", _CATEGORIES, tuple(_category_rows(report))),
        Table("Реестр", _REGISTRY, tuple(map(_pupil_row, (*report.pupils, *report.included)))),
        Table("Три двойки", _SIGNALS, tuple(_signal_rows(report))),
        Table("Предметы", _SUBJECTS, tuple(_subject_rows(report))),
        Table("Пропуски", _ABSENCES, tuple(_absence_rows(report))),
        Table("Изменения", _CHANGES, tuple(_change_rows(report))),
    )


_CATEGORIES = (
    "Класс", "Всего", "Неуспевающие", "Слабоуспевающие", "Резерв", "Вне категорий", "Нет данных", "Под риском",
    "Под риском, %", "Изменение", "Данные на", "Неуспевающие, %", "Слабоуспевающие, %", "Резерв, %", "Нет данных, %",
    "Неуспевающие: изменение", "Слабоуспевающие: изменение", "Резерв: изменение",
)  # fmt: skip
_REGISTRY = ("Класс", "Фамилия, имя, отчество", "Категория", "Предметы и основание", "В реестре", "Предварительно")
_SIGNALS = ("Класс", "Фамилия, имя, отчество", "Предмет", "Отметок ниже «3»", "Дни")
_SUBJECTS = ("Предмет", "Итогов", "Итог «2», «1», «незач»", "Не аттестованы", "Средний итог", "Текущих ниже «3»")
_ABSENCES = ("Класс", "Без уважительной причины", "По болезни", "По уважительной причине", "Всего")
_CHANGES = ("Класс", "Фамилия, имя, отчество", "Было", "Стало")


def _category_rows(report: QuarterReport) -> Iterator[tuple[Cell, ...]]:
    for line in (*report.classes, *report.levels, report.totals):
        yield _category_row(line)


def _category_row(line: Line) -> tuple[Cell, ...]:
    day = line.data_as_of.strftime("%d.%m.%Y") if line.data_as_of else None
    counts = (line.pupils, line.failing, line.weak, line.reserve, line.none, line.unrated, line.at_risk)
    shares = (line.share("failing"), line.share("weak"), line.share("reserve"), line.share("unrated"))
    changes = (line.change_failing, line.change_weak, line.change_reserve)
    return (line.name, *counts, line.share("at_risk"), line.change, day, *shares, *changes)


def _pupil_row(line: PupilLine) -> tuple[Cell, ...]:
    causes = "; ".join([*map(cause_words, line.causes), *([line.remark] if line.remark else [])])
    category = category_word(line.category)
    return (line.school_class, line.name, category, causes, line.state, "да" if line.provisional else "")


def _signal_rows(report: QuarterReport) -> Iterator[tuple[Cell, ...]]:
    for line in report.signals:
        days = ", ".join(day.strftime("%d.%m") for day in line.dates)
        yield (line.school_class, line.name, line.subject, len(line.dates), days)


def _subject_rows(report: QuarterReport) -> Iterator[tuple[Cell, ...]]:
    for line in report.subjects:
        counts = (line.results, line.unsatisfactory_results, line.not_attested)
        yield (line.subject, *counts, line.mean, line.unsatisfactory_marks)


def _absence_rows(report: QuarterReport) -> Iterator[tuple[Cell, ...]]:
    for line in (*report.absences, report.absences_total):
        yield (line.school_class, line.unexcused, line.illness, line.excused, line.total)


def _change_rows(report: QuarterReport) -> Iterator[tuple[Cell, ...]]:
    for line in report.changes.lines if report.changes else ():
        now = "не обучается" if line.left else category_word(line.now)
        yield (line.school_class, line.name, category_word(line.was), now)

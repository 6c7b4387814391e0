"""The registry as a workbook: the same rows as the page, all of them."""

from collections.abc import Iterator, Mapping

from django.utils.timezone import localdate, localtime

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.models import RegistryEntry
from risk_registry.selectors.as_of import AsOf, AsOfRow
from risk_registry.selectors.registry import RegistryQuery, RegistryRow, SubjectLine, registry_entries, registry_rows
from school.models import User

HEADINGS = (
    "Обучающийся",
    "Класс",
    "Категория",
    "Предварительно",
    "Предметы: двойки и итог",
    "Дни неудовлетворительных отметок",
    "Причины",
    "Состояние",
    "Замечание или основание",
    "По отметкам теперь",
    "Изменено",
    "Кем",
)


def registry_workbook(user: User, query: RegistryQuery, names: Mapping[int, str]) -> bytes:
    """What the query finds, in its order."""
    rows = registry_rows(user, registry_entries(user, query), names)
    year = query.period.year
    note = f"{year.school.name}. Реестр, {query.period.title} {year}. На {date_short(year.school.today())}"
    return render_xlsx([Sheet("Реестр", HEADINGS, _cells(rows), note=note)])


AS_OF_HEADINGS = (
    "Обучающийся",
    "Класс",
    "Категория",
    "Исправлено завучем",
    "Предметы",
    "Состояние",
    "С какого дня",
    "Кем",
)


def as_of_workbook(asked: AsOf, rows: list[AsOfRow]) -> bytes:
    """The registry of a past day, in the order of the page."""
    year = asked.period.year
    note = f"{year.school.name}. Реестр, {asked.period.title} {year}. На конец дня {date_short(asked.day)}"
    cells = (
        (
            row.pupil.full_name,
            row.school_class,
            row.category.label,
            row.corrected,
            ", ".join(row.subjects),
            row.state.label,
            localdate(row.since),
            row.by,
        )
        for row in rows
    )
    return render_xlsx([Sheet("Реестр на дату", AS_OF_HEADINGS, cells, note=note)])


def _cells(rows: list[RegistryRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        entry = row.entry
        yield (
            entry.pupil.full_name,
            entry.school_class.name,
            f"{row.category.label} (исправлено завучем)" if entry.corrected else row.category.label,
            entry.provisional,
            "\n".join(_in_words(line) for line in row.subjects),
            "\n".join(_days(entry)),
            "\n".join(row.causes),
            row.state.label,
            entry.remark,
            "" if row.now is None else row.now.words,
            localtime(entry.changed_at),
            entry.changed_by.display_name if entry.changed_by is not None else "по отметкам",
        )


def _in_words(line: SubjectLine) -> str:
    told = line.sources or ", ".join(chip.text for chip in line.chips)
    return f"{line.name}: {told}" if told else line.name


def _days(entry: RegistryEntry) -> Iterator[str]:
    for told in entry.evidence:
        yield ", ".join(f"{day[8:]}.{day[5:7]}" for day in told["unsatisfactory"]) or "—"

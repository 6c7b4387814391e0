"""The registry of a period as papers list it: by class and name, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from documents.papers.parts import Cell, Column, Table, number_cell
from risk_registry.categories import Category, EntryState
from risk_registry.models import RegistryEntry
from risk_registry.selectors.registry import OUT, subject_names
from school.models import Period, SchoolClass


@dataclass(frozen=True)
class RegistryLine:
    """One pupil in the registry, decided or proposed. `evidence`: what the entry keeps, by subject."""

    entry: int
    pupil: int
    name: str
    school_class: SchoolClass
    category: Category
    state: EntryState
    subjects: tuple[str, ...]
    evidence: list[dict[str, Any]]


def registry_lines(period: Period) -> list[RegistryLine]:
    """Everybody in the registry of the period, by class and name; two queries."""
    names = subject_names(period.year.school_id)
    rows = (
        RegistryEntry.objects.filter(period=period)
        .exclude(state__in=OUT)
        .select_related("pupil", "school_class__class_teacher")
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")
    )
    return [
        RegistryLine(
            entry=row.pk,
            pupil=row.pupil_id,
            name=row.pupil.full_name,
            school_class=row.school_class,
            category=Category(row.category),
            state=EntryState(row.state),
            subjects=tuple(names[key] for key in row.subjects if key in names),
            evidence=list(row.evidence),
        )
        for row in rows
    ]


def lines_table(
    code: str, lines: Sequence[RegistryLine], last: Column, told: Mapping[int, str], *, empty: str = "Нет данных."
) -> Table:
    """A numbered list of names with class and category; the last column says what `told` has of the pupil, by key."""
    columns = (
        Column("number", "№", "number"),
        Column("name", "Кто", "name"),
        Column("class", "Класс"),
        Column("category", "Категория"),
        last,
    )
    rows = tuple(
        (
            number_cell(number),
            Cell(line.name, link=reverse("registry:entry", args=[line.entry])),
            Cell(str(line.school_class)),
            Cell(line.category.label.lower()),
            Cell(told[line.pupil]),
        )
        for number, line in enumerate(lines, 1)
    )
    return Table(code, "Обучающиеся по классам", columns, rows, empty=empty)

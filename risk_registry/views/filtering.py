"""What the lists of the registry share: the filter form, its chips, tabs that keep the other filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from common.look import Chip
from risk_registry.categories import IN_REGISTRY
from risk_registry.forms import FilterForm
from risk_registry.links import categories_link
from risk_registry.selectors.lists import ClassData
from risk_registry.selectors.registry import UNDER_RISK
from school.models import Period, SchoolClass

CATEGORIES = [
    (UNDER_RISK, "Неуспевающие и слабоуспевающие"),
    *((each.value, each.label) for each in IN_REGISTRY),
]
ANY = [("", "Все")]


def query_without(request: HttpRequest, *names: str, **others: str) -> str:
    """The page's own query with some parameters taken out or changed; «?» when nothing is left."""
    query: QueryDict = request.GET.copy()
    for name in (*names, "page", "pick"):
        query.pop(name, None)
    for name, value in others.items():
        query[name] = value
    return f"?{query.urlencode()}"


def chips_of(
    request: HttpRequest, form: FilterForm, chosen: Mapping[str, Any], labels: Mapping[str, str]
) -> list[Chip]:
    """A pill for each filter that is in force, which takes it away again."""
    return [
        Chip(f"{label}: {form.words(name, chosen[name])}", query_without(request, name), removes=True)
        for name, label in labels.items()
        if name in chosen
    ]


def options_of(rows: Sequence[Any]) -> list[tuple[object, str]]:
    """Keys and words of rows, after «all»."""
    return [*ANY, *((row.pk, str(row)) for row in rows)]


def whole_number(text: str | None) -> int | None:
    """A key from an address; None when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def filter_data(request: HttpRequest, period: Period) -> QueryDict:
    """The page's query with the period that is shown, so that the form shows it too."""
    data = request.GET.copy()
    data["period"] = str(period.pk)
    return data


@dataclass(frozen=True)
class DataNote:
    """What the counts beside it do not know: classes without data or with old ones, and single pupils."""

    empty: tuple[SchoolClass, ...]
    old: tuple[ClassData, ...]
    pupils: int
    url: str

    def __bool__(self) -> bool:
        return bool(self.pupils or self.old)


def data_note(period: Period, classes: Sequence[ClassData], due: date | None) -> DataNote:
    """Classes taught without marks are silent by nature and not named; the year's beginning asks no journal."""
    from_grade = period.year.school.settings.marks_from_grade
    taught = [each for each in classes if each.school_class.grade >= from_grade]
    known = [] if period.is_start else [each for each in taught if each.pupils and not each.without_data]
    return DataNote(
        empty=tuple(each.school_class for each in taught if each.without_data),
        old=tuple(each for each in known if each.as_of is not None and due is not None and each.as_of < due),
        pupils=sum(each.unrated for each in taught),
        url=categories_link(period=period.pk, category="unrated"),
    )

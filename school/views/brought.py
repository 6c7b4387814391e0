"""What the pages of a table that a person brought share: its columns with first rows, what was chosen, the deeds.

The table is a row with `head`, `rows` (texts) and `columns` (place → kind), its page a form with inputs «kind-number».
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from common.errors import Refused

_SAMPLE, _DETAILS = 4, 5
COLUMNS_CHANGED = "Вы изменили столбцы: разбор обновлён. Посмотрите, что станет с каждой строкой, и запишите."


class BroughtTable(Protocol):
    """A table as it was brought."""

    head: list[str]
    rows: list[list[str]]
    columns: dict[str, str]


@dataclass(frozen=True)
class ColumnShown:
    """A column as the page shows it: its heading, what was chosen for it, its first filled rows."""

    place: int
    text: str
    chosen: str
    cells: tuple[str, ...]


def columns_shown(table: BroughtTable) -> list[ColumnShown]:
    """All columns with a heading or a text in the first rows."""
    sample = [row for row in table.rows if any(row)][:_SAMPLE]
    return [
        ColumnShown(
            place,
            text or f"Столбец {place + 1}",
            table.columns.get(str(place), ""),
            tuple(row[place] for row in sample),
        )
        for place, text in enumerate(table.head)
        if text or any(row[place] for row in sample)
    ]


def columns_told(request: HttpRequest, table: BroughtTable, known: Collection[str]) -> dict[int, str]:
    """What the form says of the columns; what stands when it does not ask of them."""
    if not any(name.startswith("column-") for name in request.POST):
        return {int(place): what for place, what in table.columns.items()}
    return {place: value for place, value in named_inputs(request, "column").items() if value in known}


def columns_changed(request: HttpRequest, table: BroughtTable, known: Collection[str]) -> bool:
    """Whether the form says otherwise of the columns than the rows were shown by."""
    return columns_told(request, table, known) != {int(place): what for place, what in table.columns.items()}


def named_inputs(request: HttpRequest, kind: str) -> dict[int, str]:
    """Values of the filled inputs «kind-number»."""
    found = {}
    for name, value in request.POST.items():
        before, _, number = name.partition("-")
        if before == kind and number.isascii() and number.isdigit() and len(number) < 6 and value:
            found[int(number)] = str(value)
    return found


def chosen_of(request: HttpRequest, kind: str, words: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """Word of the file → what was chosen for it, of that which is known; words by their places on the page."""
    told = named_inputs(request, kind).items()
    return {words[place]: value for place, value in told if place < len(words) and value in known}


def table_act(
    request: HttpRequest, deeds: Mapping[str, Callable[[], str]], page: str, key: int, start: str
) -> HttpResponse:
    """Do what the button names (any other: "save") and say what came of it; a discarded table's page is gone."""
    what = request.POST.get("what", "")
    try:
        messages.success(request, deeds.get(what, deeds["save"])())
    except Refused as refusal:
        messages.error(request, " ".join([refusal.message, *refusal.details[:_DETAILS]]))
        return redirect(page, key)
    return redirect(start) if what == "discard" else redirect(page, key)
